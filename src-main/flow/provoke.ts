import { generateRandomCodeVerifier } from 'oauth4webapi';
import { randomBytes } from 'node:crypto';
import type { ClientAuthMethod, Problem, Provocation, RunState, TokenState } from '../contract/index.ts';
import { unreachable, usesClientSecret, valueOf } from '../contract/index.ts';
import type { FlowContext } from './context.ts';
import type { AuthorizedCode } from './steps/authorize.ts';
import { authorize } from './steps/authorize.ts';
import type { ExchangeMistakes } from './steps/exchange.ts';
import { exchangeStep } from './steps/exchange.ts';
import { refreshStep } from './steps/refresh.ts';
import { revokeStep } from './steps/token-endpoints.ts';
import type { StepResult } from './steps.ts';
import { failed } from './steps.ts';

/**
 * Makes one of the classic mistakes on purpose. What needs an unspent code asks the browser for a fresh one first:
 * a spent code would be refused for being spent, and prove nothing about the mistake.
 */
export async function provoke(context: FlowContext, provocation: Provocation): Promise<StepResult<unknown>> {
  switch (provocation) {
    case 'reuse-code': {
      const spent = lastCode(context.recorder.state);
      return spent ? exchangeStep(context, spent, provocation) : failed(noCode);
    }
    case 'wrong-redirect':
    case 'wrong-verifier':
    case 'wrong-secret':
      return withFreshCode(context, provocation, (authorized) => mistakeOf(provocation, authorized));
    case 'reuse-refresh':
      return reuseRefresh(context);
    case 'refresh-revoked':
      return refreshRevoked(context);
    default:
      return unreachable(provocation);
  }
}

/** What a mistake with a code sends instead of the right value. */
export function mistakeOf(provocation: 'wrong-redirect' | 'wrong-verifier' | 'wrong-secret', { redirectUri }: AuthorizedCode): ExchangeMistakes {
  switch (provocation) {
    case 'wrong-redirect': return { redirectUri: `${redirectUri}/somewhere-else` };
    case 'wrong-verifier': return { codeVerifier: generateRandomCodeVerifier() };
    case 'wrong-secret': return { secret: randomBytes(24).toString('base64url') };
    default: return unreachable(provocation);
  }
}

async function withFreshCode(
  context: FlowContext, provocation: Provocation, mistakes: (authorized: AuthorizedCode) => ExchangeMistakes,
): Promise<StepResult<unknown>> {
  const authorized = await authorize(context, provocation);
  return authorized.outcome === 'ok' ? exchangeStep(context, authorized.value, provocation, mistakes(authorized.value)) : authorized;
}

async function reuseRefresh(context: FlowContext): Promise<StepResult<unknown>> {
  const rotated = refreshTokens(context.recorder.state).findLast(({ fate }) => fate === 'superseded');
  if (rotated) return refreshStep(context, rotated, 'reuse-refresh');
  const current = liveRefreshToken(context.recorder.state);
  if (!current) return failed(noRefreshToken);
  const first = await refreshStep(context, current);
  return first.outcome === 'ok' ? refreshStep(context, current, 'reuse-refresh') : first;
}

async function refreshRevoked(context: FlowContext): Promise<StepResult<unknown>> {
  const revoked = refreshTokens(context.recorder.state).findLast(({ fate }) => fate === 'revoked');
  if (revoked) return refreshStep(context, revoked, 'refresh-revoked');
  const current = liveRefreshToken(context.recorder.state);
  if (!current) return failed(noRefreshToken);
  const gone = await revokeStep(context, current);
  return gone.outcome === 'ok' ? refreshStep(context, current, 'refresh-revoked') : gone;
}

/** Why a provocation cannot be done with this Run and client; `null` where it can. Said before anything is sent. */
export function cannotProvoke(state: RunState, authMethod: ClientAuthMethod, provocation: Provocation): Problem | null {
  switch (provocation) {
    case 'reuse-code': return lastCode(state) ? null : noCode;
    case 'wrong-secret': return usesClientSecret(authMethod) ? null : noSecret;
    case 'reuse-refresh':
    case 'refresh-revoked': return refreshTokens(state).some(({ fate }) => fate !== 'refused') ? null : noRefreshToken;
    case 'wrong-redirect':
    case 'wrong-verifier': return null;
    default: return unreachable(provocation);
  }
}

function refreshTokens(state: RunState): TokenState[] {
  return state.tokens.filter(({ record }) => record.kind === 'refresh_token');
}

export function liveRefreshToken(state: RunState): TokenState | undefined {
  return refreshTokens(state).findLast(({ fate }) => fate === 'live');
}

/** The code last accepted at the redirect, with the request it belongs to. */
export function lastCode({ callbacks, authorizations }: RunState): AuthorizedCode | null {
  const callback = callbacks.findLast(({ verdict }) => verdict === 'accepted');
  const code = callback && valueOf(callback.parameters, 'code');
  const state = callback && valueOf(callback.parameters, 'state');
  const request = authorizations.findLast((candidate) => candidate.state === state);
  if (code === undefined || request === undefined) return null;
  return {
    code, redirectUri: request.redirectUri,
    ...(request.codeVerifier !== undefined && { codeVerifier: request.codeVerifier }),
    ...(request.nonce !== undefined && { nonce: request.nonce }),
  };
}

const noRefreshToken: Problem = {
  code: 'no-refresh-token', message: 'This run has no refresh token to use.',
  why: 'None was issued, or the last one is spent, revoked or refused.',
  next: 'Run again; most providers give a refresh token only when asked (scope offline_access, access_type=offline …).',
};

const noCode: Problem = {
  code: 'no-code', message: 'This run has no authorization code to redeem again.',
  why: 'The browser never came back with one.', next: 'Run again and finish the sign-in first.',
};

const noSecret: Problem = {
  code: 'no-secret', message: 'This client sends no secret, so there is none to get wrong.',
  why: 'It is a public client, or authenticates with a key of its own.', next: 'Choose a confidential client in the environment to try this one.',
};
