import type { Bytes, Exchange } from '../../src-main/contract/exchange.ts';
import type { Header, Parameter } from '../../src-main/contract/read/http.ts';
import { formParameters, headerOf, messageParts, queryParameters, utf8Of } from '../../src-main/contract/read/http.ts';
import type { JsonLine } from '../../src-main/contract/read/json-lines.ts';
import { jsonLines } from '../../src-main/contract/read/json-lines.ts';
import { looksBinary } from './hex.ts';

export type ReadableBody =
  | { kind: 'none' }
  | { kind: 'form'; parameters: Parameter[] }
  | { kind: 'json'; lines: JsonLine[] }
  | { kind: 'text'; text: string; note?: string }
  | { kind: 'binary'; bytes: Bytes; note: string };

export interface Readable { startLine: string; query: Parameter[]; headers: Header[]; body: ReadableBody }

/** A recorded message for reading: what was encoded is decoded. Not what stood on the wire: that is `exactText`. */
export function readableOf(exchange: Exchange, kind: 'request' | 'response'): Readable | null {
  if (kind === 'response' && exchange.response === null) return null;
  const parts = messageParts(kind === 'request' ? exchange.request : (exchange.response?.raw ?? ''));
  const body = kind === 'request' ? parts.body : (exchange.response?.body ?? '');
  return {
    startLine: parts.startLine,
    query: kind === 'request' ? queryParameters(exchange.url) : [],
    headers: parts.headers,
    body: readBody(body, headerOf(parts.headers, 'content-type')),
  };
}

function readBody(bytes: Bytes, contentType: string | undefined): ReadableBody {
  if (bytes === '') return { kind: 'none' };
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (looksBinary(bytes)) return { kind: 'binary', bytes, note: 'Not text: shown byte by byte.' };
  const text = utf8Of(bytes);
  if (type === 'application/x-www-form-urlencoded') return { kind: 'form', parameters: formParameters(text) };
  const declared = type.endsWith('json');
  if (declared || /^\ufeff?\s*[[{]/.test(text)) {
    const lines = jsonLines(text);
    if (lines) return { kind: 'json', lines };
    return { kind: 'text', text, ...(declared && { note: 'Declared as JSON, but it is none, or too much to be laid out.' }) };
  }
  return { kind: 'text', text, ...(/^\s*</.test(text) && { note: 'Markup, shown as text: nothing in it is run or loaded.' }) };
}
