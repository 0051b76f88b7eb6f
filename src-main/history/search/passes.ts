import type { FindFilters, RunSummary } from '../../contract/index.ts';

/** Whether a Run is one of those asked for, by its line alone. */
export function passes(run: RunSummary, { environmentId, outcome, error, refused, since, until }: FindFilters): boolean {
  return (environmentId === undefined || run.environmentId === environmentId)
    && (outcome === undefined || run.state === outcome)
    && (error === undefined || run.error === error)
    && (refused !== true || run.error !== null)
    && (since === undefined || run.startedAt >= since)
    && (until === undefined || run.startedAt <= until);
}
