import type { ApiCall, Exchange, Problem, TokenState } from '../../contract/index.ts';
import { send } from '../../wire/index.ts';
import type { FlowContext } from '../context.ts';
import { recordExchange } from '../context.ts';
import { demandsNonce } from '../dpop.ts';
import { keepHome } from '../home.ts';
import { prove } from '../proving.ts';
import { userAgent } from '../request.ts';
import type { StepResult } from '../steps.ts';
import { done, failed, refused, runStep } from '../steps.ts';
import { refusalProblem } from '../tokens.ts';
import { limitsOf, trustOf } from '../trust.ts';
import { errorOf } from './token-endpoints.ts';

/**
 * Calls an API with an access token; where the server asks for a DPoP nonce, once more with it.
 *
 * @param allowed the person said that this host may have the token
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-7
 */
export function callStep(context: FlowContext, token: TokenState, call: ApiCall, allowed = false): Promise<StepResult<Exchange>> {
  return runStep(context.recorder, context.cancel, { kind: 'call', limit: context.environment.limits.request }, async (scope) => {
    if (!allowed) await keepHome(context, 'resource', call.url);
    const attempt = async (): Promise<{ exchange: Exchange; proven: boolean }> => {
      const laid = new Headers([['authorization', `Bearer ${token.record.value}`]]);
      const proven = await prove(context, 'resource', call.method, call.url, laid);
      const named = new Set(call.headers.map(({ name }) => name.toLowerCase()));
      const ours: [string, string][] = [['Accept', '*/*'], ['Authorization', laid.get('authorization') ?? ''], ...(laid.has('dpop') ? [['DPoP', laid.get('dpop') ?? ''] as [string, string]] : []), ['User-Agent', userAgent(context)]];
      const exchange = await send({
        purpose: 'resource', method: call.method, url: call.url, signal: scope.signal, trust: await trustOf(context, call.url),
        headers: [...ours.filter(([name]) => !named.has(name.toLowerCase())), ...call.headers.map(({ name, value }): [string, string] => [name, value])],
        ...(call.body !== undefined && call.method !== 'GET' && call.method !== 'HEAD' && { body: call.body }),
        limits: limitsOf(context.environment),
      });
      recordExchange(context, scope.step, exchange);
      return { exchange, proven };
    };
    const first = await attempt();
    const { exchange } = first.proven && demandsNonce(first.exchange) ? await attempt() : first;
    if (exchange.response === null || exchange.failure) return failed(exchange.failure ?? { code: 'no-answer', message: 'No answer came.' });
    const error = exchange.response.status >= 400 ? errorOf(exchange) : null;
    if (error) return refused(refusalProblem(error));
    return exchange.response.status >= 400 ? refused(apiRefused(exchange.response.status)) : done(exchange);
  });
}

const apiRefused = (status: number): Problem => ({ code: `http-${status}`, message: `The API answered ${status}.`, next: 'Look at the response for the reason.' });
