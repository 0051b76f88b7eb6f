import type { Problem, StepOutcome } from '../contract/index.ts';
import { unreachable } from '../contract/index.ts';
import { checksFailed } from './checks-failed.ts';
import type { FlowContext } from './context.ts';
import { deviceFlow } from './device-flow.ts';
import type { AuthorizedCode } from './steps/authorize.ts';
import { authorize } from './steps/authorize.ts';
import { clientCredentialsStep } from './steps/client-credentials.ts';
import { logoutStep } from './steps/logout.ts';
import { discoverStep } from './steps/discover.ts';
import type { FirstExchange } from './first-exchange.ts';
import { firstExchange } from './first-exchange.ts';
import { userinfoStep } from './steps/userinfo.ts';
import { hasTokenToCheck, validateStep } from './steps/validate.ts';
import type { StepResult } from './steps.ts';
import { failed } from './steps.ts';

/**
 * The authorization-code flow from discovery to userinfo, recorded step by step; ends with `flow-ended`.
 *
 * Without metadata, a code or tokens the flow ends there. A failed check of the ID token or a refused userinfo request ends nothing, unless the
 * environment is strict: then a failed check ends the flow as failed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1
 */
export async function plainFlow(context: FlowContext, first: FirstExchange = {}): Promise<void> {
  const result = await flowOf(context, first);
  end(context, result.outcome, result.outcome === 'ok' ? undefined : result.problem);
}

async function flowOf(context: FlowContext, first: FirstExchange): Promise<StepResult<unknown>> {
  const discovered = await discoverStep(context);
  if (discovered.outcome !== 'ok') return discovered;
  const grant = context.environment.grant ?? 'authorization_code';
  switch (grant) {
    case 'authorization_code': return codeFlow(context, first);
    case 'device_code': return afterTokens(context, await deviceFlow(context), null);
    case 'client_credentials': return clientCredentialsStep(context);
    default: return unreachable(grant);
  }
}

async function codeFlow(context: FlowContext, first: FirstExchange): Promise<StepResult<unknown>> {
  if (context.options?.logoutFirst && typeof context.recorder.state.metadata?.metadata['end_session_endpoint'] === 'string') {
    const out = await logoutStep(context, false);
    if (context.cancel.aborted) return out;
  }
  const authorized = await authorize(context);
  if (authorized.outcome !== 'ok') return authorized;
  return afterTokens(context, await firstExchange(context, authorized.value, first), authorized.value);
}

/** What is done with tokens that have come: checked, and UserInfo asked. */
async function afterTokens(context: FlowContext, exchanged: StepResult<unknown>, authorized: AuthorizedCode | null): Promise<StepResult<unknown>> {
  if (exchanged.outcome !== 'ok') return exchanged;
  const { tokens, metadata } = context.recorder.state;
  const idToken = tokens.findLast(({ record }) => record.kind === 'id_token');
  const strict = context.environment.strict === true;
  if (hasTokenToCheck(tokens)) {
    const validated = await validateStep(context, idToken ?? null, authorized);
    if (strict && validated.outcome !== 'ok') return validated;
  }
  const accessToken = tokens.findLast(({ record }) => record.kind === 'access_token');
  const asksUserinfo = idToken !== undefined && typeof metadata?.metadata['userinfo_endpoint'] === 'string';
  if (accessToken && asksUserinfo && !context.cancel.aborted) await userinfoStep(context, accessToken);
  const otherSubject = accessToken?.verdicts.find(({ check, outcome }) => check === 'sub (userinfo)' && outcome === 'failed');
  if (strict && otherSubject) return failed(checksFailed('ID token', [otherSubject]));
  return exchanged;
}

export function end(context: FlowContext, outcome: StepOutcome, problem?: Problem): void {
  context.recorder.record({ type: 'flow-ended', outcome, ...(problem && { problem }) });
}
