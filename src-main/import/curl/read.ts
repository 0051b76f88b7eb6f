import { bytesOf } from '../../contract/read/http.ts';
import type { Header } from '../../contract/read/http.ts';
import type { ImportedExchange, Remark } from '../imported.ts';
import { remark } from '../imported.ts';
import { limits } from '../limits.ts';
import { positionOf } from '../position.ts';
import { cmdWords, isCmd } from './cmd-words.ts';
import type { Option } from './options.ts';
import { optionsIn, takesValue } from './options.ts';
import { basicHeader } from './powershell.ts';
import { shellWords } from './words.ts';

interface Draft {
  method: string | null; urls: string[]; headers: Header[]; data: string[]; fields: string[]; query: string[];
  get: boolean; head: boolean; json: boolean; user: string | null;
}

/**
 * Reads one curl command as a shell (sh, cmd.exe) would hand it to curl, without any shell: nothing is run, expanded, read or sent.
 *
 * @param start index of the word `curl`
 * @returns null with a remark where the command has no end or names no URL
 */
export function readCurl(text: string, start: number, id: string, remarks: Remark[]): { exchange: ImportedExchange; end: number } | null {
  const command = text.slice(start, start + limits.command);
  const cut = isCmd(command.slice(0, command.indexOf('\n\n') === -1 ? undefined : command.indexOf('\n\n') + 2)) ? cmdWords(command, 0) : shellWords(command, 0);
  if ('unclosed' in cut) {
    remarks.push(remark('unclosed-quote', `The quotation mark ${cut.quote} at character ${start + cut.unclosed + 1} is never closed (${positionOf(text, start + cut.unclosed)}).`, `character ${start + cut.unclosed + 1}`, 'Copy the whole command again.'));
    return null;
  }
  for (const warning of cut.warnings) remarks.push(remark('not-run', warning, id));
  const draft: Draft = { method: null, urls: [], headers: [], data: [], fields: [], query: [], get: false, head: false, json: false, user: null };
  readWords(cut.words.slice(1), draft, id, remarks);
  const exchange = exchangeOf(draft, id, remarks);
  return exchange === null ? null : { exchange, end: start + cut.end };
}

function readWords(words: readonly string[], draft: Draft, id: string, remarks: Remark[]): void {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    if (!word.startsWith('-') || word === '-') { draft.urls.push(word); continue; }
    for (const option of optionsIn(word)) {
      if (!takesValue(option.kind)) { apply(option, '', draft, id, remarks); continue; }
      let value = option.attached;
      if (value === undefined) {
        at += 1;
        value = words[at];
      }
      if (value === undefined) { remarks.push(remark('option-without-value', `Option ${option.name} has no value.`, id)); continue; }
      apply(option, value, draft, id, remarks);
    }
  }
}

const leftOut = (remarks: Remark[], id: string, what: string): void => { remarks.push(remark('file-option', `${what} was left out: an import reads and writes no other file and sends nothing.`, id)); };

function apply({ kind, name }: Option, value: string, draft: Draft, id: string, remarks: Remark[]): void {
  switch (kind) {
    case 'method': draft.method = value.toUpperCase(); return;
    case 'header': addHeader(draft, value, id, remarks); return;
    case 'data':
      if (value.startsWith('@')) leftOut(remarks, id, `${name} @file`);
      else draft.data.push(value.replace(/[\r\n]+/g, name === '--data-binary' ? '$&' : ''));
      return;
    case 'raw': draft.data.push(value); return;
    case 'json':
      if (value.startsWith('@')) leftOut(remarks, id, `${name} @file`);
      else draft.data.push(value);
      draft.json = true;
      return;
    case 'urlencode': addEncoded(draft, value, id, remarks); return;
    case 'query': draft.query.push(value.replace(/^\+/, '')); return;
    case 'get': draft.get = true; return;
    case 'head': draft.head = true; return;
    case 'user': draft.user = value; return;
    case 'url': draft.urls.push(value); return;
    case 'form':
      if (name !== '--form-string' && /=[@<]/.test(value)) leftOut(remarks, id, `${name} with a file`);
      else draft.fields.push(value);
      return;
    case 'cookie':
      if (value.includes('=')) draft.headers.push({ name: 'Cookie', value });
      else leftOut(remarks, id, `${name} with a file`);
      return;
    case 'agent': draft.headers.push({ name: 'User-Agent', value }); return;
    case 'referer': draft.headers.push({ name: 'Referer', value }); return;
    case 'bearer': draft.headers.push({ name: 'Authorization', value: `Bearer ${value}` }); return;
    case 'file': leftOut(remarks, id, `Option ${name}`); return;
    case 'route': remarks.push(remark('route-option', `Option ${name} was left out: it only says which way the bytes went.`, id)); return;
    case 'flag': case 'value': return;
    default: kind satisfies never;
  }
}

