import type { Report } from './model.ts';
import { visible } from './model.ts';

/** A report as Markdown: every foreign text escaped, so that nothing in it is a link, an image, HTML, a table column or a formula. */
export function markdownOf(report: Report): string {
  const { title, summary, requestIds, facts, steps, failing, diagnosis, variables } = report;
  const blocks: (string | null)[] = [
    `# ${line(title)}`, line(summary),
    requestIds.length === 0 ? null : `## Request ids the provider returned\n\n${table(['Time (UTC)', 'Request', 'Name', 'Value'], requestIds.map(({ at, request, name, value }) => [at, request, name, value]))}`,
    `## Environment\n\n${table(['', ''], facts)}`,
    `## Steps\n\n${table(['Time (UTC)', 'Step', 'Outcome', 'Answers', 'Took'], steps.map(({ at, step, outcome, status, took }) => [at, step, outcome, status, took]))}`,
    failing && `## The failing exchange\n\n${table(['', ''], failing.about)}\n\n### Request\n\n${code(failing.request)}`,
    failing && failing.response !== '' ? `### Response\n\n${code(failing.response)}` : null,
    diagnosis && `## Diagnosis\n\n${line(diagnosis.headline)}`,
    ...(diagnosis?.causes ?? []).map(({ title: cause, verdict, why, fix, evidence }) => [
      `### ${line(cause)} (${line(verdict)})`, line(why), evidence.map((one) => `- ${line(one)}`).join('\n'), `What to do: ${line(fix)}`,
    ].filter((one) => one !== '').join('\n\n')),
    diagnosis && diagnosis.ruledOut.length > 0 ? `### Ruled out\n\n${diagnosis.ruledOut.map((one) => `- ${line(one)}`).join('\n')}` : null,
    variables.length === 0 ? null : `## What was masked\n\n${table(['Stands for', 'What it is'], variables.map(({ name, describes }) => [`{{${name}}}`, describes]))}`,
  ];
  return `${blocks.filter((block) => block !== null).join('\n\n')}\n`;
}

/** One line of text in which no character means anything to Markdown or to a spreadsheet. */
export function line(text: string): string {
  const plain = visible(text).replace(/\s+/g, ' ').trim().replace(/[\\`*_[\]<>#|~!&$^]/g, '\\$&');
  return plain.replace(/^[-+=@]/, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2').replace(/(https?|ftp|mailto|xmpp):/gi, '$1\\:').replace(/www\./gi, 'www\\.');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map((cells) => row(cells.map(line)))].join('\n');
}

/** A fence longer than any in the text. */
function code(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}http\n${visible(text)}\n${fence}`;
}
