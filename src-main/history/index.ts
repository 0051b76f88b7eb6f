/**
 * history/: Runs on disk (SQLite), sealed by the vault, and the rows of environment/.
 *
 * For the composition root, which hands it to flow/ as the sink and source of events, and to ipc/. Refuses to write without a key that outlives
 * the session (then it is a database in memory), to downgrade a file of a newer version, and to continue a Run whose rows were changed.
 * Damaged files are set aside and named, never deleted. Storage trouble is a problem told to the caller, never a crash.
 *
 * Not seen: whole Runs taken away, or put back to an earlier state whole, by somebody who can write the file.
 */
import { History, KEPT_AFTER_REMOVAL_MS } from './history.ts';
import type { HistoryParts } from './history.ts';

/** Opens or creates the history of a data folder. Call it after the single-instance lock answered: one process, one open file. */
export function openHistory(parts: HistoryParts): History {
  return new History(parts);
}

export { searchRuns } from './search/index.ts';
export { isReady } from './look.ts';
export { KEPT_AFTER_REMOVAL_MS };
export type { Examined, History, HistoryParts } from './history.ts';
