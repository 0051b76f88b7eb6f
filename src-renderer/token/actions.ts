import type { RunAction } from '../../src-main/contract/commands.ts';
import type { RunState, TokenState } from '../../src-main/contract/read/run-state.ts';

export interface TokenAction { name: string; action: RunAction; explanation: string; /** Why the provider cannot be asked. */ missing?: string }

/** What can be done with a token. UserInfo always takes the latest access token, so only that one offers it. */
export function actionsOf(token: TokenState, run: Pick<RunState, 'tokens' | 'metadata' | 'environment'>): TokenAction[] {
  const { id: tokenId, kind } = token.record;
  if (kind === 'id_token') return [];
  const actions: TokenAction[] = [];
  if (kind === 'refresh_token') actions.push({ name: 'Refresh', action: { action: 'refresh', tokenId }, explanation: 'Spends it for new tokens (RFC 6749 §6).' });
  if (kind === 'access_token' && run.tokens.findLast(({ record }) => record.kind === kind)?.record.id === tokenId) {
    actions.push({ name: 'UserInfo', action: { action: 'userinfo' }, explanation: 'Asks who it stands for (OIDC Core §5.3).', ...without(run, 'userinfo_endpoint') });
  }
  actions.push(
    { name: 'Introspect', action: { action: 'introspect', tokenId }, explanation: 'Asks the provider whether it is active (RFC 7662).', ...without(run, 'introspection_endpoint') },
    { name: 'Revoke', action: { action: 'revoke', tokenId }, explanation: 'Ends it at the provider (RFC 7009).', ...without(run, 'revocation_endpoint') },
  );
  return run.environment === null ? actions.map((action) => ({ ...action, missing: IMPORTED })) : actions;
}

/** Said wherever an action of an imported Run is offered and cannot be done. */
export const IMPORTED = 'This run was imported: it has no environment to send requests with.';

function without(run: Pick<RunState, 'metadata'>, endpoint: string): { missing?: string } {
  return run.metadata && typeof run.metadata.metadata[endpoint] !== 'string' ? { missing: `The provider names no ${endpoint}.` } : {};
}
