import { createHash } from 'node:crypto';
import type { Report } from './model.ts';
import { visible } from './model.ts';

const STYLE = `:root{color-scheme:light dark;font:14px/1.5 system-ui,sans-serif}body{max-width:960px;margin:32px auto;padding:0 16px}
h1{font-size:22px}h2{font-size:17px;margin-top:32px}h3{font-size:14px}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid #8884;overflow-wrap:anywhere}th{font-weight:600;white-space:nowrap}
pre{padding:12px;border:1px solid #8884;border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere;font:12px/1.5 ui-monospace,monospace}
.verdict{font-weight:400;opacity:.7}`;

/** A report as one HTML file: no script, nothing loaded, and a policy that forbids both. Every foreign text is escaped. */
export function htmlOf(report: Report): string {
  const { title, summary, requestIds, facts, steps, failing, diagnosis, variables } = report;
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const sections = [
    `<h1>${text(title)}</h1>\n<p>${text(summary)}</p>`,
    requestIds.length === 0 ? '' : `<h2>Request ids the provider returned</h2>\n${table(['Time (UTC)', 'Request', 'Name', 'Value'], requestIds.map(({ at, request, name, value }) => [at, request, name, value]))}`,
    `<h2>Environment</h2>\n${pairs(facts)}`,
    `<h2>Steps</h2>\n${table(['Time (UTC)', 'Step', 'Outcome', 'Answers', 'Took'], steps.map(({ at, step, outcome, status, took }) => [at, step, outcome, status, took]))}`,
    failing === null ? '' : `<h2>The failing exchange</h2>\n${pairs(failing.about)}\n<h3>Request</h3>\n<pre>${text(failing.request)}</pre>`,
    failing === null || failing.response === '' ? '' : `<h3>Response</h3>\n<pre>${text(failing.response)}</pre>`,
    diagnosis === null ? '' : `<h2>Diagnosis</h2>\n<p>${text(diagnosis.headline)}</p>`,
    ...(diagnosis?.causes ?? []).map(({ title: cause, verdict, why, fix, evidence }) => (
      `<h3>${text(cause)} <span class="verdict">${text(verdict)}</span></h3>\n<p>${text(why)}</p>\n${list(evidence)}\n<p>What to do: ${text(fix)}</p>`)),
    diagnosis === null || diagnosis.ruledOut.length === 0 ? '' : `<h3>Ruled out</h3>\n${list(diagnosis.ruledOut)}`,
    variables.length === 0 ? '' : `<h2>What was masked</h2>\n${table(['Stands for', 'What it is'], variables.map(({ name, describes }) => [`{{${name}}}`, describes]))}`,
  ].filter((section) => section !== '');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${sections.join('\n')}
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const text = (value: string): string => visible(value).replace(/[&<>"']/g, (c) => entities[c] ?? c);
const list = (items: readonly string[]): string => (items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<table><thead><tr>${head.map((cell) => `<th scope="col">${text(cell)}</th>`).join('')}</tr></thead>\n<tbody>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`).join('\n')}</tbody></table>`;
}

function pairs(rows: readonly (readonly [string, string])[]): string {
  return `<table><tbody>${rows.map(([name, value]) => `<tr><th scope="row">${text(name)}</th><td>${text(value)}</td></tr>`).join('\n')}</tbody></table>`;
}
