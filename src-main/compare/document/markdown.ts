import type { Comparison } from '../../contract/compare.ts';
import { SecretNames } from './named.ts';
import type { DocumentOptions } from './shown.ts';
import { durationWords, shownSections, utc } from './shown.ts';

/**
 * A comparison as Markdown (GitHub tables). Secrets stay what the comparison shows of them: kind and length.
 *
 * @param when milliseconds since 1970, written in UTC
 */
export function comparisonMarkdown(comparison: Comparison, when: number, options: DocumentOptions = { all: false }): string {
  const names = new SecretNames();
  const text = (value: string): string => inert(names.in(value));
  const { columns, steps } = comparison;
  const head = columns.map(({ letter, title }) => `${letter}: ${text(title)}`);
  const lines = [
    `# ${head.join(' — ')}`, '', text(comparison.headline), '',
    ...(comparison.explanations.length > 0 ? ['## What can explain it', '', ...comparison.explanations.map((explanation, index) =>
      `${index + 1}. ${text(explanation.text)}${explanation.cause ? ` (${columns[explanation.cause.column]?.letter ?? ''}: ${text(explanation.cause.title)}, ${explanation.cause.verdict})` : ''}`), ''] : []),
    '## Columns', '', row(['', ...head]), rule(columns.length),
    row(['Of', ...columns.map(({ from, practice }) => `${text(from)}${practice ? ' (practice)' : ''}`)]),
    row(['Started', ...columns.map(({ startedAt }) => utc(startedAt))]),
    row(['Ended', ...columns.map(({ outcome, error }) => text(`${outcome}${error ? `, ${error.error ?? `HTTP ${error.status}`}` : ''}`))]), '',
    ...(steps.length > 0 ? ['## Steps', '', row(['', ...head]), rule(columns.length), ...steps.map((step) => row([text(step.title), ...step.cells.map((cell) => (cell === null ? '—' : `${text(cell.outcome)} ${durationWords(cell.milliseconds)}`.trim()))])), ''] : []),
    ...shownSections(comparison, options).flatMap(({ title, rows }) => [
      `## ${text(title)}`, '', row(['', ...head, 'Why it can matter']), rule(columns.length + 1),
      ...rows.map((one) => row([text(one.label), ...one.cells.map((cell) => (cell.text === null ? '—' : text(cell.text + (cell.reading === undefined ? '' : ` (${cell.reading})`)))), text(one.reason === undefined ? (one.difference ?? '') : `${one.reason}${one.section === undefined ? '' : ` [${one.section}]`}`)])), '',
    ]),
    `Compared ${utc(when)} by Grantscope. ${options.all ? 'All differences are shown.' : 'Only meaningful differences are shown.'} Secrets are left out.`, '',
  ];
  return lines.join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const rule = (columns: number): string => `|${' --- |'.repeat(columns + 1)}`;

/** Text from outside as text: no markup, no line breaks, nothing that ends a cell, no invisible characters. */
function inert(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, ' ').replace(/[\\`*_{}[\]<>()#+!|~@&]|(?:https?|www)(?=[:.])/g, (found) => (found.length > 1 ? `${found}\u200b` : `\\${found}`)).trim();
}
