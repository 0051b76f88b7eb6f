import type { Problem, StepOutcome } from '../contract/index.ts';
import type { FlowContext } from './context.ts';
import { authorize } from './steps/authorize.ts';
import { discoverStep } from './steps/discover.ts';
import { exchangeStep } from './steps/exchange.ts';
import { userinfoStep } from './steps/userinfo.ts';
import { validateStep } from './steps/validate.ts';
import type { StepResult } from './steps.ts';

/**
 * The authorization-code flow from discovery to userinfo, recorded step by step; ends with `flow-ended`.
 *
 * Without metadata, a code or tokens the flow ends there. A failed check of the ID token or a refused userinfo request does not.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1
 */
export async function plainFlow(context: FlowContext): Promise<void> {
  const result = await steps(context);
  end(context, result.outcome, result.outcome === 'ok' ? undefined : result.problem);
}

async function steps(context: FlowContext): Promise<StepResult<unknown>> {
  const discovered = await discoverStep(context);
  if (discovered.outcome !== 'ok') return discovered;
  const authorized = await authorize(context);
  if (authorized.outcome !== 'ok') return authorized;
  const exchanged = await exchangeStep(context, authorized.value);
  if (exchanged.outcome !== 'ok') return exchanged;
  const { tokens, metadata } = context.recorder.state;
  const idToken = tokens.findLast(({ record }) => record.kind === 'id_token');
  if (idToken) await validateStep(context, idToken, authorized.value);
  const accessToken = tokens.findLast(({ record }) => record.kind === 'access_token');
  const asksUserinfo = idToken !== undefined && typeof metadata?.metadata['userinfo_endpoint'] === 'string';
  if (accessToken && asksUserinfo && !context.cancel.aborted) await userinfoStep(context, accessToken);
  return exchanged;
}

export function end(context: FlowContext, outcome: StepOutcome, problem?: Problem): void {
  context.recorder.record({ type: 'flow-ended', outcome, ...(problem && { problem }) });
}
