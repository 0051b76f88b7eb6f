/**
 * compare/: Runs and environments side by side.
 *
 * Two to four columns go in, masked; rows that say what differs, of what kind, and why that can matter come out, and where one column was
 * refused and another was not, the differences that can explain it. Pure: reads its arguments, sends nothing, keeps nothing. Called by `ipc/`.
 * Refuses nothing: whatever the columns hold, something comes out. What it returns holds no secret that its inputs do not.
 */
import type { CompareColumn, Comparison, CompareSection, CompareSectionKind, DifferenceClass } from '../contract/compare.ts';
import { isObject } from '../contract/read/json.ts';
import { decodeJwt } from '../contract/read/jwt.ts';
import { barsOf } from './bars.ts';
import { explanationsOf } from './explain/explain.ts';
import { headlineOf } from './headline.ts';
import type { Column, CompareInput } from './input.ts';
import { columnsOf } from './input.ts';
import type { Line } from './rows/line.ts';
import type { Notes } from './rows/join.ts';
import { joinSection } from './rows/join.ts';
import { sceneOf } from './scene.ts';
import { configurationLines } from './sections/configuration.ts';
import { objectLines } from './sections/lines.ts';
import { diagnosisLines, lifetimeLines, outcomeLines } from './sections/overall.ts';
import { alignedSteps } from './steps/align.ts';
import { stepOf } from './steps/steps.ts';
import { metadataSpec } from './tables/metadata.ts';

export type { CompareInput } from './input.ts';
export { comparisonHtml } from './document/html.ts';
export { comparisonMarkdown } from './document/markdown.ts';

/**
 * @param inputs two to four; events, environments and diagnoses as they may leave the main process (secrets are markers)
 * @returns rows of each section with one cell for each input, in order
 */
export function compareSubjects(inputs: readonly CompareInput[]): Comparison {
  const columns = columnsOf(inputs);
  const scene = sceneOf(columns, columns.map(subjectOf));
  const notes: Notes = new Map();
  const overall = (id: string, kind: CompareSectionKind, title: string, lines: (column: Column) => readonly Line[] | null): CompareSection[] => {
    const section = joinSection({ id, kind, title, lines: columns.map(lines) }, scene, notes);
    return section ? [section] : [];
  };
  const aligned = alignedSteps(columns);
  const steps = aligned.map((step) => stepOf(step, scene, notes));
  const sections = [
    ...overall('outcome', 'outcome', 'How it ended', (column) => (column.run ? outcomeLines(column) : null)),
    ...overall('diagnosis', 'diagnosis', 'Diagnosis', ({ run, diagnosis }) => (run ? diagnosisLines(diagnosis) : null)),
    ...overall('configuration', 'configuration', 'Configuration', ({ environment }) => environment && configurationLines(environment)),
    ...overall('metadata', 'metadata', 'Metadata of the provider', ({ metadata }) => metadata && objectLines(metadata, '', metadataSpec)),
    ...overall('lifetimes', 'lifetimes', 'Lifetimes', (column) => (column.run ? lifetimeLines(column) : null)),
  ];
  const counts = countsOf([...sections, ...steps.flatMap((step) => step.sections)]);
  const explanations = explanationsOf(columns, sections, steps, aligned, notes);
  return { columns: columns.map(outward), headline: headlineOf(columns, explanations, counts), explanations, sections, steps, bars: columns.map(barsOf), counts };
}

function outward({ subject, letter, title, from, startedAt, origin, practice, outcome, error }: Column): CompareColumn {
  return { subject, letter, title, from, startedAt, origin, practice, outcome, error };
}

/** Who signed in, as the ID token says; pairwise subjects make people look different, which only makes us claim less. */
function subjectOf({ run }: Column): string | undefined {
  const token = run?.tokens.findLast(({ record }) => record.kind === 'id_token');
  const claims = token ? decodeJwt(token.record.value).claims : undefined;
  return isObject(claims) && typeof claims['sub'] === 'string' ? claims['sub'] : undefined;
}

function countsOf(sections: readonly CompareSection[]): Record<DifferenceClass, number> {
  const counts: Record<DifferenceClass, number> = { meaningful: 0, expected: 0, cosmetic: 0 };
  for (const { rows } of sections) for (const { difference } of rows) if (difference !== null) counts[difference] += 1;
  return counts;
}
