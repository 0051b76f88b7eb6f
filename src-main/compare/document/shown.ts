import type { CompareRow, CompareSection, Comparison } from '../../contract/compare.ts';

/** Which rows a document holds: the meaningful differences of each section, or every difference. Rows in which all agree are in none. */
export interface DocumentOptions { all: boolean }

export interface ShownSection { title: string; section: CompareSection; rows: CompareRow[] }

/** The sections that have a row to show, steps in their order, each with the title of its step. */
export function shownSections({ sections, steps }: Comparison, { all }: DocumentOptions): ShownSection[] {
  const named = [...sections.map((section) => ({ title: section.title, section })), ...steps.flatMap((step) => step.sections.map((section) => ({ title: `${step.title}: ${section.title}`, section })))];
  return named.flatMap(({ title, section }) => {
    const rows = section.rows.filter(({ difference }) => (all ? difference !== null : difference === 'meaningful'));
    return rows.length === 0 ? [] : [{ title, section, rows }];
  });
}

export const durationWords = (milliseconds: number | null): string => (milliseconds === null ? '' : milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`);

export const utc = (at: number | null): string => (at === null ? '' : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`);
