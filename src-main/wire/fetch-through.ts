import type { Exchange, Problem, Purpose } from '../contract/index.ts';
import { messageParts } from '../contract/index.ts';
import type { Trust } from './connect.ts';
import type { WireLimits } from './limits.ts';
import { send } from './send.ts';

export interface FetchThrough {
  purpose(url: URL): Purpose;
  /** Given every exchange, complete or not, before the call returns or throws. */
  onExchange(exchange: Exchange): void;
  signal?: AbortSignal;
  limits?: Partial<WireLimits>;
  trust?: Trust;
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

const WITHOUT_BODY = new Set([101, 204, 205, 304]);

/**
 * A `fetch` for protocol libraries whose every exchange is recorded exactly. Header names are written the usual way
 * (`Content-Type`), because the libraries hand them over in lower case.
 *
 * @throws WireError where there is no complete answer
 */
export function fetchThrough(options: FetchThrough): (url: string | URL, init?: RequestInit) => Promise<Response> {
  return async (target, init = {}) => {
    const url = new URL(target);
    const body = init.body instanceof URLSearchParams ? init.body.toString() : init.body;
    if (body !== undefined && body !== null && typeof body !== 'string' && !(body instanceof Uint8Array)) throw new TypeError('Unsupported kind of body');
    const signals = [options.signal, init.signal].filter((signal): signal is AbortSignal => signal instanceof AbortSignal);
    const exchange = await send({
      purpose: options.purpose(url), method: init.method ?? 'GET', url: url.href,
      headers: [...new Headers(init.headers)].map(([name, value]) => [titleCase(name), value] as const),
      ...(body !== undefined && body !== null && { body }),
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
      ...(options.limits && { limits: options.limits }),
      ...(options.trust && { trust: options.trust }),
    });
    options.onExchange(exchange);
    const { response } = exchange;
    if (response === null || exchange.failure !== null || response.status < 200) throw new WireError(exchange, exchange.failure ?? { code: 'malformed-response', message: 'The answer is not HTTP.' });
    const bytes = Buffer.from(response.body, 'latin1');
    return new Response(WITHOUT_BODY.has(response.status) ? null : new Uint8Array(bytes), {
      status: response.status, statusText: response.reason.replace(/[^\t\u0020-\u007e]/g, ''), headers: headersOf(response.raw.slice(0, response.headLength)),
    });
  };
}

/** Header lines a Response can carry; what it cannot stays in the exchange. */
function headersOf(head: string): Headers {
  const headers = new Headers();
  // After interim answers, the final head is the last one.
  const last = head.slice(head.lastIndexOf('HTTP/1.', head.length - 1));
  for (const { name, value } of messageParts(last).headers) {
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
