import type { AppState } from '../state/app.svelte.ts';

/** The context menu of a run in the list. */
export function runRowEntries(app: AppState, id: string) {
  const running = app.runs.isRunning(id);
  return [
    { label: 'Open', run: () => app.openRun(id) },
    { label: 'Compare with…', run: () => { app.comparing.asking = { what: 'partner' as const, runId: id }; } },
    { label: 'Mark for a comparison', run: () => app.mark({ kind: 'run', runId: id }) },
    { label: 'Export…', run: () => app.exports.open(id, null, 'run') },
    { label: 'Delete', danger: true, disabled: running, run: () => void app.removeRun(id) },
  ];
}

/** The context menu of an environment in the list. */
export function environmentRowEntries(app: AppState, environmentId: string) {
  const select = (work: () => void) => (): void => {
    app.selectEnvironment(environmentId);
    work();
  };
  const runs = app.runs.list.filter((run) => run.environmentId === environmentId && run.state !== 'running').map(({ id }) => id);
  return [
    { label: 'Run', keys: app.commands.keysOf('run.start'), run: select(() => app.commands.run('run.start')) },
    { label: 'Run with options…', keys: app.commands.keysOf('run.options'), run: select(() => app.commands.run('run.options')) },
    { label: 'Edit…', keys: app.commands.keysOf('environment.edit'), run: () => app.edit(environmentId) },
    { label: 'Duplicate', keys: app.commands.keysOf('environment.duplicate'), run: () => void app.duplicateEnvironment(environmentId) },
    { label: runs.length === 1 ? 'Delete its run' : `Delete its ${runs.length} runs`, danger: true, disabled: runs.length === 0, run: () => void app.removeRuns(runs) },
    { label: 'Delete', danger: true, keys: app.commands.keysOf('environment.delete'), run: () => void app.removeEnvironment(environmentId) },
  ];
}
