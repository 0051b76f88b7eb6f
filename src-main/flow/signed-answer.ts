import type { Exchange, Verdict } from '../contract/index.ts';
import { decodeJwt, headerOf, messageParts } from '../contract/index.ts';
import { decrypted, verifyResponse } from '../token/index.ts';
import type { FlowContext } from './context.ts';
import { expectedIssuer } from './context.ts';
import { keysToVerify } from './key-set.ts';
import type { StepScope } from './steps.ts';

const sections = { introspection: 'RFC 9701 §5', userinfo: 'OIDC Core §5.3.2' } as const;

/**
 * Reads an answer that came as a JWT (introspection, UserInfo): opens it where it is encrypted for this client, records a verdict for each
 * check, and gives its claims whether they hold or not: they are looked at, not believed.
 *
 * @returns `null` where the answer is no JWT
 * @see https://www.rfc-editor.org/rfc/rfc9701#section-5
 * @see https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse
 */
export async function readSignedAnswer(context: FlowContext, scope: StepScope, exchange: Exchange, what: keyof typeof sections): Promise<Record<string, unknown> | null> {
  const { response } = exchange;
  if (response === null) return null;
  const { headers } = messageParts(response.raw.slice(0, response.headLength));
  if (headerOf(headers, 'content-type')?.toLowerCase().includes('jwt') !== true) return null;
  const jwt = await opened(context, response.body.trim());
  const { header, claims } = decodeJwt(jwt);
  const issuer = expectedIssuer(context) ?? context.recorder.state.metadata?.metadata['issuer'];
  const verdicts = await verifyResponse({
    response: jwt, jwks: await keysToVerify(context, scope, header?.['alg']),
    ...(context.client.secret !== null && { clientSecret: context.client.secret }),
    expected: { clientId: context.client.clientId, ...(typeof issuer === 'string' && { issuer }) },
  });
  const asked = verdicts.filter(({ check }) => isAsked(check, claims)).map((verdict): Verdict => ({ ...verdict, section: sections[what] }));
  context.recorder.record({ type: 'response-checked', step: scope.step, what, verdicts: asked });
  return claims ?? null;
}

/** Neither kind has to carry `exp`, and a signed UserInfo answer only should name `iss` and `aud`: what is absent is not wrong. */
function isAsked(check: string, claims: Record<string, unknown> | undefined): boolean {
  return !['exp', 'iss', 'aud'].includes(check) || claims?.[check] !== undefined;
}

async function opened(context: FlowContext, jwt: string): Promise<string> {
  if (decodeJwt(jwt).kind !== 'jwe') return jwt;
  const key = await context.client.signingKey?.().catch(() => null) ?? null;
  return key === null ? jwt : (await decrypted(jwt, [key.jwk]) ?? jwt);
}
