import type { Exchange, RunEvent } from '../contract/index.ts';
import { formParameters, headerOf, messageParts, replayLabelOf, utf8Of } from '../contract/index.ts';
import { textOf } from './har.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** Postman sets these by itself and warns where they are given. */
const OWN: ReadonlySet<string> = new Set(['host', 'content-length', 'transfer-encoding', 'connection']);

/**
 * A Run as a Postman collection v2.1: every exchange an item with its answer as an example, every secret a collection variable
 * without a value.
 *
 * @param events masked, or raw where secrets were asked for
 * @returns the collection as JSON, and what it cannot carry
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
export function postmanOf(events: readonly RunEvent[], pseudonyms: Pseudonyms, name: string): { text: string; warnings: string[] } {
  const warnings: string[] = [];
  const item = events.flatMap((event) => {
    if (event.type !== 'exchange-recorded') return [];
    if (event.exchange.request.includes('{{')) warnings.push(`${event.exchange.purpose} request: it holds {{, which Postman reads as a variable.`);
    return [itemOf(pseudonyms.exchange(event.exchange), warnings)];
  });
  const collection = {
    info: { name: pseudonyms.in(name), schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json', description: 'Recorded requests. Set the variables before you send one.' },
    item,
    variable: pseudonyms.all().map(({ name: key, describes }) => ({ key, value: '', type: 'string', description: describes })),
  };
  return { text: `${JSON.stringify(collection, null, 2)}\n`, warnings };
}

type KeyValue = { key: string; value: string };

function itemOf(exchange: Exchange, warnings: string[]): Record<string, unknown> {
  const { headers, body } = messageParts(exchange.request);
  const { label, why } = replayLabelOf(exchange);
  const name = `${exchange.purpose}: ${exchange.method} ${URL.canParse(exchange.url) ? new URL(exchange.url).pathname : exchange.url}`;
  const text = textOf(body);
  if (text === null) warnings.push(`${name}: its body is no text, and Postman keeps none but text. It was left out.`);
  const request = {
    method: exchange.method, url: urlOf(exchange.url),
    header: headers.filter((header) => !OWN.has(header.name.toLowerCase())).map((header): KeyValue => ({ key: header.name, value: utf8Of(header.value) })),
    ...(body !== '' && text !== null && { body: { mode: 'raw', raw: text, options: { raw: { language: /json/i.test(headerOf(headers, 'content-type') ?? '') ? 'json' : 'text' } } } }),
    description: `Recorded ${new Date(exchange.times.started).toISOString()}. Sending it again: ${label}. ${why}${text === null ? ' Its body is no text and is not here.' : ''}`,
  };
  return { name, request, response: exchange.response === null ? [] : [exampleOf(exchange.response, request)], protocolProfileBehavior: { disableBodyPruning: true } };
}

function exampleOf(response: NonNullable<Exchange['response']>, originalRequest: unknown): Record<string, unknown> {
  const { headers } = messageParts(response.raw.slice(0, response.headLength));
  return {
    name: `${response.status} ${response.reason}`.trim(), originalRequest, status: response.reason, code: response.status,
    header: headers.map(({ name, value }): KeyValue => ({ key: name, value: utf8Of(value) })), body: textOf(response.body) ?? `[${response.body.length} bytes that are no text]`,
  };
}

function urlOf(raw: string): Record<string, unknown> {
  const [, protocol = '', host = '', port, path = '', query] = /^(\w+):\/\/(\[[^\]]*\]|[^/:?#]*)(?::(\d+))?([^?#]*)(?:\?([^#]*))?/.exec(raw) ?? [];
  return {
    raw, protocol, host: host.startsWith('[') ? [host] : host.split('.'), ...(port !== undefined && { port }), path: path.replace(/^\//, '').split('/'),
    ...(query !== undefined && { query: formParameters(query).map(({ rawName, rawValue }): KeyValue => ({ key: rawName, value: rawValue })) }),
  };
}
