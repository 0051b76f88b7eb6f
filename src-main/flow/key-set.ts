import { send } from '../wire/index.ts';
import type { FlowContext } from './context.ts';
import { endpointOf, recordExchange } from './context.ts';
import { userAgent } from './request.ts';
import type { StepScope } from './steps.ts';
import { limitsOf, trustOf } from './trust.ts';

export interface KeySet { keys: Record<string, unknown>[] }

/** The provider's keys, fetched and recorded; an empty set where the signature needs none (a MAC, no signature) or none came. */
export async function keysToVerify(context: FlowContext, scope: StepScope, alg: unknown): Promise<KeySet> {
  if (/^(HS|none)/i.test(String(alg ?? ''))) return { keys: [] };
  return await fetchKeys(context, scope) ?? { keys: [] };
}

async function fetchKeys(context: FlowContext, scope: StepScope): Promise<KeySet | null> {
  const endpoint = endpointOf(context, 'jwks_uri');
  if (!endpoint.ok) return null;
  const exchange = await send({
    purpose: 'jwks', method: 'GET', url: endpoint.value, headers: [['Accept', 'application/json'], ['User-Agent', userAgent(context)]],
    signal: scope.signal, trust: await trustOf(context, endpoint.value), limits: limitsOf(context.environment),
  });
  recordExchange(context, scope.step, exchange);
  try {
    const keys: unknown = JSON.parse(exchange.response?.body ?? 'null');
    if (typeof keys === 'object' && keys !== null && 'keys' in keys && Array.isArray(keys.keys)) return { keys: keys.keys as Record<string, unknown>[] };
  } catch {
    // Not JSON: "key found" fails and says so, with the answer in the exchange beside it.
  }
  return null;
}
