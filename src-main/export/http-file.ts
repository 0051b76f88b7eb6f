import type { Bytes, Exchange, Problem, Result } from '../contract/index.ts';
import { fail, ok, replayLabelOf } from '../contract/index.ts';
import { textOf } from './har.ts';
import { asciiOf } from './http-text.ts';
import type { RecordedRequest } from './recorded.ts';
import { readRecorded } from './recorded.ts';

/** Set by every client on its own, from the address and the body. */
const OWN: ReadonlySet<string> = new Set(['host', 'content-length', 'transfer-encoding']);

/**
 * Writes a request as a `.http` file, read back before it is handed out. The format is text without a way to escape, so what a
 * client would read as something else (a variable, a file, a comment, the next request) is refused with the reason.
 *
 * @param exchange masked, with pseudonyms (`{{CODE_1}}` is a variable of the format); or raw where secrets were asked for
 * @param recorded the same exchange before pseudonyms were put in: braces in it are the request's own
 * @see https://github.com/JetBrains/http-request-in-editor-spec
 */
export function httpFileOf(exchange: Exchange, recorded: Pick<Exchange, 'request'>, variables: readonly { name: string; describes: string }[]): Result<string> {
  const read = readRecorded(exchange);
  if (!read.ok) return fail(problem(read.problem.why ?? read.problem.message));
  if (recorded.request.includes('{{')) return fail(problem('It holds {{, which a client reads as a variable.'));
  const { method, target, origin, version, headers, body } = read.value;
  const why = unwritable(read.value);
  if (why !== null) return fail(problem(why));
  const { label, why: cost } = replayLabelOf(exchange);
  const lines = [
    `### ${exchange.purpose}, recorded ${new Date(exchange.times.started).toISOString()}`,
    `# Sending it again: ${label}. ${asciiOf(cost)}`,
    ...variables.map(({ name, describes }) => `# ${name} = ${asciiOf(describes)}`),
    `${method} ${origin}${target} HTTP/${version}`,
    ...headers.filter(({ name }) => !OWN.has(name.toLowerCase())).map(({ name, rest }) => `${name}:${rest}`),
    '',
    ...(body === '' ? [] : [body]),
  ];
  const file = lines.join('\n');
  if (!same(readHttpFile(file), read.value)) return fail(problem('It holds text that a client would change.'));
  return ok(textOf(file) ?? file);
}

const problem = (why: string): Problem => ({ code: 'not-exportable', message: 'This request cannot be written as a .http file that sends the same bytes.', why, next: 'Use curl, raw HTTP or HAR.' });

function unwritable({ target, headers, body }: RecordedRequest): string | null {
  if (!target.startsWith('/')) return 'Its target is no path.';
  for (const text of [target, body, ...headers.map(({ rest }) => rest)]) {
    if (textOf(text) === null) return 'It holds bytes that are no UTF-8 text.';
    if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) return 'It holds control characters or carriage returns.';
  }
  if (/^\s|\s$/.test(body)) return 'Its body begins or ends with white space, which clients take away.';
  if (/^(?:#|\/\/|<@?\s|>>?!?\s|> ?\{%)/m.test(body)) return 'A line of its body reads as a comment, a file or a script.';
  return /\n/.test(body) && headers.some(({ name, rest }) => /^content-type$/i.test(name) && /x-www-form-urlencoded/i.test(rest)) ? 'Clients join the lines of a form.' : null;
}

/** Reads one request of a `.http` file, as the specification of the format says. */
export function readHttpFile(file: Bytes): RecordedRequest | null {
  const lines = file.split('\n');
  let at = 0;
  while (at < lines.length && /^(?:#|\/\/|\s*$)/.test(lines[at] as string)) at += 1;
  const line = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) (https?:\/\/[^/\s]+)(\/\S*) HTTP\/(1\.[01])$/.exec(lines[at] ?? '');
  if (!line) return null;
  const headers: RecordedRequest['headers'] = [];
  for (at += 1; at < lines.length && lines[at] !== ''; at += 1) {
    const colon = (lines[at] as string).indexOf(':');
    if (colon < 1) return null;
    headers.push({ name: (lines[at] as string).slice(0, colon), rest: (lines[at] as string).slice(colon + 1) });
  }
  const rest = lines.slice(at + 1);
  const next = rest.findIndex((one) => one.startsWith('###'));
  return { method: line[1] as string, origin: line[2] as string, target: line[3] as string, version: line[4] as '1.0' | '1.1', headers, body: (next === -1 ? rest : rest.slice(0, next)).join('\n') };
}

function same(a: RecordedRequest | null, b: RecordedRequest): boolean {
  const headersOf = ({ headers }: RecordedRequest): string => headers.filter(({ name }) => !OWN.has(name.toLowerCase())).map(({ name, rest }) => `${name}:${rest}`).join('\n');
  return a !== null && a.method === b.method && a.origin === b.origin && a.target === b.target && a.version === b.version && headersOf(a) === headersOf(b) && a.body === b.body;
}

