import type { CompareBar } from '../contract/compare.ts';
import { timelineOf } from '../contract/read/timeline.ts';
import type { Column } from './input.ts';

/** The lifetimes of a column, in milliseconds since its Run began, so that all columns share one axis. */
export function barsOf({ run }: Column): CompareBar[] {
  if (!run) return [];
  const bars = timelineOf(run);
  const begun = run.started && run.started.at > 0 ? run.started.at : Math.min(...bars.map(({ issuedAt }) => issuedAt));
  return bars.map(({ id, kind, generation, issuedAt, expiresAt, endedAt, ending, source }) => ({
    id, kind, generation, source, ending,
    // A session may have begun long before the Run.
    from: Math.max(0, issuedAt - begun), to: expiresAt === null ? null : expiresAt - begun, endedAt: endedAt === null ? null : endedAt - begun,
  }));
}
