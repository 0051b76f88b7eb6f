import type { Bytes } from '../contract/index.ts';
import type { Style } from './encodings.ts';
import { shellFunction } from './encodings.ts';
import type { CurlOption } from './options.ts';
import type { Piece } from './pieces.ts';
import { bytesOfPieces, written } from './pieces.ts';
import { configLiteral, isPlainText, printfFormat, singleQuoted } from './quoting.ts';

/** Longer bodies go through a pipe: curl reads config lines of some 100 kB at most. */
const INLINE_BODY = 60_000;
export const CONFIG_END = 'CURL_CONFIG';

const QUOTED = String.raw`curl_quoted() { printf '%s' "$1" | LC_ALL=C sed 's/["\\]/\\&/g'; }`;

/**
 * Writes a curl command for a POSIX shell (sh, dash, bash, zsh).
 *
 * A command without variables whose parts are plain text gets its options as arguments. Any other is fed to curl as a config
 * on standard input, from a here-document in which the shell expands the variables: no secret is in an argument of a program,
 * so none is in the process list. A body that no text can carry goes through a pipe from the builtin `printf`.
 */
export class ShellWriter {
  readonly #styles = new Map<string, { name: string; style: Style }>();
  #quotes = false;

  write(switches: readonly string[], options: readonly CurlOption[], body: readonly Piece[], names: readonly string[]): string {
    const all = options.flatMap(({ value }) => value ?? []);
    const piped = needsPipe(body);
    const plain = names.length === 0 && !piped && [...all, ...body].every((piece) => 'literal' in piece && isPlainText(piece.literal));
    const command = plain ? this.#arguments(switches, options, body) : this.#config(switches, options, body, piped);
    const set = names.length === 0 ? '' : `: ${names.map((name) => `"\${${name}:?is not set}"`).join(' ')} &&\n`;
    return [...this.#functions(), `${set}${command}`].join('\n');
  }

  #functions(): string[] {
    return [...[...this.#styles.values()].map(({ name, style }) => shellFunction(name, style)), ...(this.#quotes ? [QUOTED] : [])];
  }

  #arguments(switches: readonly string[], options: readonly CurlOption[], body: readonly Piece[]): string {
    const lines = options.map(({ name, value }) => (value ? `--${name} ${singleQuoted(bytesOfPieces(value))}` : `--${name}`));
    if (body.length > 0) lines.push(`--${bodyOption(body)} ${singleQuoted(bytesOfPieces(body))}`);
    return [`curl ${switches.join(' ')}`, ...lines.map((line) => `  ${line}`)].join(' \\\n');
  }

  #config(switches: readonly string[], options: readonly CurlOption[], body: readonly Piece[], piped: boolean): string {
    const inline = piped || body.length === 0 ? [] : [{ name: bodyOption(body), value: [...body] }];
    const lines = [...options, ...inline].map(({ name, value }) => (value ? `${name} = "${value.map((piece) => this.#inConfig(piece)).join('')}"` : name));
    const [source, before, after] = piped
      ? ['/dev/fd/3', `${this.#printf(body)} |\n`, ' --data-binary @- 3']
      : ['-', '', ' '];
    return `${before}curl ${switches.join(' ')} --config ${source}${after}<<${CONFIG_END}\n${lines.join('\n')}\n${CONFIG_END}`;
  }

  #inConfig(piece: Piece): string {
    if ('literal' in piece) return configLiteral(piece.literal);
    if ('variable' in piece && piece.style === 'plain') {
      if (!/["\\]/.test(piece.variable.value)) return `\${${piece.variable.name}}`;
      this.#quotes = true;
      return `$(curl_quoted "$${piece.variable.name}")`;
    }
    return this.#substitution(piece);
  }

  #substitution(piece: Exclude<Piece, { literal: Bytes }>): string {
    if ('variable' in piece) {
      return piece.style === 'plain' ? `\${${piece.variable.name}}` : `$(${this.#function(piece.style)} "$${piece.variable.name}")`;
    }
    const { user, password, style } = piece.basic;
    const argument = style === 'plain' ? `"$${password.name}"` : `"$(${this.#function(style)} "$${password.name}")"`;
    return `$(printf '${printfFormat(user)}:%s' ${argument} | base64 | tr -d '\\n')`;
  }

  #printf(pieces: readonly Piece[]): string {
    const format = pieces.map((piece) => ('literal' in piece ? printfFormat(piece.literal) : '%s')).join('');
    const values = pieces.flatMap((piece) => ('literal' in piece ? [] : [`"${this.#substitution(piece)}"`]));
    return `printf '${format}'${values.map((value) => ` ${value}`).join('')}`;
  }

  #function(style: Style): string {
    const key = JSON.stringify(style);
    const known = this.#styles.get(key);
    if (known) return known.name;
    const name = `form_encoded${this.#styles.size === 0 ? '' : `_${this.#styles.size + 1}`}`;
    this.#styles.set(key, { name, style });
    return name;
  }
}

/** An argument of --data-binary that begins with @ names a file; --data-raw has no such meaning and sends the same bytes. */
function bodyOption([first]: readonly Piece[]): 'data-binary' | 'data-raw' {
  return first && 'literal' in first && !first.literal.startsWith('@') ? 'data-binary' : 'data-raw';
}

function needsPipe(body: readonly Piece[]): boolean {
  const bytes = bytesOfPieces(body);
  return bytes.includes('\0') || bytes.length > INLINE_BODY
    || body.some((piece) => 'variable' in piece && /[\u0000-\u001f\u007f]/.test(written(piece.variable, piece.style)));
}
