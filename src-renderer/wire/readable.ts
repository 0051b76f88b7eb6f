import type { Exchange } from '../../src-main/contract/exchange.ts';
import type { Header, Parameter } from '../../src-main/contract/read/http.ts';
import { formParameters, headerOf, messageParts, queryParameters, utf8Of } from '../../src-main/contract/read/http.ts';

export type ReadableBody =
  | { kind: 'none' }
  | { kind: 'form'; parameters: Parameter[] }
  | { kind: 'json'; text: string }
  | { kind: 'text'; text: string; note?: string };

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
    body: readBody(utf8Of(body), headerOf(parts.headers, 'content-type')),
  };
}

function readBody(text: string, contentType: string | undefined): ReadableBody {
  if (text === '') return { kind: 'none' };
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/x-www-form-urlencoded') return { kind: 'form', parameters: formParameters(text) };
  const looksLikeJson = /^\s*[[{]/.test(text);
  if (type.endsWith('json') || looksLikeJson) {
    try {
      return { kind: 'json', text: JSON.stringify(JSON.parse(text), null, 2) };
    } catch {
      return { kind: 'text', text, ...(type.endsWith('json') && { note: 'Declared as JSON, but it is not.' }) };
    }
  }
  return { kind: 'text', text };
}
