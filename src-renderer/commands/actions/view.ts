import type { WindowCommandId } from '../../../src-main/contract/window-commands.ts';
import { rowsOf } from '../../flow/rows-of.ts';
import type { AppState } from '../../state/app.svelte.ts';
import { sameSelection } from '../../state/selection.ts';
import type { Action } from '../action.ts';
import { NO_RUN } from './words.ts';

type Ids = Extract<WindowCommandId, `${'view' | 'zoom' | 'theme' | 'step' | 'palette' | 'find' | 'help' | 'edit'}.${string}`>;

/** Ways to look, and the window's own dialogs. */
export function viewActions(app: AppState): Record<Ids, Action> {
  const noRun = (): string | null => (app.current.run === null ? NO_RUN : null);
  // Electron does these itself, with the menu's own keys.
  const electron: Action = { whyNot: () => 'The menu does this.', run: () => undefined };
  return {
    'palette.open': { run: () => { if (app.commands.surface?.kind === 'palette') app.commands.close(); else app.commands.open({ kind: 'palette' }); } },
    'find.inside': { whyNot: () => (app.search.there ? null : 'Nothing is open in the inspector.'), run: () => app.search.open() },
    'find.open': { run: () => app.commands.open({ kind: 'find' }) },
    'help.shortcuts': { run: () => app.commands.open({ kind: 'shortcuts' }) },
    'help.first-steps': { run: () => app.firstSteps.again() },
    'edit.undo': { whyNot: () => (app.deletions.last === null ? 'There is nothing to undo: only deletions are.' : null), run: () => void app.deletions.undo() },
    'step.next': { whyNot: noRun, run: () => step(app, 1) },
    'step.previous': { whyNot: noRun, run: () => step(app, -1) },
    'theme.system': { run: () => void app.attempt('app.theme', { theme: 'system' }) },
    'theme.light': { run: () => void app.attempt('app.theme', { theme: 'light' }) },
    'theme.dark': { run: () => void app.attempt('app.theme', { theme: 'dark' }) },
    'zoom.in': electron, 'zoom.out': electron, 'zoom.reset': electron, 'view.fullscreen': electron,
  };
}

/** The next row of the sequence that can be selected. */
function step(app: AppState, by: number): void {
  const { run, selection } = app.current;
  if (!run) return;
  const all = rowsOf(run, app.runs.isRunning(run.id)).flatMap((row) => ('selection' in row && row.selection ? [row.selection] : []));
  const at = all.findIndex((candidate) => sameSelection(candidate, selection));
  const next = all[at === -1 ? (by > 0 ? 0 : all.length - 1) : at + by];
  if (next) app.current.select(next);
}
