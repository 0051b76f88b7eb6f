import type { Problem, Provocation } from '../../contract/index.ts';
import type { Receiver } from '../../receiver/index.ts';
import type { FlowContext } from '../context.ts';
import type { BrowserWatch } from '../browser-watch.ts';
import { checksFailed } from '../checks-failed.ts';
import { checkAnswer } from '../jarm.ts';
import type { StepResult } from '../steps.ts';
import { done, failed, refused, runStep } from '../steps.ts';
import { refusalProblem } from '../tokens.ts';

/**
 * Waits for the redirect with the code. Only an answer whose `state` and `iss` are right ends the wait;
 * anything else that knocks is recorded by the receiver and answered 400. JWTs that came with it are checked and reported; in strict
 * environments a failed check ends the flow.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
 * @see https://www.rfc-editor.org/rfc/rfc9207
 */
export function receiveStep(
  context: FlowContext, receiver: Receiver, watch: BrowserWatch, { nonce, provocation }: { nonce: string | undefined; provocation: Provocation | undefined },
): Promise<StepResult<string>> {
  const limit = context.environment.limits.browser;
  return runStep(context.recorder, context.cancel, { kind: 'receive', limit, provocation }, async (scope) => {
    const { step, signal } = scope;
    watch.step = step;
    const stopped = Promise.withResolvers<'stopped'>();
    signal.addEventListener('abort', () => stopped.resolve('stopped'), { once: true });
    if (signal.aborted) stopped.resolve('stopped');
    const answer = await Promise.race([receiver.answer, stopped.promise, watch.whenClosed.then(() => 'closed' as const)]);
    if (answer === 'stopped') return failed(waitEnded);
    if (answer === 'closed') return failed(browserClosed);
    const wrong = await checkAnswer(context, scope, answer, nonce);
    if (context.environment.strict === true && wrong.length > 0) return failed(checksFailed('authorization answer', wrong));
    return answer.error ? refused(refusalProblem(answer.error)) : done(answer.code ?? '');
  });
}

const waitEnded: Problem = { code: 'wait-ended', message: 'The wait for the browser ended.' };

const browserClosed: Problem = {
  code: 'browser-closed',
  message: 'The browser window was closed before the provider redirected back.',
  next: 'Run again and finish the sign-in, or use the system browser.',
};
