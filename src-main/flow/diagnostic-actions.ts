import type { Problem, RunAction, RunState } from '../contract/index.ts';
import { unreachable } from '../contract/index.ts';
import type { FlowContext } from './context.ts';
import { cannotCorrect, runCorrected } from './corrected.ts';
import { cannotProbe, runProbe } from './probes/index.ts';
import { cannotResend, resendStep } from './resend.ts';

/** What the diagnosis of a refused request offers. */
export type DiagnosticAction = Extract<RunAction, { action: 'probe' | 'resend' | 'run-corrected' }>;

export async function performDiagnostic(context: FlowContext, act: DiagnosticAction): Promise<void> {
  switch (act.action) {
    case 'probe': await runProbe(context, act.probe, act.exchangeId); return;
    case 'resend': await resendStep(context, act.exchangeId); return;
    case 'run-corrected': await runCorrected(context, act.correction, act.exchangeId); return;
    default: unreachable(act);
  }
}

/** What such an action needs and the Run does not have, said before anything is sent. */
export function cannotDiagnose(state: RunState, act: DiagnosticAction): Problem | null {
  switch (act.action) {
    case 'probe': return cannotProbe(state, act.probe, act.exchangeId);
    case 'resend': return cannotResend(state, act.exchangeId);
    case 'run-corrected': return cannotCorrect(state, act.correction, act.exchangeId, state.started?.hasSecret ?? true);
    default: return unreachable(act);
  }
}
