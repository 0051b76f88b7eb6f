import type { Exchange } from '../../contract/index.ts';
import { decodeJwt } from '../../contract/index.ts';
import { discover } from '../../environment/index.ts';
import { send } from '../../wire/index.ts';
import type { FlowContext } from '../context.ts';
import { endpointOf, recordExchange } from '../context.ts';
import { userAgent } from '../request.ts';
import type { StepResult, StepScope } from '../steps.ts';
import { done, failed, runStep } from '../steps.ts';
import { limitsOf, trustOf } from '../trust.ts';
import type { Conclusion } from './probing.ts';
import { asProbe, foreignWord } from './probing.ts';

/**
 * Fetches the metadata and the keys again and compares them with what the Run recorded. Changed metadata is recorded as read,
 * so that what is done next goes to the present endpoints.
 */
export function discoveryKeysProbe(context: FlowContext, about: string | undefined): Promise<StepResult<null>> {
  const found: { conclusion: Conclusion | null } = { conclusion: null };
  const probing = asProbe(context, { probe: 'discovery-keys', about, conclude: () => found.conclusion });
  return runStep(probing.recorder, probing.cancel, { kind: 'discover', limit: context.environment.limits.request * 4 }, async (scope) => {
    const before = context.recorder.state.metadata?.metadata ?? {};
    const knownKeys = recordedKeys(context);
    let now = before;
    let last: Exchange | null = null;
    if (context.environment.provider.kind !== 'manual') {
      const fetched = await discover(context.client.issuer ?? '', async (wanted) => last = await get(context, scope, wanted));
      if (!fetched.ok) return failed(fetched.problem);
      now = fetched.value.metadata;
      context.recorder.record({ type: 'metadata-read', step: scope.step, source: fetched.value.source, metadata: now, findings: fetched.value.findings });
    }
    const endpoint = endpointOf(context, 'jwks_uri');
    const keys = endpoint.ok ? await get(context, scope, { purpose: 'jwks', url: endpoint.value, headers: [['Accept', 'application/json']] }) : null;
    found.conclusion = compare(context, { before, now, knownKeys, keys: keys === null ? null : keyIds(keys), exchange: keys ?? last, about });
    return done(null);
  });
}

async function get(
  context: FlowContext, scope: StepScope, wanted: { purpose: 'discovery' | 'jwks'; url: string; headers: readonly (readonly [string, string])[] },
): Promise<Exchange> {
  const exchange = await send({
    ...wanted, method: 'GET', headers: [...wanted.headers, ['User-Agent', userAgent(context)]], signal: scope.signal, trust: await trustOf(context, wanted.url),
    limits: limitsOf(context.environment),
  });
  recordExchange(context, scope.step, exchange);
  return exchange;
}

interface Compared {
  before: Record<string, unknown>;
  now: Record<string, unknown>;
  knownKeys: string[] | null;
  keys: string[] | null;
  exchange: Exchange | null;
  about: string | undefined;
}

function compare(context: FlowContext, { before, now, knownKeys, keys, exchange, about }: Compared): Conclusion {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((name) => name === 'issuer' || name === 'jwks_uri' || name.endsWith('_endpoint'))
    .filter((name) => before[name] !== now[name]);
  const gone = knownKeys === null || keys === null ? [] : knownKeys.filter((id) => !keys.includes(id));
  const added = knownKeys === null || keys === null ? [] : keys.filter((id) => !knownKeys.includes(id));
  const signer = idTokenKey(context);
  const signerMissing = signer !== null && keys !== null && keys.length > 0 && !keys.includes(signer);
  const replaced = knownKeys !== null && knownKeys.length > 0 && gone.length === knownKeys.length && keys !== null && keys.length > 0;
  const sentences = [
    ...changed.map((name) => `${name} was ${shown(before[name])} and is ${shown(now[name])}.`),
    ...(gone.length > 0 ? [`Keys gone: ${gone.map(shown).join(', ')}.`] : []),
    ...(added.length > 0 ? [`Keys new: ${added.map(shown).join(', ')}.`] : []),
    ...(signerMissing ? [`The key that signed the ID token (${shown(signer)}) is not among the present ones.`] : []),
    ...(keys === null ? ['No keys could be read.'] : []),
  ];
  const refusedUrl = about === undefined ? undefined : context.recorder.state.exchanges.get(about)?.exchange.url;
  const elsewhere = refusedUrl !== undefined && typeof now['token_endpoint'] === 'string' && withoutQuery(refusedUrl) !== withoutQuery(now['token_endpoint']);
  return {
    finding: sentences.length === 0 ? 'Endpoints and keys are what the run recorded.' : sentences.join(' '),
    meaning: meaningOf(elsewhere, replaced || signerMissing, changed.length > 0 || gone.length + added.length > 0),
    supports: [...(elsewhere ? ['token_endpoint_wrong'] : []), ...(replaced || signerMissing ? ['server_state_lost'] : [])],
    excludes: refusedUrl !== undefined && !elsewhere && typeof now['token_endpoint'] === 'string' ? ['token_endpoint_wrong'] : [],
    exchange,
  };
}

function meaningOf(elsewhere: boolean, stateLost: boolean, differs: boolean): string {
  if (elsewhere) return 'The refused request went to another URL than the token endpoint the provider names now.';
  if (stateLost) return 'The server signs with other keys than when this run began: it was set up anew or lost its state, and its grants with it.';
  return differs ? 'The provider has changed since; the refused request still went to its present token endpoint.' : 'The endpoints used are the provider’s present ones.';
}

const shown = (value: unknown): string => (typeof value === 'string' ? foreignWord(value) : 'absent');
const withoutQuery = (url: string): string => url.split(/[?#]/)[0] ?? url;

function idTokenKey(context: FlowContext): string | null {
  const token = context.recorder.state.tokens.findLast(({ record }) => record.kind === 'id_token');
  const kid = token && decodeJwt(token.record.value).header?.['kid'];
  return typeof kid === 'string' ? kid : null;
}

function recordedKeys(context: FlowContext): string[] | null {
  const recorded = [...context.recorder.state.exchanges.values()].findLast(({ exchange }) => exchange.purpose === 'jwks' && exchange.response?.status === 200);
  return recorded === undefined ? null : keyIds(recorded.exchange);
}

/** Key ids of a JWK Set (RFC 7517 §5); `null` for anything else. */
function keyIds({ response }: Exchange): string[] | null {
  try {
    const set: unknown = JSON.parse(response?.body ?? 'null');
    if (typeof set !== 'object' || set === null || !('keys' in set) || !Array.isArray(set.keys)) return null;
    return (set.keys as unknown[]).flatMap((key) => (typeof key === 'object' && key !== null && 'kid' in key && typeof key.kid === 'string' ? [key.kid] : []));
  } catch {
    return null;
  }
}
