import type { Problem } from '../../src-main/contract/result.ts';
import { unreachable } from '../../src-main/contract/outcome.ts';
import type { Provocation, StepKind, StepOutcome } from '../../src-main/contract/run.ts';
import type { Tone } from '../format/words.ts';
import type { Selection } from '../state/selection.ts';

export const BROWSER = 'browser';
export const APP = 'app';

/** One row of the sequence. `lane` ids are `browser`, `app` or `host|endpoint`. */
export type Row =
  | { kind: 'step'; key: string; step: StepKind; provocation?: Provocation; title: string; outcome: StepOutcome | null; took: number | null; at: number }
  | ArrowRow
  | { kind: 'note'; key: string; at: number; lane: string; text: string; detail?: string; tone: Tone; selection: Selection | null }
  | { kind: 'problem'; key: string; problem: Problem; tone: Tone }
  | { kind: 'waiting'; key: string; limit: number | null; startedAt: number; startedMono: number };

export interface ArrowRow {
  kind: 'arrow';
  key: string;
  at: number;
  from: string;
  to: string;
  label: string;
  detail?: string;
  /** What came back the other way; `null` for a one-way arrow. */
  answer: { text: string; error?: string } | null;
  status: number | null;
  took: number | null;
  tone: Tone;
  /** For people who do not see the arrow. */
  name: string;
  selection: Selection;
}

/** Lines a text takes, guessed on the safe side: 6.6 px a character. */
const lines = (text: string | undefined, width: number): number =>
  (text === undefined ? 0 : text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * 6.6) / width)), 0));

/**
 * Height of a row in CSS pixels. An arrow with an answer has a second line.
 *
 * @param width of the whole sequence, which decides how often the text of a problem wraps
 */
export function rowHeight(row: Row, width: number): number {
  switch (row.kind) {
    case 'step': return 32;
    case 'note': return 24;
    case 'arrow': return row.answer === null ? 28 : 46;
    case 'waiting': return width < 560 ? 148 : 128;
    case 'problem': {
      const { message, why, next } = row.problem;
      const inner = Math.max(120, width - 110);
      return Math.min(220, 18 + 17 * (lines(message, inner) + lines(why, inner) + lines(next, inner)));
    }
    default: return unreachable(row);
  }
}
