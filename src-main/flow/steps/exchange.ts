import type { Provocation } from '../../contract/index.ts';
import type { FlowContext } from '../context.ts';
import type { StepResult } from '../steps.ts';
import { runStep } from '../steps.ts';
import type { ReceivedTokens, TokenRequest } from '../tokens.ts';
import { requestTokens } from '../tokens.ts';
import type { AuthorizedCode } from './authorize.ts';

/** What to send instead of the right value. */
export interface ExchangeMistakes { redirectUri?: string; codeVerifier?: string; secret?: string }

/**
 * Redeems an authorization code.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3
 * @see https://www.rfc-editor.org/rfc/rfc7636#section-4.5
 */
export function exchangeStep(
  context: FlowContext, authorized: AuthorizedCode, provocation?: Provocation, mistakes: ExchangeMistakes = {},
): Promise<StepResult<ReceivedTokens>> {
  const codeVerifier = mistakes.codeVerifier ?? authorized.codeVerifier;
  const wanted: TokenRequest = {
    grantType: 'authorization_code',
    parameters: [
      ['code', authorized.code],
      ['redirect_uri', mistakes.redirectUri ?? authorized.redirectUri],
      ...(codeVerifier === undefined ? [] : [['code_verifier', codeVerifier] as [string, string]]),
    ],
    generation: 0,
    ...(mistakes.secret !== undefined && { secret: mistakes.secret }),
  };
  return runStep(context.recorder, context.cancel, { kind: 'exchange', limit: context.environment.limits.request, provocation },
    (scope) => requestTokens(context, scope, wanted));
}
