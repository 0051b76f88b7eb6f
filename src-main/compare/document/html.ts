import type { CompareRow, Comparison } from '../../contract/compare.ts';
import { SecretNames } from './named.ts';
import type { DocumentOptions } from './shown.ts';
import { durationWords, shownSections, utc } from './shown.ts';
import { style } from './style.ts';

/**
 * A comparison as one self-contained HTML file: no script, nothing loaded, light and dark. Secrets stay what the comparison shows of them.
 *
 * @param when milliseconds since 1970, written in UTC
 */
export function comparisonHtml(comparison: Comparison, when: number, options: DocumentOptions = { all: true }): string {
  const names = new SecretNames();
  const text = (value: string): string => escaped(names.in(value));
  const { columns, steps, explanations } = comparison;
  const heads = columns.map(({ letter, title }) => `<th scope="col"><b>${text(letter)}</b> ${text(title)}</th>`).join('');
  const cell = ({ cells }: CompareRow): string => cells.map((one) => (one.text === null ? '<td class="none">not there</td>' : `<td>${text(one.text)}${one.reading === undefined ? '' : ` <small>${text(one.reading)}</small>`}</td>`)).join('');
  const explained = explanations.map((one) => `<li>${text(one.text)}${one.cause ? ` <small>${text(columns[one.cause.column]?.letter ?? '')}: ${text(one.cause.title)} (${text(one.cause.verdict)})</small>` : ''}</li>`).join('');
  const facts = [
    ['Of', columns.map(({ from, practice }) => text(from) + (practice ? ' <small>practice</small>' : ''))],
    ['Started', columns.map(({ startedAt }) => text(utc(startedAt)))],
    ['Ended', columns.map(({ outcome, error }) => `<span class="${outcome === 'succeeded' ? 'good' : outcome === 'refused' || outcome === 'failed' ? 'bad' : ''}">${text(outcome)}</span>${error ? ` <code>${text(error.error ?? `HTTP ${error.status}`)}</code>` : ''}`)],
  ] as const;
  const stepRows = steps.map((step) => `<tr><th scope="row">${text(step.title)}</th>${step.cells.map((one) => (one === null ? '<td class="none">not made</td>' : `<td>${text(one.outcome)} <small>${text(durationWords(one.milliseconds))}</small></td>`)).join('')}</tr>`).join('');
  const tables = shownSections(comparison, options).map(({ title, rows }) => `<section><h2>${text(title)}</h2><div class="wide"><table><thead><tr><td></td>${heads}<th scope="col">Why it can matter</th></tr></thead><tbody>${rows.map((row) =>
    `<tr class="${row.difference ?? ''}"><th scope="row">${text(row.label)}</th>${cell(row)}<td class="why">${row.reason === undefined ? `<small>${row.difference ?? ''}</small>` : text(row.reason)}${row.section === undefined ? '' : ` <small>${text(row.section)}</small>`}</td></tr>`).join('')}</tbody></table></div></section>`).join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><title>${text(columns.map(({ title }) => title).join(' and '))} compared</title><style>${style}</style></head>
<body><main><h1>${text(comparison.headline)}</h1>
${explained === '' ? '' : `<section><h2>What can explain it</h2><ol>${explained}</ol></section>`}
<section><h2>Columns</h2><div class="wide"><table><thead><tr><td></td>${heads}</tr></thead><tbody>${facts.map(([label, values]) => `<tr><th scope="row">${label}</th>${values.map((value) => `<td>${value}</td>`).join('')}</tr>`).join('')}</tbody></table></div></section>
${stepRows === '' ? '' : `<section><h2>Steps</h2><div class="wide"><table><thead><tr><td></td>${heads}</tr></thead><tbody>${stepRows}</tbody></table></div></section>`}
${tables}
<footer>Compared ${text(utc(when))} by Grantscope. ${options.all ? 'Rows in which all columns agree are left out.' : 'Only meaningful differences are shown.'} Secrets are left out.</footer></main></body></html>
`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Control and direction characters become visible, so that no text can rearrange its neighbours. */
function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (character) => entities[character] as string)
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
