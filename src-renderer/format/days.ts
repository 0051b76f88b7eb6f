import type { RunSummary } from '../../src-main/contract/run.ts';

export interface Day { key: string; label: string; runs: RunSummary[] }

/** Groups runs, newest first, by the local day they started on: "Today", "Yesterday", then the date. */
export function groupByDay(runs: readonly RunSummary[], now: Date): Day[] {
  const days = new Map<string, Day>();
  for (const run of runs) {
    const started = new Date(run.startedAt);
    const key = `${started.getFullYear()}-${started.getMonth()}-${started.getDate()}`;
    const day = days.get(key) ?? { key, label: dayLabel(started, now), runs: [] };
    day.runs.push(run);
    days.set(key, day);
  }
  return [...days.values()];
}

function dayLabel(day: Date, now: Date): string {
  const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const ago = Math.round((midnight(now) - midnight(day)) / 86_400_000);
  if (ago === 0) return 'Today';
  if (ago === 1) return 'Yesterday';
  return day.toLocaleDateString(undefined, {
    weekday: 'short', day: 'numeric', month: 'short', ...(day.getFullYear() !== now.getFullYear() && { year: 'numeric' }),
  });
}
