import type { RunAction } from '../../src-main/contract/commands.ts';
import type { RunState } from '../../src-main/contract/read/run-state.ts';

export type ActionDialog = 'call' | 'refresh';

interface Entry { label: string; explanation: string; disabled?: string; run: () => void }

/** What can be done with the tokens of a run beyond one click, for a menu: each with the reason where it cannot. */
export function actionEntries(run: RunState, act: (action: RunAction) => void, open: (dialog: ActionDialog) => void): Entry[] {
  const imported = run.environment === null ? 'This run was imported: it has no environment to send requests with.' : undefined;
  const access = run.tokens.findLast(({ record }) => record.kind === 'access_token');
  const refresh = run.tokens.some(({ record, fate }) => record.kind === 'refresh_token' && fate === 'live');
  const has = (name: string): boolean => typeof run.metadata?.metadata[name] === 'string';
  const why = (reason: string | undefined) => (reason === undefined ? {} : { disabled: reason });
  const noLogout = imported ?? (has('end_session_endpoint') ? undefined : 'The provider names no end-session endpoint.');
  return [
    { label: 'Call an API…', explanation: 'Any address, with the access token of this run.', ...why(imported ?? (access ? undefined : 'This run has no access token.')), run: () => open('call') },
    { label: 'Refresh with another scope…', explanation: 'Narrower, or wrong on purpose.', ...why(imported ?? (refresh ? undefined : 'This run has no live refresh token.')), run: () => open('refresh') },
    {
      label: 'Introspect, signed answer', explanation: 'Asks for the answer as a JWT (RFC 9701).',
      ...why(imported ?? (!access ? 'This run has no access token.' : has('introspection_endpoint') ? undefined : 'The provider names no introspection endpoint.')),
      run: () => { if (access) act({ action: 'introspect', tokenId: access.record.id, jwt: true }); },
    },
    { label: 'Log out', explanation: 'Opens the end-session endpoint in the browser.', ...why(noLogout), run: () => act({ action: 'logout', comeBack: false }) },
    { label: 'Log out and come back', explanation: 'The redirect URI has to be registered for logout too.', ...why(noLogout), run: () => act({ action: 'logout', comeBack: true }) },
  ];
}
