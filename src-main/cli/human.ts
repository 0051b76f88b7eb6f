import type { CauseFinding, Diagnosis, Evidence } from '../contract/diagnosis.ts';
import type { Problem } from '../contract/result.ts';

const words = { likely: 'LIKELY', possible: 'possible', 'ruled-out': 'ruled out', unknowable: 'cannot be known from here' } as const;

/** Takes control characters out of text that came from outside: a terminal would obey them. */
export const plain = (text: string): string => text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');

/** One line for each: a line break that came from outside would let a server write lines of its own. */
const textOf = (lines: readonly string[]): string => plain(lines.map((line) => line.replace(/[\n\u2028\u2029]+/g, ' ')).join('\n'));

/** A diagnosis for people at a terminal. */
export function humanText(file: string, diagnosis: Diagnosis | null, remarks: readonly Problem[], placeOf: (entry: string) => string): string {
  const lines = [`${file}`, ...remarks.map(({ message }) => `  note: ${message}`)];
  if (diagnosis === null) return textOf([...lines, '  Nothing in it was refused.', '', '']);
  lines.push(`  ${diagnosis.headline}`);
  if (diagnosis.error.description !== undefined) lines.push(`  The answer says: ${diagnosis.error.description.slice(0, 500)}`);
  if (diagnosis.provider !== null) lines.push(`  Provider: ${diagnosis.provider.name} (${diagnosis.provider.why})`);
  lines.push('');
  const shown = diagnosis.causes.filter(({ verdict }) => verdict === 'likely' || verdict === 'possible');
  for (const cause of shown.slice(0, 8)) lines.push(...causeLines(cause, placeOf));
  if (shown.length > 8) lines.push(`  ${shown.length - 8} more possible: ${shown.slice(8).map(({ id }) => id).join(', ')}`, '');
  for (const verdict of ['ruled-out', 'unknowable'] as const) {
    const ids = diagnosis.causes.filter((cause) => cause.verdict === verdict).map(({ id }) => id);
    if (ids.length > 0) lines.push(`  ${words[verdict]}: ${ids.join(', ')}`);
  }
  return textOf([...lines, '', '']);
}

function causeLines(cause: CauseFinding, placeOf: (entry: string) => string): string[] {
  return [
    `  ${words[cause.verdict]}: ${cause.title} [${cause.id}]`,
    ...cause.evidence.slice(0, 4).flatMap((one) => evidenceLines(one, placeOf)),
    `    fix: ${cause.fix}`,
    ...(cause.tellApart === undefined ? [] : [`    to make sure: ${cause.tellApart}`]),
    '',
  ];
}

function evidenceLines(one: Evidence, placeOf: (entry: string) => string): string[] {
  return [
    `    ${one.weight < 0 ? '-' : '+'} ${one.text}`,
    `      ${placeOf(one.entry)}, ${one.where}`,
    ...(one.values ?? []).map(({ label, value }) => `      ${label}: ${value.slice(0, 300)}`),
  ];
}
