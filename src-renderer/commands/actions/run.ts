import type { Provocation } from '../../../src-main/contract/run.ts';
import type { WindowCommandId } from '../../../src-main/contract/window-commands.ts';
import { whyNot as whyNotProvoke } from '../../flow/provocable.ts';
import { provocations } from '../../format/words.ts';
import type { AppState } from '../../state/app.svelte.ts';
import type { Action, Choice } from '../action.ts';
import { BUSY, NO_RUN } from './words.ts';

type Ids = Extract<WindowCommandId, `run.${string}` | `export.${string}` | `import.${string}` | `copy.${string}`>;

/** Runs of the selected environment, and the open one. */
export function runActions(app: AppState): Record<Ids, Action> {
  const running = (): boolean => app.runs.isRunning(app.current.id);
  const opened = (): string | null => (app.current.run === null ? NO_RUN : null);
  const noEnvironment = (): string | null => (app.environments.selected === null ? 'Add an environment first.' : null);
  const ofEnvironment = (): string[] => app.runs.list.filter(({ environmentId, state }) => environmentId === app.environments.selected?.config.id && state !== 'running').map(({ id }) => id);
  const exchangeId = (): string | null => (app.current.selection?.kind === 'exchange' ? app.current.selection.id : null);
  const turn = (by: number) => (): void => {
    const { list } = app.runs;
    const next = list[Math.max(0, Math.min(list.length - 1, list.findIndex(({ id }) => id === app.current.id) + by))];
    if (next) app.openRun(next.id);
  };
  const noRuns = (): string | null => (app.runs.list.length === 0 ? 'There are no runs yet.' : null);
  return {
    'run.start': { whyNot: noEnvironment, run: () => void app.run('system') },
    'run.tracing': { whyNot: noEnvironment, run: () => void app.run('tracing') },
    'run.options': { whyNot: noEnvironment, run: () => app.commands.open({ kind: 'run-options' }) },
    'run.cancel': { whyNot: () => (running() ? null : 'Nothing is going on that could be cancelled.'), run: () => void app.cancel() },
    'run.provoke': {
      whyNot: () => opened() ?? (running() ? BUSY : null) ?? (provocable(app).every(({ disabled }) => disabled !== undefined) ? 'Nothing can be provoked with this run.' : null),
      choices: () => provocable(app), run: () => undefined,
    },
    'run.refusal': {
      whyNot: () => opened() ?? (app.current.run?.refusals.length === 0 ? 'Nothing was refused in this run.' : null),
      run: () => {
        const refusal = app.current.run?.refusals.at(-1);
        if (refusal) app.current.select({ kind: 'exchange', id: refusal.exchangeId });
      },
    },
    'run.compare': { whyNot: opened, run: () => { if (app.current.id !== null) app.comparing.asking = { what: 'partner', runId: app.current.id }; } },
    'run.all': {
      whyNot: () => (app.environments.list.length < 2 ? 'There is only one environment.' : null),
      run: () => { app.comparing.asking = { what: 'run-all', environmentIds: app.environments.list.map(({ config }) => config.id) }; },
    },
    'run.copy-url': {
      whyNot: () => opened() ?? (app.current.run?.authorizations.length === 0 ? 'This run has no authorization request yet.' : null),
      run: () => void app.copyAuthorizationUrl(),
    },
    'run.delete': {
      whyNot: () => (app.current.id === null ? NO_RUN : running() ? 'It is still going on. Cancel it first.' : null),
      run: () => { if (app.current.id !== null) void app.removeRuns([app.current.id]); },
    },
    'run.delete-all': { whyNot: () => (ofEnvironment().length === 0 ? 'This environment has no runs at rest.' : null), run: () => void app.removeRuns(ofEnvironment()) },
    'run.next': { whyNot: noRuns, run: turn(1) },
    'run.previous': { whyNot: noRuns, run: turn(-1) },
    'import.open': { run: () => app.imports.open() },
    'export.open': { whyNot: opened, run: () => app.exportOpen() },
    'export.run': { whyNot: opened, run: () => app.exportOpen('run') },
    'copy.curl': { whyNot: () => opened() ?? (exchangeId() === null ? 'Select a request first.' : null), run: () => void app.copyCurl(exchangeId()) },
  };
}

function provocable(app: AppState): Choice[] {
  const { run } = app.current;
  if (!run) return [];
  return (Object.keys(provocations) as Provocation[]).map((provocation) => {
    const why = whyNotProvoke(run, provocation);
    return {
      id: provocation, title: provocations[provocation].name, about: provocations[provocation].explanation, ...(why !== null && { disabled: why }),
      run: () => void app.act({ action: 'provoke', provocation }),
    };
  });
}
