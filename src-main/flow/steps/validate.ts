import type { TokenState, Verdict } from '../../contract/index.ts';
import { decodeJwt } from '../../contract/index.ts';
import { verifyIdToken } from '../../token/index.ts';
import { send } from '../../wire/index.ts';
import type { FlowContext } from '../context.ts';
import { endpointOf, expectedIssuer, recordExchange } from '../context.ts';
import { userAgent } from '../request.ts';
import type { StepResult, StepScope } from '../steps.ts';
import { done, failed, runStep } from '../steps.ts';
import type { AuthorizedCode } from './authorize.ts';

/**
 * Checks an ID token, each check a verdict of its own. A failed check fails the step and stops nothing.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
export function validateStep(context: FlowContext, idToken: TokenState, authorized: AuthorizedCode | null): Promise<StepResult<null>> {
  return runStep(context.recorder, context.cancel, { kind: 'validate', limit: context.environment.limits.request }, async (scope) => {
    const needsKeys = !/^(HS|none)/i.test(String(decodeJwt(idToken.record.value).header?.['alg'] ?? ''));
    const jwks = needsKeys ? await fetchKeys(context, scope) : null;
    const accessToken = context.recorder.state.tokens.findLast(({ record }) => record.kind === 'access_token');
    const issuer = expectedIssuer(context) ?? stringMember(context, 'issuer');
    const verdicts = await verifyIdToken({
      idToken: idToken.record.value,
      jwks: jwks ?? { keys: [] },
      ...(context.client.secret !== null && { clientSecret: context.client.secret }),
      expected: {
        ...(issuer !== undefined && { issuer }),
        clientId: context.client.clientId,
        ...(authorized?.nonce !== undefined && { nonce: authorized.nonce }),
        ...(authorized !== null && { code: authorized.code }),
        ...(accessToken !== undefined && { accessToken: accessToken.record.value }),
      },
    });
    context.recorder.record({ type: 'token-checked', step: scope.step, tokenId: idToken.record.id, verdicts });
    const wrong = verdicts.filter(({ outcome }) => outcome === 'failed');
    return wrong.length === 0 ? done(null) : failed(checksFailed(wrong));
  });
}

function checksFailed(wrong: Verdict[]): { code: string; message: string; why: string; next: string } {
  return {
    code: 'id-token-check',
    message: `The ID token fails ${wrong.length === 1 ? 'one check' : `${wrong.length} checks`}: ${wrong.map(({ check }) => check).join(', ')}.`,
    why: wrong.map(({ check, expected, found, section }) => `${check} (${section}): expected ${expected ?? '–'}, found ${found ?? '–'}.`).join(' '),
    next: 'The tokens are kept and can be used; a client in production must reject this ID token.',
  };
}

function stringMember(context: FlowContext, name: string): string | undefined {
  const value = context.recorder.state.metadata?.metadata[name];
  return typeof value === 'string' ? value : undefined;
}

async function fetchKeys(context: FlowContext, scope: StepScope): Promise<{ keys: Record<string, unknown>[] } | null> {
  const endpoint = endpointOf(context, 'jwks_uri');
  if (!endpoint.ok) return null;
  const exchange = await send({
    purpose: 'jwks', method: 'GET', url: endpoint.value, headers: [['Accept', 'application/json'], ['User-Agent', userAgent(context)]],
    signal: scope.signal, limits: { total: context.environment.limits.request * 1000 },
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
