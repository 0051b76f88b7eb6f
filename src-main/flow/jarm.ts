import type { Verdict } from '../contract/index.ts';
import { decodeJwt } from '../contract/index.ts';
import type { AcceptedCallback } from '../receiver/index.ts';
import { verifyIdToken, verifyResponse } from '../token/index.ts';
import type { FlowContext } from './context.ts';
import { expectedIssuer } from './context.ts';
import { keysToVerify } from './key-set.ts';
import { expectedMode } from './parameters.ts';
import type { StepScope } from './steps.ts';

/**
 * Checks the JWTs that came with an answer and records a verdict for each check: the JARM answer itself, and the ID token of the hybrid flow.
 * They are looked at, not believed: what failed is reported, and the code is still there.
 *
 * @returns the failed verdicts
 * @see https://openid.net/specs/oauth-v2-jarm.html#section-2.4
 * @see https://openid.net/specs/openid-connect-core-1_0.html#HybridIDToken
 */
export async function checkAnswer(context: FlowContext, scope: StepScope, answer: AcceptedCallback, nonce: string | undefined): Promise<Verdict[]> {
  const failed: Verdict[] = [];
  const jarm = await jarmVerdicts(context, scope, answer.jarm);
  if (jarm.length > 0) {
    context.recorder.record({ type: 'response-checked', step: scope.step, what: 'jarm', verdicts: jarm });
    failed.push(...jarm.filter(({ outcome }) => outcome === 'failed'));
  }
  if (answer.idToken !== undefined) {
    const verdicts = await verifyIdToken({
      idToken: answer.idToken, ...await verifier(context, scope, answer.idToken),
      expected: { ...common(context), ...(nonce !== undefined && { nonce }), ...(answer.code !== undefined && { code: answer.code }) },
    });
    context.recorder.record({ type: 'response-checked', step: scope.step, what: 'id_token', verdicts });
    failed.push(...verdicts.filter(({ outcome }) => outcome === 'failed'));
  }
  return failed;
}

async function jarmVerdicts(context: FlowContext, scope: StepScope, jarm: string | undefined): Promise<Verdict[]> {
  if (jarm !== undefined) return verifyResponse({ response: jarm, ...await verifier(context, scope, jarm), expected: common(context) });
  if (!expectedMode(context.environment).endsWith('jwt')) return [];
  return [{
    check: 'response', outcome: 'failed', section: 'JARM §2.3', expected: 'one parameter response, a signed JWT', found: 'plain parameters',
    explanation: 'The answer was asked for as a JWT. The server does not know the response mode, or does not allow it to this client.',
  }];
}

function common(context: FlowContext): { issuer?: string; clientId: string } {
  const issuer = expectedIssuer(context) ?? context.recorder.state.metadata?.metadata['issuer'];
  return { clientId: context.client.clientId, ...(typeof issuer === 'string' && { issuer }) };
}

async function verifier(context: FlowContext, scope: StepScope, jwt: string) {
  const { header } = decodeJwt(jwt);
  const key = decodeJwt(jwt).kind === 'jwe' ? await context.client.signingKey?.() ?? null : null;
  return {
    jwks: await keysToVerify(context, scope, header?.['alg']),
    ...(context.client.secret !== null && { clientSecret: context.client.secret }),
    ...(key !== null && { decryptionKeys: [key.jwk] }),
  };
}
