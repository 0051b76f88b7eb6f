import type { Finding, MeasurePlan, Problem, Question } from '../../contract/index.ts';
import { isClosing } from '../closing.ts';
import type { FlowContext } from '../context.ts';
import { discoverStep } from '../steps/discover.ts';
import type { MeasurePorts } from './measuring.ts';
import { Measuring } from './measuring.ts';
import { measureAccessToken } from './questions/access-token.ts';
import { measureCode } from './questions/code.ts';
import { measureRefreshAbsolute } from './questions/refresh-absolute.ts';
import { measureRefreshIdle } from './questions/refresh-idle.ts';
import { measureReuseGrace } from './questions/reuse-grace.ts';
import { measureRotation } from './questions/rotation.ts';

const questions: Record<Question, (m: Measuring) => Promise<Finding>> = {
  'code': measureCode, 'access-token': measureAccessToken, 'rotation': measureRotation, 'refresh-idle': measureRefreshIdle,
  'refresh-absolute': measureRefreshAbsolute, 'reuse-grace': measureReuseGrace,
};

/**
 * Works through a plan, one question after the other, and goes on where a Run left off. When the app closes it leaves the Run as it is; the
 * person's stop ends it.
 *
 * @param plan of a new measurement; without it the one that the Run holds
 */
export async function measure(context: FlowContext, ports: MeasurePorts, plan?: MeasurePlan): Promise<void> {
  const { recorder } = context;
  if (plan) recorder.record({ type: 'measure-planned', plan });
  const known = recorder.state.measure;
  if (!known) return;
  const m = new Measuring(context, known.plan, ports);
  const discovered = recorder.state.metadata === null ? await m.untilAnswered(async () => ((await discoverStep(context)).outcome === 'ok' ? true : null)) : true;
  for (const { question, impossible } of discovered === null ? [] : known.plan.questions) {
    if (impossible !== undefined || recorder.state.measure?.findings.some((finding) => finding.question === question)) continue;
    const finding = await questions[question](m);
    // What is unfinished is asked again by the next process; what the person stopped is told as far as it is known.
    if (isClosing(context.cancel)) return;
    recorder.record({ type: 'measure-answered', finding });
    if (m.over) break;
  }
  if (isClosing(context.cancel)) return;
  end(context, m.failure);
}

function end({ recorder, cancel }: FlowContext, failure: Problem | null): void {
  if (cancel.aborted) {
    recorder.record({ type: 'measure-ended', end: { outcome: 'stopped' } });
    recorder.record({ type: 'flow-ended', outcome: 'cancelled' });
  } else if (failure) {
    recorder.record({ type: 'measure-ended', end: { outcome: 'failed', problem: failure } });
    recorder.record({ type: 'flow-ended', outcome: 'failed', problem: failure });
  } else {
    recorder.record({ type: 'measure-ended', end: { outcome: 'done' } });
    recorder.record({ type: 'flow-ended', outcome: 'ok' });
  }
}
