/**
 * history/search/: a text in all recorded Runs. For ipc/.
 *
 * Reads Runs only in the form the window may see, every secret a marker, and never what is behind a marker: so it answers nothing that opening
 * the Runs one by one would not. There is no quick look at the text in the clear first either: the time it saves would tell.
 * Works in slices, so that the process stays live.
 */
import type { FindFilters, FindHit, Result, RunEvent, RunSummary } from '../../contract/index.ts';
import { FIND_HITS, FIND_HITS_PER_RUN } from '../../contract/index.ts';
import { matchIn } from './match.ts';
import { passes } from './passes.ts';
import { placesOf } from './places.ts';

/** Milliseconds of work before others get their turn, and between two reports. */
const SLICE = 12;
const REPORT = 120;

export interface SearchParts {
  runs: readonly RunSummary[];
  /** The masked events of a Run. */
  read(runId: string): Result<Iterable<RunEvent>>;
  query: string;
  filters: FindFilters;
  signal: AbortSignal;
  onProgress(progress: { done: number; total: number; hits: FindHit[]; finished: boolean; cut: boolean }): void;
}

/** Searches the Runs in the order given; ends early where it is cancelled or has found enough. Never rejects. */
export async function searchRuns({ runs, read, query, filters, signal, onProgress }: SearchParts): Promise<void> {
  const chosen = runs.filter((run) => passes(run, filters));
  let [waiting, found, done, cut] = [[] as FindHit[], 0, 0, false];
  let [sliced, reported] = [performance.now(), performance.now()];
  const report = (finished: boolean): void => {
    onProgress({ done, total: chosen.length, hits: waiting, finished, cut });
    [waiting, reported] = [[], performance.now()];
  };
  const rest = async (): Promise<void> => {
    if (performance.now() - sliced < SLICE) return;
    if (performance.now() - reported > REPORT) report(false);
    await new Promise((next) => setImmediate(next));
    sliced = performance.now();
  };
  for (const { id: runId } of chosen) {
    const events = read(runId);
    let inRun = 0;
    for (const event of events.ok ? events.value : []) {
      for (const { place, text, selection } of placesOf(event)) {
        const match = matchIn(text, query);
        if (!match) continue;
        inRun += 1;
        if (inRun > FIND_HITS_PER_RUN) cut = true;
        else waiting.push({ runId, place, ...match, selection });
      }
      await rest();
      if (signal.aborted) return;
    }
    found += Math.min(inRun, FIND_HITS_PER_RUN);
    done += 1;
    await rest();
    if (signal.aborted) return;
    if (found >= FIND_HITS) {
      cut = cut || done < chosen.length;
      break;
    }
  }
  report(true);
}
