import { describeMarker, segmentsOf } from '../../contract/marker.ts';
import type { Column } from '../input.ts';
import type { Fact, Seen } from './line.ts';

/** A text in a sentence: short, in quotation marks, secrets in words. */
export function quoted(text: string): string {
  const plain = inWords(text).replace(/\s+/g, ' ').trim();
  return plain === '' ? 'nothing' : `“${shortened(plain, 70)}”`;
}

export function shortened(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).toWellFormed()}…`;
}

/** Markers as what they are, since a sentence is read and not looked up. */
export function inWords(text: string): string {
  return segmentsOf(text).map((segment) => ('text' in segment ? segment.text : `[${describeMarker(segment.marker)}]`)).join('');
}

/** “A”, “A and B”, “A, B and C”. */
export function listed(names: readonly string[]): string {
  return names.length <= 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

export const namesOf = (columns: readonly Column[]): string => listed(columns.map(({ name }) => name));

/** The columns in groups of equal content, in order of their first. */
export function groupsOf(seen: Seen, key: (fact: Fact) => string = (fact) => fact.as ?? fact.text): { columns: Column[]; fact: Fact }[] {
  const groups = new Map<string, { columns: Column[]; fact: Fact }>();
  for (const { column, fact } of seen.cells) {
    if (fact === null) continue;
    const known = groups.get(key(fact));
    if (known) known.columns.push(column);
    else groups.set(key(fact), { columns: [column], fact });
  }
  return [...groups.values()];
}

export function without(seen: Seen): Column[] {
  return seen.cells.filter(({ fact }) => fact === null).map(({ column }) => column);
}

export function having(seen: Seen): Column[] {
  return seen.cells.filter(({ fact }) => fact !== null).map(({ column }) => column);
}

/** “… is “a” in A and “b” in B”. */
export function contrast(seen: Seen, show: (fact: Fact) => string = (fact) => quoted(fact.text)): string {
  const groups = groupsOf(seen);
  return `${seen.label} is ${listed(groups.map(({ columns, fact }) => `${show(fact)} in ${namesOf(columns)}`))}`;
}

/** Ends a sentence with its reason, if there is one. */
export const because = (statement: string, why: string | undefined): string => `${statement}${why === undefined ? '' : `: ${why}`}.`;
