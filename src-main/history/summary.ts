import type { RunState, RunSummary } from '../contract/index.ts';
import { summaryOf, withoutMarkerCharacters } from '../contract/index.ts';

const LONGEST_ERROR = 200;

/** The history line of a Run. The server's error word is text from outside: it may not be long or hold a marker. */
export function lineOf(state: RunState, runId: string, running: boolean): RunSummary {
  const summary = summaryOf(state, running);
  const error = summary.error === null ? null : withoutMarkerCharacters(summary.error).slice(0, LONGEST_ERROR);
  return { ...summary, id: runId, title: summary.title === '' ? 'Damaged run' : summary.title, error };
}