function addHeader(draft: Draft, value: string, id: string, remarks: Remark[]): void {
  if (value.startsWith('@')) { leftOut(remarks, id, '-H @file'); return; }
  const colon = value.search(/[:;]/);
  if (colon <= 0 || draft.headers.length >= limits.headers) return;
  const name = value.slice(0, colon).trim();
  if (name !== '' && !/[\r\n\0]/.test(name)) draft.headers.push({ name, value: value.slice(colon + 1).trim().replace(/[\r\n\0]+/g, ' ') });
}

/** `content`, `=content`, `name=content`; `@file` and `name@file` are left out. */
function addEncoded(draft: Draft, value: string, id: string, remarks: Remark[]): void {
  const equals = value.indexOf('=');
  const at = value.indexOf('@');
  if (at !== -1 && (equals === -1 || at < equals)) { leftOut(remarks, id, '--data-urlencode @file'); return; }
  const content = (text: string): string => encodeURIComponent(text.isWellFormed() ? text : text.toWellFormed()).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  draft.data.push(equals > 0 ? `${value.slice(0, equals)}=${content(value.slice(equals + 1))}` : content(equals === 0 ? value.slice(1) : value));
}

function exchangeOf(draft: Draft, id: string, remarks: Remark[]): ImportedExchange | null {
  const given = draft.urls.find((url) => /^https?:\/\//i.test(url)) ?? draft.urls.find((url) => /^[\w.-]+(?::\d+)?(?:\/|$)/.test(url) && url.includes('.') || /^localhost/.test(url));
  if (given === undefined) {
    remarks.push(remark('no-url', 'The curl command names no http or https URL.', id));
    return null;
  }
  const url = /^https?:\/\//i.test(given) ? given : `http://${given}`;
  if (!URL.canParse(url)) {
    remarks.push(remark('bad-url', 'The URL of the curl command is not readable.', id));
    return null;
  }
  if (/\s/.test(given)) remarks.push(remark('url-with-space', 'The URL holds a space: a quotation mark may be missing behind it.', id));
  const has = (name: string): boolean => draft.headers.some((header) => header.name.toLowerCase() === name);
  const joined = draft.data.join(draft.json ? '' : '&');
  const query = [...draft.query, ...(draft.get ? [joined] : [])].filter((part) => part !== '').join('&');
  const boundary = 'grantscope-import';
  const form = draft.fields.length > 0;
  const body = draft.get ? '' : form ? multipart(draft.fields, boundary) : joined;
  if (draft.user !== null && !has('authorization')) draft.headers.push({ name: 'Authorization', value: basicHeader(draft.user) });
  if (!has('content-type') && body !== '') draft.headers.push({ name: 'Content-Type', value: form ? `multipart/form-data; boundary=${boundary}` : draft.json ? 'application/json' : 'application/x-www-form-urlencoded' });
  const sends = draft.data.length > 0 || form;
  return {
    id, url: query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`,
    method: draft.method ?? (draft.head ? 'HEAD' : sends && !draft.get ? 'POST' : 'GET'),
    headers: draft.headers, body: bytesOf(body).slice(0, limits.body), response: null, started: null, duration: 0,
  };
}

function multipart(fields: readonly string[], boundary: string): string {
  const parts = fields.map((field) => {
    const equals = field.indexOf('=');
    return `--${boundary}\r\nContent-Disposition: form-data; name="${field.slice(0, Math.max(0, equals)).replaceAll('"', '%22')}"\r\n\r\n${field.slice(equals + 1)}\r\n`;
  });
  return `${parts.join('')}--${boundary}--\r\n`;
}

