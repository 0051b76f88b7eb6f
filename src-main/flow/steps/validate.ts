import type { TokenState, Verdict } from '../../contract/index.ts';
import { decodeJwt } from '../../contract/index.ts';
import { isJwtAccessToken, verifyAccessToken, verifyIdToken } from '../../token/index.ts';
import { checksFailed } from '../checks-failed.ts';
import type { FlowContext } from '../context.ts';
import { expectedIssuer } from '../context.ts';
import { resourcesOf } from '../parameters.ts';
import type { KeySet } from '../key-set.ts';
import { keysToVerify } from '../key-set.ts';
import type { StepResult, StepScope } from '../steps.ts';
import { done, failed, runStep } from '../steps.ts';
import type { AuthorizedCode } from './authorize.ts';

/**
 * Checks an ID token, each check a verdict of its own, and an access token that can be read as a JWT. A failed check of the ID token fails the
 * step and stops nothing by itself; those of the access token are reported alone, since a client has no say in it (RFC 9068 §6).
 *
 * @param idToken `null` where none was issued
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
export function validateStep(context: FlowContext, idToken: TokenState | null, authorized: AuthorizedCode | null): Promise<StepResult<null>> {
  return runStep(context.recorder, context.cancel, { kind: 'validate', limit: context.environment.limits.request }, async (scope) => {
    const keys = new Keys(context, scope);
    const accessToken = context.recorder.state.tokens.findLast(({ record }) => record.kind === 'access_token');
    const wrong = idToken === null ? [] : await checkIdToken(context, scope, keys, { idToken, accessToken, authorized });
    if (accessToken && isJwtAccessToken(accessToken.record.value)) {
      const verdicts = await verifyAccessToken({
        accessToken: accessToken.record.value, jwks: await keys.for(accessToken.record.value), ...secretOf(context),
        expected: { ...common(context), resources: resourcesOf(context.environment) },
      });
      context.recorder.record({ type: 'token-checked', step: scope.step, tokenId: accessToken.record.id, verdicts });
    }
    return wrong.length === 0 ? done(null) : failed(checksFailed('ID token', wrong));
  });
}

/** Whether there is anything to check: an ID token, or an access token that can be read. */
export function hasTokenToCheck(tokens: readonly TokenState[]): boolean {
  const accessToken = tokens.findLast(({ record }) => record.kind === 'access_token');
  return tokens.some(({ record }) => record.kind === 'id_token') || (accessToken !== undefined && isJwtAccessToken(accessToken.record.value));
}

interface Received { idToken: TokenState; accessToken: TokenState | undefined; authorized: AuthorizedCode | null }

async function checkIdToken(context: FlowContext, scope: StepScope, keys: Keys, { idToken, accessToken, authorized }: Received): Promise<Verdict[]> {
  const { value } = idToken.record;
  const key = decodeJwt(value).kind === 'jwe' ? await context.client.signingKey?.() ?? null : null;
  const maxAge = context.environment.request?.maxAge;
  const verdicts = await verifyIdToken({
    idToken: value, jwks: await keys.for(value), ...secretOf(context),
    ...(key !== null && { decryptionKeys: [key.jwk] }),
    expected: {
      ...common(context),
      ...(authorized?.nonce !== undefined && { nonce: authorized.nonce }),
      ...(authorized !== null && { code: authorized.code }),
      ...(authorized !== null && maxAge !== undefined && { maxAge }),
      ...(accessToken !== undefined && { accessToken: accessToken.record.value }),
    },
  });
  context.recorder.record({ type: 'token-checked', step: scope.step, tokenId: idToken.record.id, verdicts });
  return verdicts.filter(({ outcome }) => outcome === 'failed');
}

/** The provider's key set, fetched once a step and only when a token needs it. */
class Keys {
  readonly #context: FlowContext;
  readonly #scope: StepScope;
  #set: KeySet | null = null;

  constructor(context: FlowContext, scope: StepScope) {
    this.#context = context;
    this.#scope = scope;
  }

  async for(token: string): Promise<KeySet> {
    if (this.#set) return this.#set;
    const set = await keysToVerify(this.#context, this.#scope, decodeJwt(token).header?.['alg']);
    if (set.keys.length > 0) this.#set = set;
    return set;
  }
}

function common(context: FlowContext): { issuer?: string; clientId: string } {
  const issuer = expectedIssuer(context) ?? context.recorder.state.metadata?.metadata['issuer'];
  return { clientId: context.client.clientId, ...(typeof issuer === 'string' && { issuer }) };
}

function secretOf({ client }: FlowContext): { clientSecret?: string } {
  return client.secret === null ? {} : { clientSecret: client.secret };
}
