import { userInfoRequest } from 'oauth4webapi';
import type { Exchange, TokenState, Verdict } from '../../contract/index.ts';
import { decodeJwt, headerOf, messageParts, readTokenResponse } from '../../contract/index.ts';
import type { FlowContext } from '../context.ts';
import { clientOf, endpointOf, serverOf } from '../context.ts';
import { request } from '../request.ts';
import { readSignedAnswer } from '../signed-answer.ts';
import type { StepResult } from '../steps.ts';
import { done, failed, refused, runStep } from '../steps.ts';
import { refusalProblem } from '../tokens.ts';
import { errorOf } from './token-endpoints.ts';

/**
 * Fetches the claims about the person and holds their `sub` against the ID token's.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#UserInfo
 */
export function userinfoStep(context: FlowContext, accessToken: TokenState): Promise<StepResult<Exchange>> {
  return runStep(context.recorder, context.cancel, { kind: 'userinfo', limit: context.environment.limits.request }, async (scope) => {
    const endpoint = endpointOf(context, 'userinfo_endpoint');
    if (!endpoint.ok) return failed(endpoint.problem);
    const exchange = await request(context, scope, 'userinfo', (options) => userInfoRequest(
      serverOf(context), clientOf(context), accessToken.record.value, { ...options, headers: new Headers(options.headers) },
    ));
    if (exchange.response === null || exchange.failure) return failed(exchange.failure ?? { code: 'no-answer', message: 'No answer came.' });
    const error = errorOf(exchange);
    if (error) return refused(refusalProblem(error));
    context.recorder.record({ type: 'token-checked', step: scope.step, tokenId: accessToken.record.id, verdicts: [subjectVerdict(context, exchange, await readSignedAnswer(context, scope, exchange, 'userinfo'))] });
    return done(exchange);
  });
}

function subjectVerdict(context: FlowContext, exchange: Exchange, signed: Record<string, unknown> | null): Verdict {
  const section = 'OIDC Core §5.3.2';
  const idToken = context.recorder.state.tokens.findLast(({ record }) => record.kind === 'id_token');
  const expected = idToken === undefined ? undefined : decodeJwt(idToken.record.value).claims?.['sub'];
  const { headers } = messageParts(exchange.response?.raw ?? '');
  const body = exchange.response?.body ?? '';
  const claims = signed ?? claimsOf(body, headers);
  const found = claims?.['sub'];
  if (typeof expected !== 'string') return { check: 'sub (userinfo)', outcome: 'not-checked', section, explanation: 'There is no ID token to compare with.' };
  return {
    check: 'sub (userinfo)', outcome: found === expected ? 'passed' : 'failed', section, expected,
    found: typeof found === 'string' ? found : 'absent',
  };
}

function claimsOf(body: string, headers: { name: string; value: string }[]): Record<string, unknown> | undefined {
  const read = readTokenResponse(body, headerOf(headers, 'content-type'));
  return read.ok ? read.value.members : undefined;
}
