import { fail, foldRun, ok } from '../../contract/index.ts';
import type { Services } from '../../services.ts';
import type { SecretClipboard } from '../../shell/index.ts';
import type { Handlers } from '../channels.ts';
import type { MaskedRuns } from '../masked-runs.ts';

type Names = Extract<keyof Handlers, `run.${string}`>;

/** Runs: start, cancel, act on, read masked, remove and restore. */
export function runHandlers(services: Services, runs: MaskedRuns, clipboard: SecretClipboard, onChange: () => void): Pick<Handlers, Names> {
  const { environments, flows, history } = services;
  return {
    'run.start': async ({ environmentId, browser, options }) => {
      const environment = environments.get(environmentId);
      return environment ? flows.start(environment, browser, options) : fail({ code: 'unknown-environment', message: 'There is no such environment.' });
    },
    'run.continue': async ({ runId, answer }) => {
      if (answer.allow === 'always') allowAlways(services, runId);
      return flows.goOn(runId, answer) ? ok(null) : fail({ code: 'not-waiting', message: 'This run is not waiting for you.' });
    },
    'run.cancel': async ({ runId }) => (flows.cancel(runId) ? ok(null) : fail({ code: 'not-running', message: 'This run is not doing anything.' })),
    'run.act': async ({ runId, act, browser }) => flows.act(runId, act, browser),
    'run.list': async () => ok(history.list()),
    'run.open': async ({ runId }) => runs.open(runId),
    'run.remove': async ({ runId }) => {
      if (flows.isRunning(runId)) return fail({ code: 'run-busy', message: 'This run is still going on.', next: 'Cancel it first.' });
      const removed = history.remove(runId);
      if (!removed.ok) return removed;
      onChange();
      return ok(null);
    },
    'run.restore': async ({ runId }) => {
      const restored = history.restore(runId);
      if (restored.ok) onChange();
      return restored;
    },
    'run.removeMany': async ({ runIds }) => {
      if (runIds.some((runId) => flows.isRunning(runId))) return fail({ code: 'run-busy', message: 'One of these runs is still going on.', next: 'Cancel it first.' });
      const removed = history.removeAll(runIds);
      if (removed.ok) onChange();
      return removed;
    },
    'run.restoreMany': async ({ runIds }) => {
      const restored = history.restoreAll(runIds);
      if (restored.ok) onChange();
      return restored;
    },
    'run.copyAuthorizationUrl': async ({ runId }) => {
      const events = history.read(runId);
      if (!events.ok) return events;
      const request = events.value.findLast((event) => event.type === 'authorization-requested');
      if (!request) return fail({ code: 'no-authorization', message: 'This run has no authorization request yet.' });
      clipboard.copySecret(request.url);
      return ok(null);
    },
  };
}

/** Keeps the host a Run asks about with its environment; the person can take it away there again. */
function allowAlways({ environments, history }: Services, runId: string): void {
  const events = history.read(runId);
  const paused = events.ok ? foldRun(events.value).paused : null;
  const started = events.ok ? events.value[0] : undefined;
  const environment = started?.type === 'run-started' ? environments.get(started.environment?.id ?? '') : undefined;
  if (paused?.host === undefined || !environment) return;
  environments.save({ ...environment, allowedHosts: [...new Set([...(environment.allowedHosts ?? []), paused.host])] });
}
