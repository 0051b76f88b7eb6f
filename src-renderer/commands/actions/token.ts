import type { RunState, TokenState } from '../../../src-main/contract/read/run-state.ts';
import type { WindowCommandId } from '../../../src-main/contract/window-commands.ts';
import { tokenNames } from '../../format/words.ts';
import type { AppState } from '../../state/app.svelte.ts';
import { actionsOf, IMPORTED } from '../../token/actions.ts';
import type { Action, Choice } from '../action.ts';
import { BUSY, NO_RUN } from './words.ts';

type Ids = Extract<WindowCommandId, `token.${string}`>;

/** What the provider can be asked with the tokens of the open Run: of the selected token, else of the live ones. */
export function tokenActions(app: AppState): Record<Ids, Action> {
  const atRest = (): string | null => (app.current.run === null ? NO_RUN : app.runs.isRunning(app.current.id) ? BUSY : null);
  const own = (): string | null => atRest() ?? (app.current.run?.environment === null ? IMPORTED : null);
  const has = (test: (run: RunState) => boolean, why: string) => (): string | null => own() ?? (app.current.run && test(app.current.run) ? null : why);
  const named = (name: string): Action => ({
    whyNot: () => {
      const why = own();
      if (why !== null) return why;
      const choices = choicesOf(app, name);
      return choices.length === 0 ? 'This run has no live token for that.' : choices.every(({ disabled }) => disabled !== undefined) ? (choices[0]?.disabled ?? null) : null;
    },
    choices: () => choicesOf(app, name),
    run: () => undefined,
  });
  const access = (run: RunState): boolean => run.tokens.some(({ record }) => record.kind === 'access_token');
  const endSession = (run: RunState): boolean => typeof run.metadata?.metadata['end_session_endpoint'] === 'string';
  return {
    'token.refresh': named('Refresh'),
    'token.refresh-scope': {
      whyNot: has((run) => run.tokens.some(({ record, fate }) => record.kind === 'refresh_token' && fate === 'live'), 'This run has no live refresh token.'),
      run: () => app.commands.open({ kind: 'refresh' }),
    },
    'token.userinfo': named('UserInfo'),
    'token.introspect': named('Introspect'),
    'token.revoke': named('Revoke'),
    'token.call': { whyNot: has(access, 'This run has no access token.'), run: () => app.commands.open({ kind: 'call' }) },
    'token.logout': { whyNot: has(endSession, 'The provider names no end-session endpoint.'), run: () => void app.act({ action: 'logout', comeBack: false }) },
  };
}

function choicesOf(app: AppState, name: string): Choice[] {
  const { run, selection } = app.current;
  if (!run) return [];
  const chosen = selection?.kind === 'token' ? run.tokens.filter(({ record, fate }) => record.id === selection.id && fate === 'live') : [];
  const choices = (tokens: readonly TokenState[]): Choice[] => tokens.flatMap((token) => actionsOf(token, run).filter((action) => action.name === name).map((action) => ({
    id: `${name}:${token.record.id}`, title: `${name}: ${tokenNames[token.record.kind]}${token.generation > 0 ? `, generation ${token.generation}` : ''}`, about: action.explanation,
    ...(action.missing !== undefined && { disabled: action.missing }), run: () => void app.act(action.action),
  })));
  const ofChosen = choices(chosen);
  return ofChosen.length > 0 ? ofChosen : choices(run.tokens.filter(({ fate }) => fate === 'live'));
}
