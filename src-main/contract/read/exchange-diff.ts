import type { Exchange } from '../exchange.ts';
import { formParameters, headerOf, messageParts, queryParameters, requestParameters, utf8Of, valueOf } from './http.ts';
import { jsonLines, jsonPath, literalText } from './json-lines.ts';

export type DiffPart = 'request-line' | 'query' | 'request-headers' | 'request-body' | 'status' | 'response-headers' | 'response-body';

/** One thing of two exchanges side by side. `null` where an exchange does not have it. */
export interface DiffRow {
  part: DiffPart;
  /** Name of the parameter or header, or JSONPath of the value. */
  label: string;
  a: string | null;
  b: string | null;
  /** *fresh* differs as it must: another code, time or id in every exchange. *name* has the same value under a name written otherwise. */
  state: 'same' | 'differs' | 'fresh' | 'name';
}

/** JSON values of one body that are compared one by one; longer bodies are compared as text. */
const VALUES = 2000;

/** What is another one in every exchange: ids, times, one-time values, and what is computed from them. */
const fresh: ReadonlySet<string> = new Set([
  'code', 'state', 'nonce', 'code_verifier', 'code_challenge', 'client_assertion', 'request', 'request_uri', 'device_code', 'user_code', 'refresh_token', 'access_token', 'id_token',
  'dpop', 'dpop-nonce', 'date', 'age', 'etag', 'expires', 'last-modified', 'content-length', 'set-cookie', 'cookie', 'traceparent', 'tracestate', 'server-timing', 'x-runtime', 'cf-ray',
  'x-request-id', 'x-correlation-id', 'x-fapi-interaction-id', 'client-request-id', 'x-ms-request-id', 'x-amz-cf-id', 'x-amzn-requestid', 'x-amzn-trace-id', 'x-okta-request-id', 'x-auth0-requestid',
  'x-envoy-upstream-service-time', 'x-rate-limit-remaining', 'x-ratelimit-remaining', 'x-rate-limit-reset', 'x-ratelimit-reset', 'session_state', 'iat', 'exp', 'nbf', 'jti', 'auth_time', 'at_hash', 'sid', 'trace_id', 'correlation_id', 'timestamp',
]);

/** Whether a parameter, header or member of that name is another one each time by its nature. */
export function isFresh(name: string): boolean {
  return fresh.has(name.toLowerCase());
}

interface Item { name: string; value: string }

/**
 * Two exchanges part by part: parameters and headers aligned by name and occurrence, JSON by path. Whether a difference matters is not said,
 * only whether it had to be. Takes masked exchanges too: equal secrets have equal markers.
 */
export function exchangeDiff(a: Exchange, b: Exchange): DiffRow[] {
  const [left, right] = [messageParts(a.request), messageParts(b.request)];
  const [before, after] = [a, b].map(({ response }) => (response ? messageParts(response.raw) : null));
  return [
    row('request-line', 'method', a.method, b.method),
    row('request-line', 'address', bare(a.url), bare(b.url)),
    ...aligned('query', queryParameters(a.url), queryParameters(b.url)),
    ...aligned('request-headers', left.headers, right.headers, true),
    ...bodies('request-body', [left.headers, utf8Of(left.body)], [right.headers, utf8Of(right.body)]),
    row('status', 'status', statusOf(a), statusOf(b)),
    ...aligned('response-headers', before?.headers ?? [], after?.headers ?? [], true),
    ...bodies('response-body', [before?.headers ?? [], utf8Of(a.response?.body ?? '')], [after?.headers ?? [], utf8Of(b.response?.body ?? '')]),
  ];
}

const bare = (url: string): string => url.replace(/[?#].*$/s, '');
const statusOf = ({ response, failure }: Exchange): string => (response ? `${response.status} ${response.reason}`.trim() : (failure?.message ?? 'no answer'));
const row = (part: DiffPart, label: string, a: string | null, b: string | null, name = label): DiffRow =>
  ({ part, label, a, b, state: a === b ? 'same' : a !== null && b !== null && isFresh(name) ? 'fresh' : 'differs' });

function aligned(part: DiffPart, left: readonly Item[], right: readonly Item[], anyCase = false): DiffRow[] {
  const key = (name: string): string => (anyCase ? name.toLowerCase() : name);
  const waiting = new Map<string, Item[]>();
  // From the end, so that the first one waiting is taken first by `pop`.
  for (const item of right.toReversed()) {
    const same = waiting.get(key(item.name));
    if (same) same.push(item);
    else waiting.set(key(item.name), [item]);
  }
  const rows = left.map((item) => {
    const partner = waiting.get(key(item.name))?.pop();
    const made = row(part, item.name, item.value, partner?.value ?? null);
    return partner && made.state === 'same' && partner.name !== item.name ? { ...made, label: `${item.name} / ${partner.name}`, state: 'name' as const } : made;
  });
  const alone = new Set([...waiting.values()].flat());
  return [...rows, ...right.filter((item) => alone.has(item)).map(({ name, value }) => row(part, name, null, value))];
}

type Body = [headers: readonly Item[], text: string];

function bodies(part: DiffPart, a: Body, b: Body): DiffRow[] {
  if (a[1] === '' && b[1] === '') return [];
  const [left, right] = [itemsOf(a), itemsOf(b)];
  if (left && right) return aligned(part, left.items, right.items).map((made) => ({ ...made, state: made.state === 'differs' && made.a !== null && made.b !== null && isFresh(lastName(made.label)) ? 'fresh' : made.state }));
  return [row(part, 'body', a[1] === '' ? null : a[1], b[1] === '' ? null : b[1])];
}

const lastName = (path: string): string => /([A-Za-z0-9_-]+)$/.exec(path)?.[1] ?? path;

/** A form as its parameters, JSON as its values by path; `null` for other text. */
function itemsOf([headers, text]: Body): { items: Item[] } | null {
  if (text === '') return { items: [] };
  if (headerOf([...headers], 'content-type')?.toLowerCase().startsWith('application/x-www-form-urlencoded')) return { items: formParameters(text) };
  const lines = /^\ufeff?\s*[[{]/.test(text) ? jsonLines(text) : null;
  if (!lines || lines.length > VALUES) return null;
  return { items: lines.flatMap((line, at) => (line.kind === 'value' ? [{ name: jsonPath(lines, at).replace(/^\$\./, ''), value: line.text.startsWith('"') ? literalText(line.text) : line.text }] : [])) };
}

/**
 * Which other exchange is the most telling to compare with: the last one before with the same purpose and grant, one that was answered
 * well rather than another; else one after it, else one of the same purpose.
 *
 * @param all in the order they were made, the exchange itself among them
 */
export function nearestAlike(exchange: Exchange, all: readonly Exchange[]): Exchange | null {
  const grantOf = (other: Exchange): string | undefined => valueOf(requestParameters(other), 'grant_type');
  const at = all.findIndex(({ id }) => id === exchange.id);
  const alike = all.filter(({ id, purpose }) => id !== exchange.id && purpose === exchange.purpose);
  const grant = grantOf(exchange);
  const score = (other: Exchange): number => {
    const before = all.indexOf(other) < at;
    return (grantOf(other) === grant ? 4 : 0) + ((other.response?.status ?? 599) < 300 ? 2 : 0) + (before ? 1 : 0);
  };
  return alike.reduce<Exchange | null>((best, other) => {
    if (!best) return other;
    const [a, b] = [score(other), score(best)];
    return a > b || (a === b && Math.abs(all.indexOf(other) - at) <= Math.abs(all.indexOf(best) - at)) ? other : best;
  }, null);
}
