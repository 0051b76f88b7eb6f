import type { ClientAuthMethod, Problem, RunAction, RunState, TokenState } from '../contract/index.ts';
import { unreachable } from '../contract/index.ts';
import type { FlowContext } from './context.ts';
import { cannotDiagnose, performDiagnostic } from './diagnostic-actions.ts';
import { isHome } from './home.ts';
import { cannotProvoke, liveRefreshToken, provoke } from './provoke.ts';
import { discoverStep } from './steps/discover.ts';
import { refreshStep } from './steps/refresh.ts';
import { callStep } from './steps/call.ts';
import { logoutStep } from './steps/logout.ts';
import { introspectStep, revokeStep } from './steps/token-endpoints.ts';
import { userinfoStep } from './steps/userinfo.ts';
import { validateStep } from './steps/validate.ts';

/** Does one thing with a Run that has been started before. What it needs has been checked with `missingFor`. */
export async function performAction(context: FlowContext, act: RunAction): Promise<void> {
  const { state } = context.recorder;
  const metadataIsOld = context.client.issuer !== null && state.metadata?.metadata['issuer'] !== context.client.issuer;
  if (state.metadata === null || (environmentIsPractice(context) && metadataIsOld)) {
    // A practice provider started again has another port: its old endpoints answer nobody.
    const discovered = await discoverStep(context);
    if (discovered.outcome !== 'ok') return;
  }
  switch (act.action) {
    case 'refresh': {
      const token = act.tokenId === undefined ? liveRefreshToken(state) : tokenOf(state, act.tokenId);
      if (!token) return;
      const refreshed = await refreshStep(context, token, undefined, act.scope);
      const idToken = refreshed.outcome === 'ok' ? refreshed.value.tokens.find(({ kind }) => kind === 'id_token') : undefined;
      const received = idToken && tokenOf(state, idToken.id);
      if (received) await validateStep(context, received, null);
      return;
    }
    case 'revoke':
    case 'introspect': {
      const token = tokenOf(state, act.tokenId);
      if (token) await (act.action === 'revoke' ? revokeStep(context, token) : introspectStep(context, token, act.jwt));
      return;
    }
    case 'call': {
      const token = latestAccessToken(state);
      if (token) await callStep(context, token, act.call, act.allow === true);
      return;
    }
    case 'logout':
      await logoutStep(context, act.comeBack);
      return;
    case 'userinfo': {
      const token = latestAccessToken(state);
      if (token) await userinfoStep(context, token);
      return;
    }
    case 'probe':
    case 'resend':
    case 'run-corrected':
      await performDiagnostic(context, act);
      return;
    case 'provoke':
      await provoke(context, act.provocation);
      return;
    default:
      unreachable(act);
  }
}

function environmentIsPractice(context: FlowContext): boolean {
  return context.environment.provider.kind === 'practice';
}

function latestAccessToken(state: RunState): TokenState | undefined {
  return state.tokens.findLast(({ record }) => record.kind === 'access_token');
}

function tokenOf(state: RunState, id: string): TokenState | undefined {
  return state.tokens.find(({ record }) => record.id === id);
}

/** An access token goes to the hosts of its environment; anywhere else only when the person said so for that very host. */
function cannotCall(state: RunState, url: string, allowed: boolean): Problem | null {
  if (!state.tokens.some(({ record }) => record.kind === 'access_token')) return { code: 'no-access-token', message: 'This run has no access token.' };
  const host = new URL(url).host;
  if (allowed || isHome(state, url)) return null;
  return {
    code: 'foreign-host', message: `The access token would be sent to ${host}, which is no host of this environment.`,
    why: 'Whoever receives a bearer token can use it.', next: 'Allow it if that API is meant to get this token.', field: 'url',
  };
}

/** What an action needs and the Run does not have, said before anything is sent. */
export function missingFor(state: RunState, authMethod: ClientAuthMethod, act: RunAction): Problem | null {
  if (act.action === 'provoke') return cannotProvoke(state, authMethod, act.provocation);
  if (act.action === 'probe' || act.action === 'resend' || act.action === 'run-corrected') return cannotDiagnose(state, act);
  if (act.action === 'call') return cannotCall(state, act.call.url, act.allow === true);
  const has = (kind: string) => state.tokens.some(({ record }) => record.kind === kind);
  if ('tokenId' in act && act.tokenId !== undefined && !tokenOf(state, act.tokenId)) {
    return { code: 'unknown-token', message: 'This run has no such token.' };
  }
  if (act.action === 'refresh' && act.tokenId === undefined && !state.tokens.some(({ record, fate }) => record.kind === 'refresh_token' && fate === 'live')) {
    return {
      code: 'no-refresh-token', message: 'This run has no live refresh token.',
      next: has('refresh_token') ? 'Choose a dead one in Tokens to use it anyway, or run again.' : 'Ask for one when authorizing (often scope offline_access), then run again.',
    };
  }
  if (act.action === 'userinfo' && !has('access_token')) return { code: 'no-access-token', message: 'This run has no access token.' };
  return null;
}
