import type { Correction, Problem, RunState } from '../contract/index.ts';
import { refusedExchange, unreachable, unspentRefreshToken, usesClientSecret } from '../contract/index.ts';
import type { FlowContext } from './context.ts';
import { authorize } from './steps/authorize.ts';
import { exchangeStep } from './steps/exchange.ts';
import { refreshStep } from './steps/refresh.ts';
import { validateStep } from './steps/validate.ts';
import type { StepResult } from './steps.ts';

/**
 * Does the refused request again with one thing changed. A refresh token the server has not judged is used again; anything else takes
 * a fresh code, since the refused one may be spent. The stored environment stays as it is.
 *
 * @param about the refused exchange; without it, the last refused one
 */
export async function runCorrected(context: FlowContext, correction: Correction, about?: string): Promise<StepResult<unknown>> {
  const changed = withCorrection(context, correction);
  const token = unspentRefreshToken(context.recorder.state, about);
  if (token !== null) return refreshStep(changed, token);
  const authorized = await authorize(changed);
  if (authorized.outcome !== 'ok') return authorized;
  const exchanged = await exchangeStep(changed, authorized.value);
  const idToken = exchanged.outcome === 'ok' ? context.recorder.state.tokens.findLast(({ record }) => record.kind === 'id_token') : undefined;
  if (idToken) await validateStep(changed, idToken, authorized.value);
  return exchanged;
}

/** Why it cannot be done; `null` where it can. Said before anything is sent. */
export function cannotCorrect(state: RunState, correction: Correction, about?: string, secret = true): Problem | null {
  if (about !== undefined && refusedExchange(state, about) === null) return { code: 'unknown-exchange', message: 'This run has no such request.' };
  if (correction.change === 'auth-method' && usesClientSecret(correction.to) && !secret) {
    return { code: 'secret-missing', message: `There is no client secret to send with ${correction.to}.`, next: 'Edit the environment and enter the client secret.', field: 'client.secret' };
  }
  return null;
}

/** A context whose environment differs in one thing. */
export function withCorrection(context: FlowContext, correction: Correction): FlowContext {
  const { environment, client } = context;
  const without = (names: readonly string[]): FlowContext => ({
    ...context, environment: { ...environment, tokenParameters: environment.tokenParameters.filter(({ name }) => !names.includes(name)) },
  });
  switch (correction.change) {
    case 'redirect-as-authorized': return without(['redirect_uri']);
    case 'verifier-as-made': return without(['code_verifier']);
    case 'without-parameters': return {
      ...context,
      environment: {
        ...without(correction.names).environment,
        authorizationParameters: environment.authorizationParameters.filter(({ name }) => !correction.names.includes(name)),
      },
    };
    case 'auth-method': return {
      ...context, client: { ...client, authMethod: correction.to }, environment: { ...environment, client: { ...environment.client, authMethod: correction.to } },
    };
    case 'pkce': return { ...context, environment: { ...environment, pkce: correction.to } };
    case 'basic-encoding': return { ...context, environment: { ...environment, clientAuth: { ...environment.clientAuth, basicEncoding: correction.formEncode ? 'form' : 'raw' } } };
    case 'as-configured': return context;
    default: return unreachable(correction);
  }
}
