import type { Exchange, Result } from '../contract/index.ts';
import { ok, replayLabelOf } from '../contract/index.ts';
import { appearances } from './encodings.ts';
import type { KnownSecret, WrittenSecret } from './hide.ts';
import { Hider, hideNothing } from './hide.ts';
import { curlOptions, switches } from './options.ts';
import type { RecordedRequest } from './recorded.ts';
import { readRecorded, refusal } from './recorded.ts';
import type { Shell, ShellForm, Written } from './shells.ts';
import { shellForms } from './shells.ts';
import { Variables } from './variables.ts';

export interface CurlOptions {
  /** `variables`: shell variables stand for the secrets. `included`: they stand in the command in plain; only on explicit request. */
  secrets: 'variables' | 'included';
  /** The secrets of the Run the exchange belongs to, in plain. */
  known: readonly KnownSecret[];
  /** Parts of the request that are to be hidden as they stand there: secrets in an encoding no shell makes, such as base64. */
  written?: readonly WrittenSecret[];
  /** sh where not given. */
  shell?: Shell;
}

export interface CurlCommand {
  /** The script, without a line break at its end. */
  text: string;
  /** The variables to set before, in the order of their first use. */
  variables: { name: string; describes: string }[];
  warnings: string[];
}

/**
 * Writes a recorded request as a command that sends the same bytes with curl: for sh, bash, dash and zsh, for PowerShell 5.1 and 7, or for cmd.
 *
 * @param exchange raw, not masked
 * @returns the command, or the reason why curl or a shell cannot carry this request. A command is handed out only after it has
 * been read back and gave the recorded bytes, and in the form with variables no secret.
 */
export function curlCommand(exchange: Exchange, { secrets, known, written = [], shell = 'sh' }: CurlOptions): Result<CurlCommand> {
  const recorded = readRecorded(exchange);
  if (!recorded.ok) return recorded;
  const form = shellForms[shell];
  const variables = new Variables();
  const hider = secrets === 'variables' ? new Hider(variables, known, written) : hideNothing;
  const { options, body, warnings } = curlOptions(recorded.value, hider);
  const command = form.write(switches(recorded.value.version), options, body, variables);
  if (!command.ok) return command;
  const problem = check(command.value, form, recorded.value, secrets === 'variables' ? known : [], secrets === 'variables' ? written : []);
  if (problem) return refusal(problem);
  const { text, used } = command.value;
  return ok({
    text: [...(form.first === undefined ? [] : [form.first]), ...comment(exchange, used, form), text].join('\n'),
    variables: used.map(({ name, describes }) => ({ name, describes })),
    warnings: [...warnings, ...(used.length > 0 ? form.warnings : []), ...aboutConnection(exchange)],
  });
}

function check({ text, used }: Written, form: ShellForm, recorded: RecordedRequest, known: readonly KnownSecret[], written: readonly WrittenSecret[]): string | null {
  const sent = form.read(text, new Map(used.map(({ name, value }) => [name, value])));
  if (!sent.ok) return `The command could not be read back: ${sent.problem.message}`;
  const [a, b] = [sent.value, recorded];
  const same = a.method === b.method && a.target === b.target && a.origin === b.origin && a.body === b.body
    && a.headers.join('\n') === b.headers.map(({ name, rest }) => `${name}:${rest.trim() === '' ? '' : rest}`).join('\n');
  if (!same) return 'It holds bytes that a shell or curl would change.';
  const left = known.some(({ value }) => value.length >= 6 && appearances(value).some((one) => text.includes(one)))
    || written.some(({ bytes }) => bytes.length >= 6 && text.includes(bytes));
  return left ? 'A secret stands in a place where no variable can take its place.' : null;
}

// Only characters that do nothing when a shell takes the line for a command: an interactive zsh does not know comments.
const harmless = (text: string): string => text.replace(/[^A-Za-z0-9 .,:/_=-]/g, ' ').replace(/ {2,}/g, ' ').trim();

function comment(exchange: Exchange, variables: Written['used'], form: ShellForm): string[] {
  const host = URL.canParse(exchange.url) ? new URL(exchange.url).host : '';
  const { label, why } = replayLabelOf(exchange);
  const lines = [
    harmless(`${exchange.purpose} request to ${host}, recorded ${new Date(exchange.times.started).toISOString()}`),
    harmless(`Sending it again: ${label}. ${why}`),
  ];
  const [first] = variables;
  if (first) lines.push(`Set the variables first. Without a trace in the shell history: ${form.set(first.name)}`);
  for (const { name, describes } of variables) lines.push(harmless(`  ${name} = ${describes}`));
  return lines.map(form.comment);
}

function aboutConnection({ tls }: Exchange): string[] {
  if (tls === null || tls.authorized) return [];
  return [`The certificate was not trusted (${tls.authorizationError ?? 'no reason given'}); curl will refuse it unless you add --cacert with its issuer.`];
}
