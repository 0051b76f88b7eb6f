import { decodeFormComponent, secretKindOf } from '../../contract/index.ts';
import type { Found, Place } from './found.ts';
import { memberKindOf, textOf } from './found.ts';
import type { View } from './view.ts';
import { viewsOf, wasEncoded } from './view.ts';

/**
 * Searches running text (bodies, problem texts, one view of them) for secrets that stand under a name.
 *
 * In a decoded view only what was *written* encoded counts (the `=` or the quote was): the rest has been read in the source,
 * where the end of a value is certain.
 *
 * @returns secrets with positions in `view.text`
 */
export function searchView(view: View, place: Place): Found[] {
  const counts = (at: number): boolean => view.starts === null || wasEncoded(view, at) || view.depth === 0;
  return [
    ...pairs(view.text, place, counts),
    ...members(view.text, place, counts),
    ...inputs(view.text, place, counts),
    ...(view.depth === 0 ? [...parts(view.text, place), ...userInfo(view.text), ...schemes(view.text, place), ...signedTokens(view.text)] : []),
  ];
}

type Counts = (at: number) => boolean;

/** Only the name is consumed: a value that is no secret (a URL, JSON in a string) is searched in its turn. */
const PAIR = /(?<![\w.%+-])([\w.%+-]{2,80})=/g;
const PAIR_VALUE = /[^&#;\s"'<>\\,]+/y;

function pairs(text: string, { bytes, request }: Place, counts: Counts): Found[] {
  const found: Found[] = [];
  if (!text.includes('=')) return found;
  let behind = 0;
  for (const { 0: whole, 1: rawName = '', index } of text.matchAll(PAIR)) {
    const start = index + whole.length;
    if (index < behind) continue;
    if (!counts(start - 1) && !(index > 0 && counts(index - 1))) continue;
    const inUrl = index === 0 || '?&#;'.includes(text[index - 1] as string);
    const kind = memberKindOf(decodeFormComponent(rawName), inUrl || request);
    const raw = kind && matchAt(PAIR_VALUE, text, start)?.[0];
    if (!raw) continue;
    behind = start + raw.length;
    found.push({ kind, value: decodeFormComponent(textOf(raw, bytes)), start, end: behind });
  }
  return found;
}

const MEMBER = /"((?:[^"\\]|\\.){1,80})"\s*:\s*/g;
const STRING = /"((?:[^"\\]|\\[\s\S])*)(?:"|\\?$)/y;
const NUMBER = /\d{6,}/y;

/** JSON members, read with no parser: an answer cut off in the middle, or with one name twice, must not hide a secret. */
function members(text: string, { bytes, request }: Place, counts: Counts): Found[] {
  const found: Found[] = [];
  if (!text.includes('"')) return found;
  for (const { 0: whole, 1: rawName = '', index } of text.matchAll(MEMBER)) {
    const kind = memberKindOf(unescaped(rawName), request);
    if (kind === undefined || !counts(index)) continue;
    const at = index + whole.length;
    const number = matchAt(NUMBER, text, at)?.[0];
    if (number !== undefined) found.push({ kind, value: number, start: at, end: at + number.length, bare: true });
    const string = matchAt(STRING, text, at)?.[1];
    if (string) found.push({ kind, value: unescaped(textOf(string, bytes)), start: at + 1, end: at + 1 + string.length });
    if (text[at] === '[') found.push(...strings(text, at + 1, bytes).map((item) => ({ kind, ...item })));
  }
  return found;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The strings of a flat list that begins at `from`. */
function strings(text: string, from: number, bytes: boolean): Omit<Found, 'kind'>[] {
  const found: Omit<Found, 'kind'>[] = [];
  const item = /[\s,]*"((?:[^"\\]|\\[\s\S])*)(?:"|\\?$)/y;
  item.lastIndex = from;
  for (let match = item.exec(text); match; match = item.exec(text)) {
    const raw = match[1] as string;
    const start = match.index + match[0].indexOf('"') + 1;
    if (raw !== '') found.push({ value: unescaped(textOf(raw, bytes)), start, end: start + raw.length });
  }
  return found;
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text.replace(/[\u0000-\u001f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`) as string;
  } catch {
    return text;
  }
}

/** Inputs of HTML forms: OAuth 2.0 Form Post Response Mode sends code and tokens as hidden ones. */
function inputs(text: string, { bytes }: Place, counts: Counts): Found[] {
  const found: Found[] = [];
  if (!text.includes('<')) return found;
  for (const tag of text.matchAll(/<(?:input|meta)\b[^>]{0,100000}/gi)) {
    if (!counts(tag.index)) continue;
    let [name, value]: [string | undefined, { raw: string; start: number } | undefined] = [undefined, undefined];
    for (const attribute of tag[0].matchAll(/(?<![\w-])([\w-]{1,40})\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s"'>]+))/g)) {
      const raw = attribute[2] ?? attribute[3] ?? attribute[4] ?? '';
      const key = (attribute[1] as string).toLowerCase();
      if (key === 'name') name = withoutEntities(raw);
      if (key === 'value' || key === 'content') value = { raw, start: tag.index + attribute.index + attribute[0].indexOf(raw, (attribute[1] as string).length + 1) };
    }
    const kind = name === undefined ? undefined : secretKindOf(name);
    if (kind === undefined || !value || value.raw === '') continue;
    found.push({ kind, value: withoutEntities(textOf(value.raw, bytes)), start: value.start, end: value.start + value.raw.length });
  }
  return found;
}

function withoutEntities(text: string): string {
  if (!text.includes('&')) return text;
  return viewsOf(text.replaceAll(/[%+\\\0]/g, (c) => `&#${c.charCodeAt(0)};`))[1]?.text ?? text;
}

/** multipart/form-data (RFC 7578). */
function parts(text: string, { bytes }: Place): Found[] {
  const found: Found[] = [];
  if (!text.includes('form-data')) return found;
  for (const match of text.matchAll(/form-data;[^\r\n]{0,300}?\bname="?([^"\r\n;]{1,80})"?[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n([\s\S]*?)(?=\r?\n--|$)/gi)) {
    const kind = secretKindOf(match[1] as string);
    const raw = match[2] as string;
    const end = match.index + match[0].length;
    if (kind !== undefined && raw !== '') found.push({ kind, value: textOf(raw, bytes), start: end - raw.length, end });
  }
  return found;
}

/** `https://user:password@host`. */
function userInfo(text: string): Found[] {
  if (!text.includes('@')) return [];
  return [...text.matchAll(/\/\/[^/?#\s@:"'<>]*:([^/?#\s@"'<>]+)(?=@)/g)].map((match) => {
    const [raw, end] = [match[1] as string, match.index + match[0].length];
    return { kind: 'password' as const, value: decodeFormComponent(raw.replaceAll('+', '%2B')), start: end - raw.length, end };
  });
}

/** Credentials quoted in a text, e.g. by a server that echoes the request. */
function schemes(text: string, { role }: Place): Found[] {
  if (role === 'head') return [];
  return [...text.matchAll(/\b(bearer|dpop|basic)\s+(?=\S*\d)([\w.~+/-]{16,}=*)/gi)].map((match) => {
    const [raw, end] = [match[2] as string, match.index + match[0].length];
    return { kind: /^basic$/i.test(match[1] as string) ? 'authorization' as const : 'access_token' as const, value: raw, start: end - raw.length, end };
  });
}

/** A signed JWT with no name that says what it is. Request objects and signed metadata are no credentials and stay whole. */
function signedTokens(text: string): Found[] {
  if (!text.includes('eyJ')) return [];
  const found: Found[] = [];
  for (const match of text.matchAll(/(?<![\w.-])eyJ[\w-]{5,}\.eyJ[\w-]*\.[\w-]{6,}(?![\w.-])/g)) {
    if (/(?:request|software_statement|signed_metadata)(?:=|"\s*:\s*")$/.test(text.slice(Math.max(0, match.index - 40), match.index))) continue;
    found.push({ kind: 'other', value: match[0], start: match.index, end: match.index + match[0].length });
  }
  return found;
}
