import { z } from 'zod';
import { stepOutcomeSchema } from './run.ts';

/** Shorter texts are found everywhere and say nothing. */
export const FIND_MIN = 2;
/** Hits shown of one Run, and of all. */
export const FIND_HITS_PER_RUN = 20;
export const FIND_HITS = 500;

export const findFiltersSchema = z.object({
  environmentId: z.uuid().optional(),
  outcome: z.enum([...stepOutcomeSchema.options, 'running', 'interrupted']).optional(),
  /** The OAuth error of the last refusal. */
  error: z.string().max(200).optional(),
  /** Only Runs in which something was refused. */
  refused: z.boolean().optional(),
  /** Milliseconds since 1970. */
  since: z.number().optional(),
  until: z.number().optional(),
});
export type FindFilters = z.infer<typeof findFiltersSchema>;

export const findSchema = z.object({ searchId: z.uuid(), query: z.string().min(FIND_MIN).max(200), filters: findFiltersSchema });

/** One place where the text stands; the excerpt is masked as the Run itself is for the window. */
export interface FindHit {
  runId: string;
  /** Where in words, e.g. "Token, response body". */
  place: string;
  before: string;
  match: string;
  after: string;
  /** What shows it; `null` where only the Run as a whole does. */
  selection: { kind: 'exchange' | 'token'; id: string } | { kind: 'event'; seq: number } | null;
}

export interface FindProgress {
  searchId: string;
  /** Runs read so far, and in all. */
  done: number;
  total: number;
  /** Found since the last notice. */
  hits: FindHit[];
  finished: boolean;
  /** There is more than is shown. */
  cut: boolean;
}
