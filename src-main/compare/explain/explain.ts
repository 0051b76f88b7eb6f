import type { CompareExplanation, CompareRow, CompareSectionKind, CompareStep, CompareSection } from '../../contract/compare.ts';
import type { CauseFinding } from '../../contract/diagnosis.ts';
import type { Column } from '../input.ts';
import type { Notes, RowNotes } from '../rows/join.ts';
import type { AlignedStep } from '../steps/align.ts';
import { inWords, quoted, shortened } from '../rows/sentence.ts';
import { topicsOf } from './topics.ts';

const MOST = 6;
/** Below this a difference is too far from the refusal to be named as its reason. */
const FLOOR = 20;

/** How near to the refusal a kind of section is. Effects of it are not in here, and neither is how long something took. */
const nearness: Partial<Record<CompareSectionKind, number>> = { verdicts: 45, request: 40, callback: 15, 'token-header': 12, 'token-claims': 14, configuration: 18, metadata: 10, tls: 12, response: 8, lifetimes: 6 };

interface Candidate { row: CompareRow; kind: CompareSectionKind; notes: RowNotes; near: number }

/** Why some columns were refused and others not: the differences that can explain it, those the diagnosis speaks of first. */
export function explanationsOf(columns: readonly Column[], sections: readonly CompareSection[], steps: readonly CompareStep[], aligned: readonly AlignedStep[], notes: Notes): CompareExplanation[] {
  const bad = columns.filter(({ outcome }) => outcome === 'refused' || outcome === 'failed');
  const good = columns.filter(({ outcome }) => outcome === 'succeeded');
  if (bad.length === 0 || good.length === 0) return [];
  const decisive = aligned.findLastIndex((step) => step.decisive);
  const candidates = [...sections.flatMap((section) => candidatesOf(section, notes, 0)), ...steps.flatMap((step, index) => {
    const here = index === decisive;
    // Nothing that came after the refusal can have caused it, and its own answer is the refusal.
    if (decisive !== -1 && index > decisive) return [];
    return step.sections.filter(({ kind }) => !(here && (kind === 'response' || kind === 'callback'))).flatMap((section) => candidatesOf(section, notes, here ? 25 : index === decisive - 1 ? 5 : 0));
  })];
  const explained = bad.flatMap((column) => candidates.flatMap((candidate) => {
    const others = good.filter((other) => differs(candidate.row, column.index, other.index));
    return others.length === 0 ? [] : [weighed(candidate, column)];
  }));
  return distinct(explained.filter(({ explanation }) => explanation.weight >= FLOOR)).slice(0, MOST).map(({ explanation }) => explanation);
}

function candidatesOf(section: CompareSection, notes: Notes, near: number): Candidate[] {
  const base = nearness[section.kind];
  if (base === undefined) return [];
  return section.rows.flatMap((row) => {
    const known = notes.get(row.id);
    return row.difference === 'meaningful' && known !== undefined ? [{ row, kind: section.kind, notes: known, near: base + near }] : [];
  });
}

/** Whether two columns differ in a row at all: a third one may be what makes it a difference. */
function differs({ cells }: CompareRow, a: number, b: number): boolean {
  return cells[a]?.text !== cells[b]?.text;
}

interface Weighed { explanation: CompareExplanation; label: string; topics: readonly string[] }

function weighed({ row, notes, near }: Candidate, column: Column): Weighed {
  const causes = column.diagnosis?.causes ?? [];
  const borne = causes.map((cause, index) => ({ cause, worth: worthOf(cause, index, row, notes) })).sort((a, b) => b.worth - a.worth)[0];
  const likely = causes.some(({ verdict }) => verdict === 'likely');
  const worth = borne?.worth ?? 0;
  // Where the diagnosis is sure, what it does not speak of is no explanation; where it is not, what goes out differently is worth a look.
  const weight = worth > 0 ? near + worth : likely || notes.topics.length === 0 ? 0 : near;
  return {
    label: row.label, topics: notes.topics,
    explanation: {
      rowId: row.id, weight, text: row.reason ?? `${row.label} differs: ${row.cells.map(({ text }) => (text === null ? 'not there' : quoted(text))).join(' and ')}.`,
      ...(borne && worth > 0 && { cause: { id: borne.cause.id, title: shortened(inWords(borne.cause.title), 200), verdict: borne.cause.verdict, column: column.index } }),
    },
  };
}

const verdictWorth: Record<CauseFinding['verdict'], number> = { likely: 100, possible: 25, unknowable: 0, 'ruled-out': 0 };

function worthOf(cause: CauseFinding, index: number, row: CompareRow, { topics }: RowNotes): number {
  const base = verdictWorth[cause.verdict];
  if (base === 0) return 0;
  const own = topicsOf(cause.id);
  const topical = topics.some((topic) => own.includes(topic));
  const named = cause.evidence.some(({ target, weight }) => weight > 0 && target?.name !== undefined && target.name === row.label);
  return topical || named ? Math.max(1, base - index * 8) + (named ? 20 : 0) + (topical && own[0] !== undefined && topics.includes(own[0]) ? 10 : 0) : 0;
}

/** A setting, the request made from it and the check of it say the same thing: the nearest one stays. */
function distinct(found: readonly Weighed[]): Weighed[] {
  const kept: Weighed[] = [];
  for (const one of found.toSorted((a, b) => b.explanation.weight - a.explanation.weight)) {
    const same = kept.some((other) => other.explanation.rowId === one.explanation.rowId || (other.label.toLowerCase().replace(/\W/g, '') === one.label.toLowerCase().replace(/\W/g, '')));
    if (!same) kept.push(one);
  }
  return kept;
}
