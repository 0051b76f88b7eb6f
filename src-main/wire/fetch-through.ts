import type { Exchange, Problem, Purpose } from '../contract/index.ts';
import { messageParts } from '../contract/index.ts';
import type { WireLimits } from './limits.ts';
import { send } from './send.ts';
import type { Trust } from './trust.ts';

export interface FetchThrough {
  purpose(url: URL): Purpose;
  /** Given every exchange, complete or not, before the call returns or throws. */
  onExchange(exchange: Exchange): void;
  signal?: AbortSignal;
  limits?: Partial<WireLimits>;
  trust?: Trust | ((url: string) => Promise<Trust>);
  /** Sent where the caller gives no header of that name. */
  headers?: Readonly<Record<string, string>>;
}

/** There is no complete answer; the exchange says what there is. */
export class WireError extends Error {
  readonly exchange: Exchange;
  readonly problem: Problem;
  constructor(exchange: Exchange, problem: Problem) {
    super(problem.message);
    this.name = 'WireError';
    this.exchange = exchange;
    this.problem = problem;
  }
}

const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * A `fetch` for protocol libraries (`[oauth.customFetch]`) whose every exchange is recorded exactly. Header names are written the
 * usual way (`Content-Type`), because the libraries hand them over in lower case; none are added beside the defaults given here.
 *
 * @returns a function that takes a URL or a `Request`, text, form parameters or bytes as body; `redirect`, `credentials`, `cache` and
 *   the like have no effect. The `Response` holds the decoded body.
 * @throws {WireError} where there is no complete answer
 * @throws {TypeError} where the body is of another kind
 */
export function fetchThrough(options: FetchThrough): typeof fetch {
  return async (input, init) => {
    const given = input instanceof Request ? await partsOf(input, init) : { url: new URL(input), init: init ?? {} };
    const body = bodyOf(given.init.body);
    const signals = [options.signal, given.init.signal].filter((signal): signal is AbortSignal => signal instanceof AbortSignal);
    const exchange = await send({
      purpose: options.purpose(given.url), method: given.init.method ?? 'GET', url: given.url.href,
      headers: headersFor(options.headers, given.init.headers),
      ...(body !== null && { body }),
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
      ...(options.limits && { limits: options.limits }),
      ...(options.trust && { trust: typeof options.trust === 'function' ? await options.trust(given.url.href) : options.trust }),
    });
    options.onExchange(exchange);
    return responseOf(exchange);
  };
}

async function partsOf(request: Request, init: RequestInit | undefined): Promise<{ url: URL; init: RequestInit }> {
  const merged = init === undefined ? request : new Request(request, init);
  const bytes = merged.body === null ? null : new Uint8Array(await merged.arrayBuffer());
  return { url: new URL(merged.url), init: { method: merged.method, headers: merged.headers, body: bytes, signal: merged.signal } };
}

function bodyOf(body: RequestInit['body']): Uint8Array | string | null {
  if (body === undefined || body === null) return null;
  if (body instanceof URLSearchParams) return body.toString();
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  throw new TypeError('Unsupported kind of body');
}

function headersFor(defaults: FetchThrough['headers'], given: RequestInit['headers']): [string, string][] {
  const headers = new Headers(given);
  for (const [name, value] of Object.entries(defaults ?? {})) if (!headers.has(name)) headers.set(name, value);
  return [...headers].map(([name, value]) => [titleCase(name), value]);
}

function responseOf(exchange: Exchange): Response {
  const { response, failure } = exchange;
  if (response === null || failure !== null) throw new WireError(exchange, failure ?? { code: 'malformed-response', message: 'Nothing was answered.' });
  // RFC 9110 §15: a status code is 100 to 599; a Response can hold 200 to 599.
  if (response.status < 200 || response.status > 599) {
    throw new WireError(exchange, { code: 'malformed-response', message: `The status ${response.status} is none of HTTP's final ones.`, next: 'The answer is kept; look at what sends it.' });
  }
  return new Response(WITHOUT_BODY.has(response.status) ? null : new Uint8Array(Buffer.from(response.body, 'latin1')), {
    status: response.status, statusText: response.reason.replace(/[^\t\u0020-\u007e]/g, ''), headers: headersOf(response.raw.slice(0, response.headLength)),
  });
}

/** Header lines a Response can carry; what it cannot stays in the exchange. */
function headersOf(head: string): Headers {
  const headers = new Headers();
  for (const { name, value } of messageParts(head).headers) {
    try {
      headers.append(name, value);
    } catch {
      // Not a name or value the Fetch standard allows.
    }
  }
  return headers;
}

function titleCase(name: string): string {
  if (name === 'dpop') return 'DPoP';
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
