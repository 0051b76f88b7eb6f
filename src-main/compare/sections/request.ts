import type { CompareSource } from '../../contract/compare.ts';
import type { Exchange } from '../../contract/exchange.ts';
import { formParameters, headerOf, messageParts, queryParameters, utf8Of } from '../../contract/read/http.ts';
import type { Line } from '../rows/line.ts';
import { lengthOf } from '../rules/shape.ts';
import { parameterSpec } from '../tables/parameters.ts';
import { requestHeaderSpec } from '../tables/request-headers.ts';
import { byNature, telling } from '../tables/spec.ts';
import { factOf, jsonLines, line, namedLines } from './lines.ts';

const method = telling('value', { why: 'token endpoints take only POST', section: 'RFC 6749 §3.2', topics: ['format', 'endpoint'] });
const address = telling('url', { why: 'it is another endpoint', topics: ['endpoint'] });
const target = telling('url', { why: 'the same path on the server may still be written differently', topics: ['endpoint'] });
const bodyLength = byNature('value');

/** A request as lines: where it goes, its parameters decoded, its headers. */
export function requestLines(exchange: Exchange): Line[] {
  const { startLine, headers, body } = messageParts(exchange.request);
  const at = (part: 'request-line' | 'request-query' | 'request-header' | 'request-body') => (name: string) => ({ exchangeId: exchange.id, target: { part, name } });
  const text = utf8Of(body);
  const type = headerOf(headers, 'content-type') ?? '';
  const [, written = ''] = startLine.split(' ');
  return [
    line('method', 'Method', method, factOf(exchange.method, method, { exchangeId: exchange.id, target: { part: 'request-line' } })),
    line('url', 'Address', address, factOf(withoutQuery(exchange.url), address, { exchangeId: exchange.id, target: { part: 'request-line' } })),
    // What the URL reader would tidy up is what a strict server notices.
    ...(written.startsWith('/') && !sameTarget(written, exchange.url) ? [line('target', 'Target as written', target, factOf(withoutQuery(written), target))] : []),
    ...namedLines(queryParameters(exchange.url), 'query/', parameterSpec, at('request-query')),
    ...bodyLines(text, type, at('request-body')),
    ...namedLines(headers.map(({ name, value }) => ({ name: name.toLowerCase(), value })), 'header/', requestHeaderSpec, at('request-header')),
  ];
}

function bodyLines(text: string, type: string, source: (name: string) => CompareSource): Line[] {
  if (text === '') return [];
  if (/json/i.test(type)) {
    const members = jsonLines(text, 'body/', parameterSpec, source);
    if (members) return members;
  }
  if (/form-urlencoded/i.test(type) || (type === '' && /^[\w.-]+=/.test(text))) return namedLines(formParameters(text), 'body/', parameterSpec, source);
  return [line('body', 'Body', bodyLength, { text: `${lengthOf(text)} bytes` })];
}

export const withoutQuery = (url: string): string => url.replace(/[?#][\s\S]*$/, '');

function sameTarget(written: string, url: string): boolean {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') === written || written === '/';
}
