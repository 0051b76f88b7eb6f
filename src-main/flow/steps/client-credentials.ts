import type { FlowContext } from '../context.ts';
import type { StepResult } from '../steps.ts';
import { runStep } from '../steps.ts';
import type { ReceivedTokens } from '../tokens.ts';
import { requestTokens } from '../tokens.ts';

/**
 * A token for the client itself: no browser, no user.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export function clientCredentialsStep(context: FlowContext): Promise<StepResult<ReceivedTokens>> {
  const { scope, limits } = context.environment;
  return runStep(context.recorder, context.cancel, { kind: 'client-credentials', limit: limits.request },
    (step) => requestTokens(context, step, { grantType: 'client_credentials', parameters: scope === '' ? [] : [['scope', scope]], generation: 0 }));
}
