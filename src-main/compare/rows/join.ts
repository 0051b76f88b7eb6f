import type { CompareCell, CompareRow, CompareSection, CompareSectionKind } from '../../contract/compare.ts';
import { MARKER_CLOSE, MARKER_OPEN } from '../../contract/marker.ts';
import { compareFacts } from '../rules/compare.ts';
import type { Scene } from '../scene.ts';
import { judged } from './judge.ts';
import type { Fact, Line, Seen, Topic } from './line.ts';
import { mergedKeys } from './merged-keys.ts';

/** Longer texts are cut in a cell; they are compared whole. */
export const CELL_LIMIT = 4000;

/** What the ranking of explanations needs of a row and nobody else does. */
export interface RowNotes { topics: readonly Topic[]; section: CompareSectionKind; why: string | undefined; rank: number }
export type Notes = Map<string, RowNotes>;

/** A section's lines of each column; `null` for a column that does not have the section, which then is not compared in it. */
export interface SectionDraft { id: string; kind: CompareSectionKind; title: string; lines: readonly (readonly Line[] | null)[] }

/** Lays the lines of the columns side by side: one row for each key, in the order of the first column that has it. */
export function joinSection({ id, kind, title, lines }: SectionDraft, scene: Scene, notes: Notes): CompareSection | null {
  const keys = mergedKeys(lines.map((own) => (own ?? []).map(({ key }) => key)));
  if (keys.length === 0) return null;
  const maps = lines.map((own) => own && new Map(own.map((line) => [line.key, line])));
  const rows = keys.map((key): CompareRow => {
    const own = maps.map((map) => map?.get(key) ?? null);
    const model = own.find((line) => line !== null) as Line;
    const present = own.filter((line) => line !== null);
    const seen: Seen = {
      label: model.label, scene,
      cells: scene.columns.flatMap((column, index) => (maps[index] ? [{ column, fact: own[index] ?? null }] : [])),
      found: compareFacts(present as [Line, ...Line[]], model.spec.rule),
    };
    const result = seen.cells.length < 2 ? { difference: null } : judged(seen, model.spec);
    const rowId = `${id}/${key}`;
    if (result.difference !== null) notes.set(rowId, { topics: model.spec.topics ?? [], section: kind, why: model.spec.why, rank: 0 });
    return {
      id: rowId, label: model.label, rule: model.spec.rule, cells: own.map(cellOf), difference: result.difference,
      ...('reason' in result && result.reason !== undefined && { reason: result.reason }),
      ...('section' in result && result.section !== undefined && { section: result.section }),
    };
  });
  return { id, kind, title, rows };
}

function cellOf(fact: Fact | null): CompareCell {
  if (fact === null) return { text: null };
  return { text: cut(fact.text), ...(fact.reading !== undefined && { reading: cut(fact.reading) }), ...(fact.source && { source: fact.source }) };
}

/** Never through the middle of a marker. */
export function cut(text: string): string {
  if (text.length <= CELL_LIMIT) return text;
  let end = CELL_LIMIT;
  const open = text.lastIndexOf(MARKER_OPEN, end - 1);
  const close = text.indexOf(MARKER_CLOSE, open);
  if (open !== -1 && close >= end && close - open < 80) end = open;
  return `${text.slice(0, end).toWellFormed()} … [${text.length - end} more characters]`;
}
