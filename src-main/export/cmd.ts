import type { Bytes, Result } from '../contract/index.ts';
import { ok } from '../contract/index.ts';
import type { Style } from './encodings.ts';
import type { CurlOption } from './options.ts';
import type { Piece } from './pieces.ts';
import { bytesOfPieces, written } from './pieces.ts';
import { refusal } from './recorded.ts';
import type { Variable, Variables } from './variables.ts';

/** The longest command line cmd takes (https://learn.microsoft.com/troubleshoot/windows-client/shell-experience/command-line-string-limitation). */
export const CMD_LINE_LIMIT = 8191;

/** A prompt leaves unknown `%names%` as they are and knows no escape; a file drops them and knows `%%`. */
export type CmdUse = 'prompt' | 'file';

/** How curl's `:url` writes a value: RFC 3986 unreserved characters stay. */
export const CURL_URL: Style = { keep: '-._~', space: '%20', lower: false };

export interface CmdCommand { text: string; used: Variable[] }

/**
 * Writes a curl command for cmd.
 *
 * cmd puts the value of `%NAME%` into the line before it reads it, so a value with `&` or `"` would be read as a command. So cmd never
 * sees one: curl takes the secrets out of the environment itself (`--variable`, `--expand-…`, curl 8.3 or later).
 *
 * Arguments are quoted for the C runtime first, and then every character that could mean something to cmd gets a caret, quotes
 * included, so cmd never is inside quotes. What cmd or an ANSI program cannot carry is refused: line breaks, control characters, anything
 * beyond ASCII.
 *
 * @see https://curl.se/docs/manpage.html#--variable
 * @see https://learn.microsoft.com/windows-server/administration/windows-commands/cmd
 */
export function writeCmd(switches: readonly string[], options: readonly CurlOption[], body: readonly Piece[], variables: Variables, use: CmdUse): Result<CmdCommand> {
  const all: readonly CurlOption[] = body.length === 0 ? options : [...options, { name: 'data-raw', value: [...body] }];
  const why = cannotCarry(bytesOfPieces(all.flatMap(({ value }) => value ?? [])));
  if (why !== null) return refusal(`${why} cmd has no way to write it.`, 'Use the command for PowerShell.');
  const expander = new Expander(variables);
  const given = all.map(({ name, value }) => {
    if (!value) return `--${name}`;
    return value.every((piece) => 'literal' in piece) ? `--${name} ${argument(bytesOfPieces(value), use)}` : `--expand-${name} ${argument(expander.text(value), use)}`;
  });
  for (const { value } of expander.used) {
    if (!/^[ -~]*$/.test(value)) return refusal('A secret holds a character beyond ASCII; curl for Windows reads such an environment variable in the code page of the system.', 'Use the command for PowerShell.');
  }
  const imports = expander.used.map(({ name }) => `--variable ${argument(`%${name}`, use)}`);
  const helpers = expander.helpers.map((text) => `--expand-variable ${argument(text, use)}`);
  const [first = '--disable', ...rest] = switches;
  const text = [`curl ${[first, ...rest].join(' ')}`, ...[...imports, ...helpers, ...given].map((line) => `  ${line}`)].join(' ^\n');
  if (text.length > CMD_LINE_LIMIT) return refusal(`The command has ${text.length} characters; cmd takes ${CMD_LINE_LIMIT}.`, 'Use the command for PowerShell.');
  return ok({ text, used: expander.used });
}

function cannotCarry(bytes: Bytes): string | null {
  if (bytes.includes('\0')) return 'The request holds a NUL.';
  if (/[\r\n]/.test(bytes)) return 'The request holds a line break.';
  if (/[\u0000-\u001f\u007f]/.test(bytes)) return 'The request holds a control character.';
  return /[^ -~]/.test(bytes) ? 'The request holds a byte beyond ASCII, which a program gets in the code page of the system.' : null;
}

/** Text for an `--expand-` option: variables in braces, and braces of the request escaped. */
class Expander {
  readonly #variables: Variables;
  readonly used: Variable[] = [];
  readonly helpers: string[] = [];

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  text(pieces: readonly Piece[]): string {
    return pieces.map((piece) => {
      if ('literal' in piece) return piece.literal.replaceAll('{{', '\\{{');
      if ('variable' in piece) return this.#reference(piece.variable, piece.style);
      const { user, password, style } = piece.basic;
      const name = `BASIC_${this.helpers.length + 1}`;
      this.helpers.push(`${name}=${user.replaceAll('{{', '\\{{')}:${this.#reference(password, style)}`);
      return `{{${name}:b64}}`;
    }).join('');
  }

  #reference(variable: Variable, style: Style | 'plain'): string {
    if (style === 'plain') return `{{${this.#use(variable)}}}`;
    const sent = written(variable, style);
    if (sent === written(variable, CURL_URL)) return `{{${this.#use(variable)}:url}}`;
    return `{{${this.#use(this.#variables.encodedOf(variable, sent))}}}`;
  }

  #use(variable: Variable): string {
    if (!this.used.includes(variable)) this.used.push(variable);
    return variable.name;
  }
}

/** One argument for cmd and then for the C runtime (https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments). */
function argument(text: string, use: CmdUse): string {
  const quoted = `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
  let written = '';
  let afterPercent = false;
  for (const c of quoted) {
    if (c === '%' && use === 'file') written += '%%';
    // A caret after a percent sign makes `%NAME%` the name of no variable; cmd takes it out again later.
    else if (afterPercent || /[^A-Za-z0-9_\-./:= ]/.test(c)) written += `^${c}`;
    else written += c;
    afterPercent = c === '%' && use === 'prompt';
  }
  return written;
}
