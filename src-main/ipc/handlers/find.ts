import { ok } from '../../contract/index.ts';
import type { History } from '../../history/index.ts';
import { searchRuns } from '../../history/index.ts';
import type { Handlers } from '../channels.ts';
import type { MaskedRuns } from '../masked-runs.ts';
import type { Notifier } from '../notify.ts';

/** Find in all Runs; one search at a time, what it finds goes out as notices. */
export function findHandlers(history: Pick<History, 'list'>, runs: Pick<MaskedRuns, 'readMasked'>, notifier: Pick<Notifier, 'send'>): Pick<Handlers, 'find.start' | 'find.cancel'> {
  let current: { searchId: string; end: AbortController } | null = null;
  return {
    'find.start': async ({ searchId, query, filters }) => {
      current?.end.abort();
      const end = new AbortController();
      current = { searchId, end };
      // Begun after the answer, so that the window knows of the search before it hears of a hit.
      setImmediate(() => void searchRuns({
        runs: history.list(), read: (runId) => runs.readMasked(runId), query, filters, signal: end.signal,
        onProgress: (progress) => notifier.send('find-progress', { searchId, ...progress }),
      }));
      return ok(null);
    },
    'find.cancel': async ({ searchId }) => {
      if (current?.searchId === searchId) current.end.abort();
      return ok(null);
    },
  };
}
