import { allowInsecureRequests, customFetch } from 'oauth4webapi';
import type { Exchange, Purpose, Problem } from '../contract/index.ts';
import { fetchThrough, WireError } from '../wire/index.ts';
import type { FlowContext } from './context.ts';
import { recordExchange } from './context.ts';
import { demandsNonce } from './dpop.ts';
import { keepHome } from './home.ts';
import { prove } from './proving.ts';
import { StepProblem } from './step-problem.ts';
import type { StepScope } from './steps.ts';
import { limitsOf, trustOf } from './trust.ts';

/** The options every oauth4webapi request of ours is made with. */
export interface RequestOptions {
  [customFetch]: (url: string, options: object) => Promise<Response>;
  /** People debug local servers; a plain-http endpoint is a finding, not a refusal. */
  [allowInsecureRequests]: true;
  headers: [string, string][];
}

/**
 * Makes one protocol request and records its exchange, complete or not; where the server asks for a DPoP nonce, a second one with it.
 *
 * @param call makes exactly one request with the options it is given; called again for the second one
 * @returns the last exchange; `failure` says why there is no complete response
 * @throws TypeError where the library refuses the request before anything is sent (a missing endpoint: check it first)
 */
export async function request(
  context: FlowContext, scope: StepScope, purpose: Purpose, call: (options: RequestOptions) => Promise<Response>,
): Promise<Exchange> {
  const recorded: Exchange[] = [];
  let proven = false;
  const through = fetchThrough({
    trust: (url) => trustOf(context, url),
    purpose: () => purpose,
    signal: scope.signal,
    limits: limitsOf(context.environment),
    onExchange: (exchange) => {
      recorded.push(exchange);
      recordExchange(context, scope.step, exchange);
    },
  });
  const options: RequestOptions = {
    [customFetch]: async (url, init: RequestInit) => {
      await keepHome(context, purpose, url);
      const headers = new Headers(init.headers);
      proven = await prove(context, purpose, init.method ?? 'GET', url, headers);
      return through(url, purpose === 'token' && context.recorder.gate.editsRequests ? await edited(context, { ...init, headers }) : { ...init, headers });
    },
    [allowInsecureRequests]: true, headers: [['user-agent', userAgent(context)]],
  };
  try {
    await call(options);
    // Made anew, not repeated: an assertion or a proof counts once (RFC 7523 §3, RFC 9449 §11.1).
    if (proven && recorded.some(demandsNonce)) await call(options);
  } catch (error) {
    if (error instanceof StepProblem || (!(error instanceof WireError) && recorded.length === 0)) throw error;
  }
  const last = recorded.at(-1);
  if (last === undefined) throw new TypeError('No request was made');
  return last;
}

/** The request as the person wants it, where it is shown before it goes out. */
async function edited(context: FlowContext, init: RequestInit & { headers: Headers }): Promise<RequestInit> {
  const { recorder, cancel } = context;
  const pairs = (entries: Iterable<[string, string]>) => [...entries].map(([name, value]) => ({ name, value }));
  const parameters = pairs(new URLSearchParams(String(init.body ?? '')));
  const changed = await recorder.gate.edit(recorder, 'exchange', { parameters, headers: pairs(init.headers) }, cancel);
  if (!changed) return init;
  const headers = new Headers();
  for (const { name, value } of changed.headers) headers.append(name, value);
  return { ...init, headers, body: new URLSearchParams(changed.parameters.map(({ name, value }): [string, string] => [name, value])) };
}

export function userAgent(context: FlowContext): string {
  return `Grantscope/${context.ports.versions['grantscope'] ?? '0'}`;
}

/** The problem of an exchange that has no complete answer, with the endpoint named. */
export function unanswered(exchange: Exchange): Problem | null {
  return exchange.failure;
}
