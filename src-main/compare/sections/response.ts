import type { CompareSource } from '../../contract/compare.ts';
import type { Exchange } from '../../contract/exchange.ts';
import { formParameters, headerOf, messageParts, utf8Of } from '../../contract/read/http.ts';
import type { Line } from '../rows/line.ts';
import { lengthOf } from '../rules/shape.ts';
import { memberSpec, responseHeaderSpec } from '../tables/answers.ts';
import { byNature, telling } from '../tables/spec.ts';
import { jsonLines, line, namedLines } from './lines.ts';

const status = telling('value', { why: 'the answers mean different things', section: 'RFC 6749 §5.2' });
const failure = telling('value', { why: 'no whole answer came', topics: ['connection'] });
const cutShort = telling('value', { why: 'the answer was too large to be kept whole' });
const otherBody = byNature('value');
const format = telling('value', { why: 'a client can read only one of them', section: 'RFC 6749 §5.1' });

/** An answer as lines: status, members of its body, headers. */
export function responseLines(exchange: Exchange, metadata: boolean): Line[] {
  const { response } = exchange;
  if (response === null) {
    return [line('failure', 'No answer', failure, { text: exchange.failure === null ? 'nothing came back' : exchange.failure.code, ...(exchange.failure && { reading: exchange.failure.message }), source: { exchangeId: exchange.id } })];
  }
  const { headers } = messageParts(response.raw.slice(0, response.headLength));
  const at = (part: 'response-header' | 'response-body') => (name: string) => ({ exchangeId: exchange.id, target: { part, name } });
  return [
    line('status', 'Status', status, { text: String(response.status), ...(response.reason !== '' && { reading: response.reason }), source: { exchangeId: exchange.id, target: { part: 'response-status' } } }),
    ...(exchange.failure ? [line('failure', 'Incomplete', failure, { text: exchange.failure.code, reading: exchange.failure.message })] : []),
    ...(response.cut ? [line('cut', 'Cut', cutShort, { text: `after ${response.cut.kept} bytes` })] : []),
    // The metadata is a section of its own, and would stand here a second time.
    ...(metadata ? [] : bodyLines(utf8Of(response.body), headerOf(headers, 'content-type') ?? '', at('response-body'))),
    ...namedLines(headers.map(({ name, value }) => ({ name: name.toLowerCase(), value: tidied(name, value) })), 'header/', responseHeaderSpec, at('response-header')),
  ];
}

function bodyLines(text: string, type: string, source: (name: string) => CompareSource): Line[] {
  if (text === '') return [];
  const members = jsonLines(text, 'body/', memberSpec, source);
  if (members) return members;
  if (/form-urlencoded/i.test(type)) return namedLines(formParameters(text), 'body/', memberSpec, source);
  const kind = /^\s*</.test(text) ? 'a page (HTML or XML)' : /^[\w-]+\.[\w-]*\./.test(text) ? 'a JWT' : 'text';
  return [line('body-format', 'Body', format, { text: kind }), line('body-length', 'Length', otherBody, { text: `${lengthOf(text)} characters` })];
}

/** Case and blanks of a media type or a directive say nothing. */
function tidied(name: string, value: string): string {
  if (/^content-type$/i.test(name)) return value.toLowerCase().replace(/\s*;\s*/g, '; ').replace(/; charset="?utf-8"?$/, '');
  return /^cache-control$/i.test(name) ? value.toLowerCase().replace(/\s*,\s*/g, ' ') : value;
}
