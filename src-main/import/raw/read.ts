import type { Header } from '../../contract/read/http.ts';
import { bytesOf } from '../../contract/read/http.ts';
import { readCurl } from '../curl/read.ts';
import { POWERSHELL, readPowershell } from '../curl/powershell.ts';
import { FETCH, readFetch } from '../fetch.ts';
import { endOfObject } from '../har/salvage.ts';
import { lineOf } from '../position.ts';
import type { ImportedExchange, Remark } from '../imported.ts';
import { note, remark } from '../imported.ts';
import { limits } from '../limits.ts';
import { readResponseHead } from './response.ts';

const REQUEST = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ \t]+(\S+)(?:[ \t]+HTTP\/\d(?:\.\d)?)?[ \t]*$/;
const STATUS = /^(?:HTTP\/\d(?:\.\d)?[ \t]+\d{3}\b|(?:HTTP |status:? ?(?:code:? ?)?|response:? ?)?[1-5]\d\d(?:[ \t]+(?:OK|Found|See Other|Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Too Many Requests|Internal Server Error|Service Unavailable|Bad Gateway))?[ \t]*$)/i;
const CURL = /^(?:[$#>%]\s+|PS [^>\n]*>\s*)?(?:sudo\s+|time\s+)?(?:[\w.:~-]*[\\/](?:[\w.~-]+[\\/])*)?curl(?:\.exe)?\s/i;

/**
 * Reads a text of requests and answers in any mixture: curl and PowerShell commands, calls of fetch, raw HTTP, `curl -i` and `curl -v` output,
 * bare JSON answers and the bare URLs of an authorization request or callback. What is none of these is left out and counted.
 */
export function readRaw(source: string): { exchanges: ImportedExchange[]; remarks: Remark[] } {
  const text = unverbose(source.replaceAll('\r\n', '\n'));
  const remarks: Remark[] = [];
  const exchanges: ImportedExchange[] = [];
  const failed = { commands: 0 };
  let unknown = 0;
  let firstUnknown = 0;
  let at = 0;
  while (at < text.length && exchanges.length < limits.entries) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const next = take(text, at, line.trimStart(), exchanges, remarks, failed);
    if (next !== null) { at = next; continue; }
    if (line.trim() !== '' && !/^\s*(?:#|\/\/|--|```|===|\*\s)/.test(line) && unknown++ === 0) firstUnknown = at;
    at = end + 1;
  }
  if (unknown > 0) note(remarks, () => remark('lines-left-out', `${unknown === 1 ? 'A line is' : `${unknown} lines are`} neither request nor answer and ${unknown === 1 ? 'was' : 'were'} left out, ${unknown === 1 ? '' : 'the first '}at line ${lineOf(text, firstUnknown)}.`, `line ${lineOf(text, firstUnknown)}`));
  return { exchanges, remarks };
}

/** Reads what begins here and gives the index after it; null where nothing known begins. */
function take(text: string, at: number, line: string, exchanges: ImportedExchange[], remarks: Remark[], failed: { commands: number }): number | null {
  const id = `request ${exchanges.length + 1}`;
  const last = exchanges.at(-1);
  // Each unreadable command may have been looked for to the end of the text.
  const readable = failed.commands < limits.problems;
  if (readable && CURL.test(line)) {
    const read = readCurl(text, at + text.slice(at).search(/curl(?:\.exe)?\s/i), id, remarks);
    if (read === null) {
      failed.commands += 1;
      return lineEnd(text, at) + 1;
    }
    exchanges.push(read.exchange);
    return read.end;
  }
  if (readable && POWERSHELL.test(line)) {
    const read = readPowershell(text, at, id, remarks);
    if (read === null) {
      failed.commands += 1;
      return lineEnd(text, at) + 1;
    }
    exchanges.push(read.exchange);
    return read.end;
  }
  if (readable && FETCH.test(line)) {
    const read = readFetch(text, at + text.slice(at).search(/\S/), id, remarks);
    if (read !== null) {
      exchanges.push(read.exchange);
      return read.end;
    }
  }
  if (STATUS.test(line)) return takeResponse(text, at, last, remarks);
  const request = REQUEST.exec(line);
  if (request) return takeRequest(text, at, request, id, exchanges, remarks);
  if (line.startsWith('{') || line.startsWith('[{')) return takeJson(text, at, last, remarks);
  if (/^https?:\/\/\S+$/.test(line.trim()) && URL.canParse(line.trim())) {
    exchanges.push({ id, method: 'GET', url: line.trim(), headers: [], body: '', response: null, started: null, duration: 0 });
    return lineEnd(text, at) + 1;
  }
  const inside = last?.response === null ? line.search(/\{\s*"/) : -1;
  if (inside > 0 && inside < 60) return takeJson(text, text.indexOf('{', at), last, remarks);
  if (last?.response === null && /^error=[\w%+.-]+(?:&|$)/.test(line)) {
    last.response = { status: 400, reason: '', headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }], body: bytesOf(line.trim()) };
    return lineEnd(text, at) + 1;
  }
  return null;
}

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
};

/** Takes the marks of `curl -v` off: `> ` sent, `< ` received, `* ` remarks. */
function unverbose(text: string): string {
  if (!/^< HTTP\/\d/m.test(text)) return text;
  return text.split('\n').filter((line) => !/^(?:\* |\*$|[{}] \[\d+ bytes)/.test(line)).map((line) => line.replace(/^[<>](?: |$)/, '')).join('\n');
}

function takeRequest(text: string, at: number, [, method = '', target = '']: RegExpExecArray, id: string, exchanges: ImportedExchange[], remarks: Remark[]): number {
  const { headers, end } = readHeaderLines(text, lineEnd(text, at) + 1);
  const host = headers.find(({ name }) => name.toLowerCase() === 'host')?.value;
  const url = /^https?:\/\//i.test(target) ? target : host === undefined ? null : `${/^(?:localhost|127\.|\[::1\])/.test(host) ? 'http' : 'https'}://${host}${target.startsWith('/') ? '' : '/'}${target}`;
  const stop = endOfBody(text, end, headers);
  const body = text.slice(end, stop).replace(/\n+$/, '');
  if (url === null || !URL.canParse(url)) {
    note(remarks, () => remark('no-host', `The request at line ${lineOf(text, at)} names neither a whole URL nor a Host.`, `line ${lineOf(text, at)}`, 'Add the Host header.'));
    return stop;
  }
  const last = exchanges.at(-1);
  // `curl -v` shows the request that the command before it describes.
  if (last?.response === null && last.method === method && samePath(last.url, url) && last.body !== '' && body === '') return stop;
  exchanges.push({ id, method, url, headers, body: bytesOf(body).slice(0, limits.body), response: null, started: null, duration: 0 });
  return stop;
}

const samePath = (a: string, b: string): boolean => URL.canParse(a) && URL.canParse(b) && new URL(a).pathname === new URL(b).pathname;

function readHeaderLines(text: string, start: number): { headers: Header[]; end: number } {
  const headers: Header[] = [];
  let at = start;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const header = /^([!#$%&'*+.^_`|~\w-]+)[ \t]*:[ \t]?(.*)$/.exec(line);
    if (header === null) return { headers, end: line.trim() === '' ? end + 1 : at };
    if (headers.length < limits.headers) headers.push({ name: header[1] as string, value: (header[2] as string).trim() });
    at = end + 1;
  }
  return { headers, end: text.length };
}

/** A body ends where the next message begins, at a `###` line, or where Content-Length says, if that is within it. */
function endOfBody(text: string, start: number, headers: readonly Header[]): number {
  const begins = /^(?:HTTP\/\d(?:\.\d)?[ \t]+\d{3}\b|(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ \t]+(?:\/|https?:)\S*(?:[ \t]+HTTP\/|[ \t]*$)|(?:\$ )?[Cc](?:url|URL)(?:\.exe)?\s|###|```|#[ \t])/m;
  const rest = text.slice(start);
  const next = begins.exec(rest);
  let stop = next === null ? text.length : start + next.index;
  const length = Number(headers.find(({ name }) => name.toLowerCase() === 'content-length')?.value ?? Number.NaN);
  if (Number.isInteger(length) && length > 0 && start + length < stop && text.slice(start + length, stop).trim() !== '') stop = start + length;
  const first = rest.search(/\S/);
  if (first !== -1 && rest[first] === '{' && start + first < stop) {
    const object = endOfObject(text, start + first, limits.body);
    if (object !== -1 && object < stop) stop = object;
  } else if (first !== -1 && /^[\w.%-]+=/.test(rest.slice(first))) {
    // A form is one paragraph; what follows an empty line is something else, such as a bare JSON answer.
    const gap = /\n[ \t]*\n/.exec(rest.slice(first));
    if (gap && start + first + gap.index < stop) stop = start + first + gap.index + 1;
  }
  return stop;
}

function takeResponse(text: string, at: number, last: ImportedExchange | undefined, remarks: Remark[]): number {
  const head = readResponseHead(text.slice(at, lineEnd(text, at)));
  const { headers, end } = readHeaderLines(text, lineEnd(text, at) + 1);
  const stop = endOfBody(text, end, headers);
  if (last === undefined) {
    note(remarks, () => remark('answer-without-request', `The answer at line ${lineOf(text, at)} has no request before it.`, `line ${lineOf(text, at)}`));
    return stop;
  }
  if (last.response === null || last.response.status < 200) last.response = { ...head, headers, body: bytesOf(text.slice(end, stop).trim()).slice(0, limits.body) };
  else note(remarks, () => remark('second-answer', `A second answer at line ${lineOf(text, at)} was left out.`, `line ${lineOf(text, at)}`));
  return stop;
}

/** A JSON answer without its head: an object with `error` was a refusal, its status is not known. */
function takeJson(text: string, at: number, last: ImportedExchange | undefined, remarks: Remark[]): number {
  const start = at + text.slice(at, at + 1000).search(/[{[]/);
  const end = endOfObject(text, start);
  const whole = text.slice(start, end === -1 ? text.length : end);
  if (end === -1) note(remarks, () => remark('broken-json', `The JSON that begins at line ${lineOf(text, start)} is not closed.`, `line ${lineOf(text, start)}`));
  if (last === undefined || (last.response !== null && last.response.body !== '')) {
    note(remarks, () => remark('answer-without-request', `The JSON at line ${lineOf(text, start)} belongs to no request before it.`, `line ${lineOf(text, start)}`));
  } else if (last.response !== null) {
    last.response.body = bytesOf(whole).slice(0, limits.body);
  } else {
    const stated = /"(?:status|status_?code|code|httpStatus)"\s*:\s*"?([45]\d\d)\b/i.exec(whole);
    const refused = (stated !== null || /"(?:error|error_description|error_?code|errors|errcode|message|errmsg)"\s*:/i.test(whole)) && !/"access_token"\s*:/.test(whole);
    last.response = { status: refused ? Number(stated?.[1] ?? 400) : 200, reason: '', headers: [{ name: 'Content-Type', value: 'application/json' }], body: bytesOf(whole).slice(0, limits.body) };
  }
  return end === -1 ? text.length : end;
}
