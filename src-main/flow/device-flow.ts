import type { Problem } from '../contract/index.ts';
import type { FlowContext } from './context.ts';
import { pause } from './pause.ts';
import type { DeviceCode } from './steps/device.ts';
import { deviceStep } from './steps/device.ts';
import type { StepResult } from './steps.ts';
import { runStep } from './steps.ts';
import type { ReceivedTokens } from './tokens.ts';
import { requestTokens } from './tokens.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const PENDING = ['authorization_pending', 'slow_down'];

/**
 * The device authorization grant: the code is shown, and the token endpoint is asked at the server's pace until the person has said yes or no.
 * Each question is an exchange of the one step *poll*; `slow_down` adds five seconds for good.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8628#section-3.4
 */
export async function deviceFlow(context: FlowContext): Promise<StepResult<unknown>> {
  const device = await deviceStep(context);
  return device.outcome === 'ok' ? poll(context, device.value) : device;
}

function poll(context: FlowContext, { deviceCode, interval, expiresIn }: DeviceCode): Promise<StepResult<ReceivedTokens>> {
  const limit = Math.min(expiresIn ?? context.environment.limits.browser, 3600);
  return runStep(context.recorder, context.cancel, { kind: 'poll', limit }, async (scope) => {
    let seconds = interval;
    while (!scope.signal.aborted) {
      await pause(seconds * 1000, scope.signal);
      if (scope.signal.aborted) break;
      const answer = await requestTokens(context, scope, { grantType: GRANT, parameters: [['device_code', deviceCode]], generation: 0, pending: PENDING });
      if (answer.outcome !== 'refused' || !PENDING.includes(answer.problem.code)) return answer;
      if (answer.problem.code === 'slow_down') seconds += 5;
    }
    return { outcome: 'failed', problem: waitEnded };
  });
}

const waitEnded: Problem = { code: 'wait-ended', message: 'The code was not confirmed in time.' };
