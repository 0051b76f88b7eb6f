import { z } from 'zod';
import { COMPARE_MAX, COMPARE_MIN } from './compare-limits.ts';
import type { OAuthError } from './run.ts';
import type { CauseVerdict, EvidenceTarget } from './diagnosis.ts';

/** What can stand in a column: a Run, or an environment (its configuration and its provider's metadata, without a flow). */
export const compareSubjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), runId: z.uuid() }),
  z.object({ kind: z.literal('environment'), environmentId: z.uuid() }),
]);
export type CompareSubject = z.infer<typeof compareSubjectSchema>;

export { COMPARE_MAX, COMPARE_MIN };
export const compareRequestSchema = z.object({ subjects: z.array(compareSubjectSchema).min(COMPARE_MIN).max(COMPARE_MAX) });
export type CompareRequest = z.infer<typeof compareRequestSchema>;

export const COMPARE_FORMATS = ['html', 'markdown'] as const;
export const compareFormatSchema = z.enum(COMPARE_FORMATS);
export type CompareFormat = z.infer<typeof compareFormatSchema>;

/**
 * How much a difference says: *meaningful* can change what the server answers or what the client gets; *expected* is one that two
 * columns must have (another host, another time, a fresh `state`); *cosmetic* has no effect (order or case of header names, white space).
 */
export const DIFFERENCE_CLASSES = ['meaningful', 'expected', 'cosmetic'] as const;
export type DifferenceClass = (typeof DIFFERENCE_CLASSES)[number];

/** How the cells of a row are compared. Only `value` and `json` look at the text itself. */
export type CompareRule = 'value' | 'json' | 'url' | 'set' | 'presence' | 'shape' | 'length' | 'lifetime' | 'duration' | 'identity';

/** Where a cell was read, so that a view can turn to it. */
export interface CompareSource { exchangeId?: string; seq?: number; target?: EvidenceTarget }

export interface CompareCell {
  /** As compared and shown, secrets masked; `null` where the column has nothing there. */
  text: string | null;
  /** What the rule made of it where that is not the text, e.g. "43 characters, base64url" or "lives 300 s". */
  reading?: string;
  source?: CompareSource;
}

export interface CompareRow {
  /** Stable within a comparison, e.g. "exchange:token/request/body/redirect_uri". */
  id: string;
  label: string;
  rule: CompareRule;
  /** One for each column, in order. */
  cells: CompareCell[];
  /** `null` where all columns agree under the rule. */
  difference: DifferenceClass | null;
  /** Why a meaningful difference can matter, in a sentence. */
  reason?: string;
  /** Specification section or link the reason rests on. */
  section?: string;
}

export type CompareSectionKind =
  | 'outcome' | 'configuration' | 'metadata' | 'step' | 'request' | 'response' | 'callback' | 'token-header' | 'token-claims' | 'verdicts' | 'lifetimes' | 'timings' | 'tls' | 'diagnosis';

export interface CompareSection {
  id: string;
  kind: CompareSectionKind;
  title: string;
  rows: CompareRow[];
}

/** One step of the flow over all columns, aligned by what it does; a column that never made it has `null`. */
export interface CompareStep {
  id: string;
  title: string;
  cells: ({ outcome: string; milliseconds: number | null; exchangeId?: string } | null)[];
  sections: CompareSection[];
}

export interface CompareColumn {
  subject: CompareSubject;
  /** A, B, C, D. */
  letter: string;
  title: string;
  /** Name of the environment, or where an imported Run came from. */
  from: string;
  /** Milliseconds since 1970; `null` for an environment. */
  startedAt: number | null;
  origin: 'live' | 'imported' | 'environment';
  practice: boolean;
  outcome: 'succeeded' | 'refused' | 'failed' | 'cancelled' | 'unfinished' | 'not-run';
  error: OAuthError | null;
}

/** A difference that can explain why one column was refused and another was not. */
export interface CompareExplanation {
  rowId: string;
  /** In a sentence, naming the columns by their titles. */
  text: string;
  /** The cause in the diagnosis of the refused column that it bears on, where there is one. */
  cause?: { id: string; title: string; verdict: CauseVerdict; column: number };
  /** Above zero; for ranking and for nothing else. */
  weight: number;
}

/** A lifetime of one column on the axis all columns share: milliseconds since the column's Run began, by our clock. */
export interface CompareBar {
  id: string;
  kind: 'code' | 'access_token' | 'refresh_token' | 'id_token' | 'session';
  /** 0 for the tokens of a code, +1 for each refresh. */
  generation: number;
  from: number;
  /** `null` where nothing states an end. */
  to: number | null;
  /** When it was seen to end, and how: redeemed, superseded, revoked, refused, logged-out. */
  endedAt: number | null;
  ending: string | null;
  /** Where the end comes from, in words. */
  source: string;
}

export interface Comparison {
  columns: CompareColumn[];
  /** One sentence: what differs, or that nothing meaningful does. */
  headline: string;
  /** Best first; empty where all columns ended alike. */
  explanations: CompareExplanation[];
  /** Outcome, configuration, metadata, tokens, lifetimes, diagnosis: what is no single step. */
  sections: CompareSection[];
  steps: CompareStep[];
  /** For each column in order its lifetimes; empty for an environment. */
  bars?: CompareBar[][];
  counts: Record<DifferenceClass, number>;
}
