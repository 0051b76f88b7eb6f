import { allowInsecureRequests, customFetch } from 'oauth4webapi';
import type { Exchange, Purpose, Problem } from '../contract/index.ts';
import { fetchThrough, WireError } from '../wire/index.ts';
import type { FlowContext } from './context.ts';
import { recordExchange } from './context.ts';
import type { StepScope } from './steps.ts';

/** The options every oauth4webapi request of ours is made with. */
export interface RequestOptions {
  [customFetch]: (url: string, options: object) => Promise<Response>;
  /** People debug local servers; a plain-http endpoint is a finding, not a refusal. */
  [allowInsecureRequests]: true;
  headers: [string, string][];
}

/**
 * Makes one protocol request and records its exchange, complete or not.
 *
 * @param call makes exactly one request with the options it is given
 * @returns the exchange; `failure` says why there is no complete response
 * @throws TypeError where the library refuses the request before anything is sent (a missing endpoint: check it first)
 */
export async function request(
  context: FlowContext, scope: StepScope, purpose: Purpose, call: (options: RequestOptions) => Promise<Response>,
): Promise<Exchange> {
  let recorded: Exchange | undefined;
  const through = fetchThrough({
    purpose: () => purpose,
    signal: scope.signal,
    // One limit the person set: a server that is silent for less than that is waited for.
    limits: { total: context.environment.limits.request * 1000, idle: context.environment.limits.request * 1000 },
    onExchange: (exchange) => {
      recorded = exchange;
      recordExchange(context, scope.step, exchange);
    },
  });
  try {
    await call({ [customFetch]: (url, options) => through(url, options), [allowInsecureRequests]: true, headers: [['user-agent', userAgent(context)]] });
  } catch (error) {
    if (!(error instanceof WireError) && recorded === undefined) throw error;
  }
  if (recorded === undefined) throw new TypeError('No request was made');
  return recorded;
}

export function userAgent(context: FlowContext): string {
  return `Grantscope/${context.ports.versions['grantscope'] ?? '0'}`;
}

/** The problem of an exchange that has no complete answer, with the endpoint named. */
export function unanswered(exchange: Exchange): Problem | null {
  return exchange.failure;
}
