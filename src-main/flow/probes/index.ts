/**
 * flow/probes/: questions put to the provider to tell causes apart, each a step of the Run that ends in `probe-concluded`.
 *
 * For `flow/` alone, on `run.act { action: 'probe' }`: never sent unasked. What each sends and costs is said by `probesFor` of diagnosis/.
 * Refuses a probe the Run has nothing to ask with.
 */
import { randomBytes } from 'node:crypto';
import { generateRandomCodeVerifier } from 'oauth4webapi';
import type { ProbeId, Problem, RunState } from '../../contract/index.ts';
import { redeemedCode, redirectUriOf, refusedExchange, sentRefreshToken, tokenToProbe, unreachable } from '../../contract/index.ts';
import type { FlowContext } from '../context.ts';
import { authorize } from '../steps/authorize.ts';
import { exchangeStep } from '../steps/exchange.ts';
import { refreshStep } from '../steps/refresh.ts';
import { errorOf, introspectStep } from '../steps/token-endpoints.ts';
import type { StepResult } from '../steps.ts';
import { failed } from '../steps.ts';
import { discoveryKeysProbe } from './discovery-keys.ts';
import { asProbe, withoutParameters } from './probing.ts';
import { timeCheckProbe } from './time-check.ts';
import { authorizedRedirectAnswer, clientCheckAnswer, freshCodeAnswer, introspectAnswer, refreshAnswer } from './token-answers.ts';

const CODE_PARAMETERS = ['grant_type', 'code', 'redirect_uri', 'code_verifier'];

/** @param about the refused exchange the probe is for; without it, the last refused one */
export async function runProbe(context: FlowContext, probe: ProbeId, about?: string): Promise<StepResult<unknown>> {
  const { state } = context.recorder;
  const refused = refusedExchange(state, about);
  const subject = refused?.id ?? about;
  switch (probe) {
    case 'client-check': return clientCheck(context, subject);
    case 'introspect':
    case 'refresh-once-more': {
      const token = tokenToProbe(state, probe, subject);
      if (token === null) return failed(nothingToAsk);
      const same = refused !== null && sentRefreshToken(refused) === token.record.value;
      return probe === 'introspect'
        ? introspectStep(asProbe(context, { probe, about: subject, conclude: (step) => introspectAnswer(step, same) }), token)
        : refreshStep(asProbe(context, { probe, about: subject, conclude: (step) => refreshAnswer(step, same) }), token);
    }
    case 'fresh-code': {
      const before = refused === null ? undefined : (errorOf(refused)?.error ?? null);
      const authorized = await authorize(context);
      if (authorized.outcome !== 'ok') return authorized;
      return exchangeStep(asProbe(context, { probe, about: subject, conclude: (step) => freshCodeAnswer(step, before) }), authorized.value);
    }
    case 'authorized-redirect': {
      const redeemed = redeemedCode(state, refused);
      if (redeemed === null) return failed(nothingToAsk);
      const { code, authorized, codeVerifier, nonce } = redeemed;
      const asked = withoutParameters(asProbe(context, { probe, about: subject, conclude: authorizedRedirectAnswer }), ['redirect_uri']);
      return exchangeStep(asked, { code, redirectUri: authorized, ...(codeVerifier !== undefined && { codeVerifier }), ...(nonce !== undefined && { nonce }) });
    }
    case 'discovery-keys': return discoveryKeysProbe(context, subject);
    case 'time-check': return timeCheckProbe(context, subject);
    default: return unreachable(probe);
  }
}

/** Why a probe cannot be made with this Run; `null` where it can. Said before anything is sent. */
export function cannotProbe(state: RunState, probe: ProbeId, about?: string): Problem | null {
  if (about !== undefined && refusedExchange(state, about) === null) return { code: 'unknown-exchange', message: 'This run has no such request.' };
  if ((probe === 'introspect' || probe === 'refresh-once-more') && tokenToProbe(state, probe, about) === null) return nothingToAsk;
  if (probe !== 'authorized-redirect') return null;
  const redeemed = redeemedCode(state, refusedExchange(state, about));
  if (redeemed === null) return { code: 'no-code', message: 'The refused request sent no code whose authorization request is recorded.' };
  return redeemed.sent === redeemed.authorized ? { code: 'redirect-uri-same', message: 'The refused request already sent the authorized redirect URI.' } : null;
}

/** A code nobody issued: a server that gets as far as the code has accepted the client. */
function clientCheck(context: FlowContext, about: string | undefined): Promise<StepResult<unknown>> {
  const { state } = context.recorder;
  const asked = withoutParameters(asProbe(context, { probe: 'client-check', about, conclude: clientCheckAnswer }), CODE_PARAMETERS);
  const { redirect, pkce } = context.environment;
  return exchangeStep(asked, {
    code: randomBytes(32).toString('base64url'),
    redirectUri: state.authorizations.at(-1)?.redirectUri ?? redirectUriOf(redirect, redirect.port ?? EXAMPLE_PORT),
    ...(pkce !== 'off' && { codeVerifier: generateRandomCodeVerifier() }),
  });
}

/** Of the dynamic range, for a redirect whose port is taken at each start. */
const EXAMPLE_PORT = 49_152;

const nothingToAsk: Problem = { code: 'no-token', message: 'This run has no token to ask about.', next: 'Run again to get one.' };
