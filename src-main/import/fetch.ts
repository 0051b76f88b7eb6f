import type { Header } from '../contract/read/http.ts';
import { bytesOf } from '../contract/read/http.ts';
import { isObject, parseJson } from '../contract/read/json.ts';
import { endOfObject } from './har/salvage.ts';
import type { ImportedExchange, Remark } from './imported.ts';
import { remark } from './imported.ts';
import { limits } from './limits.ts';

export const FETCH = /^(?:await\s+|return\s+)?fetch\(\s*["'`](https?:\/\/[^"'`\s]+)["'`]\s*(,\s*\{)?/;

/**
 * Reads a call of `fetch` as browsers’ “copy as fetch” writes it: an address and an object that is JSON. Nothing is evaluated; an object
 * that is no JSON is left out with a remark, and the address stays.
 *
 * @param start index of the call within the text
 */
export function readFetch(text: string, start: number, id: string, remarks: Remark[]): { exchange: ImportedExchange; end: number } | null {
  const call = FETCH.exec(text.slice(start, start + 20_000));
  const url = call?.[1];
  if (call === null || url === undefined || !URL.canParse(url)) return null;
  const after = start + call[0].length;
  const open = call[2] === undefined ? -1 : after - 1;
  const close = open === -1 ? -1 : endOfObject(text, open, limits.command);
  const options = close === -1 ? undefined : parseJson(text.slice(open, close));
  if (open !== -1 && !isObject(options)) remarks.push(remark('options-unreadable', 'The options of fetch are no JSON and were left out.', id));
  const given = isObject(options) ? options : {};
  const body = typeof given['body'] === 'string' ? bytesOf(given['body']).slice(0, limits.body) : '';
  const headers = isObject(given['headers']) ? Object.entries(given['headers']).slice(0, limits.headers).flatMap(([name, value]): Header[] => (
    typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(name) ? [{ name, value: value.replace(/[\r\n\0]+/g, ' ') }] : [])) : [];
  const method = typeof given['method'] === 'string' && /^[A-Za-z]{1,20}$/.test(given['method']) ? given['method'].toUpperCase() : 'GET';
  const rest = /^\s*\)\s*;?[ \t]*/.exec(text.slice(close === -1 ? after : close, (close === -1 ? after : close) + 200))?.[0].length ?? 0;
  return { exchange: { id, method, url, headers, body, response: null, started: null, duration: 0 }, end: (close === -1 ? after : close) + rest };
}
