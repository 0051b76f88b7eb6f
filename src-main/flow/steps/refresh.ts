import type { Provocation, TokenState } from '../../contract/index.ts';
import type { FlowContext } from '../context.ts';
import type { StepResult } from '../steps.ts';
import { runStep } from '../steps.ts';
import type { ReceivedTokens } from '../tokens.ts';
import { requestTokens } from '../tokens.ts';

/**
 * Spends a refresh token. A dead one is sent all the same: that is how one sees what the server says to it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-6
 */
export function refreshStep(context: FlowContext, token: TokenState, provocation?: Provocation, scope?: string): Promise<StepResult<ReceivedTokens>> {
  return runStep(context.recorder, context.cancel, { kind: 'refresh', limit: context.environment.limits.request, provocation },
    (step) => requestTokens(context, step, {
      grantType: 'refresh_token',
      parameters: [['refresh_token', token.record.value], ...(scope === undefined ? [] : [['scope', scope] as [string, string]])],
      parentToken: token.record.id,
      generation: token.generation + 1,
    }));
}
