import type { Exchange, Result } from '../contract/index.ts';
import { ok } from '../contract/index.ts';
import { appearances } from './encodings.ts';
import type { KnownSecret } from './hide.ts';
import { Hider, hideNothing } from './hide.ts';
import { curlOptions, switches } from './options.ts';
import type { RecordedRequest } from './recorded.ts';
import { readRecorded, refusal } from './recorded.ts';
import { ShellWriter } from './shell.ts';
import { Variables } from './variables.ts';
import { sentBy } from './verify.ts';

export interface CurlOptions {
  /** `variables`: shell variables stand for the secrets. `included`: they stand in the command in plain; only on explicit request. */
  secrets: 'variables' | 'included';
  /** The secrets of the Run the exchange belongs to, in plain. */
  known: readonly KnownSecret[];
}

export interface CurlCommand {
  /** The script, without a line break at its end. */
  text: string;
  /** The variables to set before, in the order of their first use. */
  variables: { name: string; describes: string }[];
  warnings: string[];
}

/**
 * Writes a recorded request as a command for sh, bash, dash and zsh that sends the same bytes with curl.
 *
 * @param exchange raw, not masked
 * @returns the command, or the reason why curl or a shell cannot carry this request. A command is handed out only after it has
 * been read back and gave the recorded bytes, and in the form with variables no secret.
 */
export function curlCommand(exchange: Exchange, { secrets, known }: CurlOptions): Result<CurlCommand> {
  const recorded = readRecorded(exchange);
  if (!recorded.ok) return recorded;
  const variables = new Variables();
  const hider = secrets === 'variables' ? new Hider(variables, known) : hideNothing;
  const { options, body, warnings } = curlOptions(recorded.value, hider);
  const names = variables.list().map(({ name }) => name);
  const command = new ShellWriter().write(switches(recorded.value.version), options, body, names);
  const problem = check(command, recorded.value, variables, secrets === 'variables' ? known : []);
  if (problem) return refusal(problem);
  return ok({
    text: `${comment(exchange, variables)}\n${command}`,
    variables: variables.list().map(({ name, describes }) => ({ name, describes })),
    warnings: [...warnings, ...aboutConnection(exchange)],
  });
}

function check(command: string, recorded: RecordedRequest, variables: Variables, known: readonly KnownSecret[]): string | null {
  const sent = sentBy(command, new Map(variables.list().map(({ name, value }) => [name, value])));
  if (!sent.ok) return `The command could not be read back: ${sent.problem.message}`;
  const [a, b] = [sent.value, recorded];
  const same = a.method === b.method && a.target === b.target && a.origin === b.origin && a.body === b.body
    && a.headers.join('\n') === b.headers.map(({ name, rest }) => `${name}:${rest.trim() === '' ? '' : rest}`).join('\n');
  if (!same) return 'It holds bytes that a shell or curl would change.';
  const left = known.some(({ value }) => value.length >= 6 && appearances(value).some((text) => command.includes(text)));
  return left ? 'A secret stands in a place where no variable can take its place.' : null;
}

// Only characters that do nothing when a shell takes the line for a command: an interactive zsh does not know comments.
const harmless = (text: string): string => text.replace(/[^A-Za-z0-9 .,:/_=-]/g, ' ').replace(/ {2,}/g, ' ').trim();

function comment(exchange: Exchange, variables: Variables): string {
  const host = URL.canParse(exchange.url) ? new URL(exchange.url).host : '';
  const lines = [`${exchange.purpose} request to ${host}, recorded ${new Date(exchange.times.started).toISOString()}`];
  const [first] = variables.list();
  if (first) lines.push(`Set the variables first. Without a trace in the shell history: read -rs ${first.name}`);
  for (const { name, describes } of variables.list()) lines.push(`  ${name} = ${describes}`);
  return lines.map((line) => `# ${harmless(line)}`).join('\n');
}

function aboutConnection({ tls }: Exchange): string[] {
  if (tls === null || tls.authorized) return [];
  return [`The certificate was not trusted (${tls.authorizationError ?? 'no reason given'}); curl will refuse it unless you add --cacert with its issuer.`];
}
