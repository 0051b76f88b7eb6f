import type { Bytes, Result } from '../contract/index.ts';
import { bytesOf } from '../contract/index.ts';
import type { Style } from './encodings.ts';
import { encode } from './encodings.ts';
import type { Option, Sent, Values } from './verify.ts';
import { readable, requestOf, Unreadable, unquoted } from './verify.ts';

/**
 * Reads a script of {@link writePowershell} back by PowerShell's rules for expressions and curl's for its config, and says what is sent.
 * Refuses every construct but the few that the writer uses.
 */
export function sentByPowershell(script: string, values: Values): Result<Sent> {
  return readable(() => {
    if (!/^[\n -~]*$/.test(script)) throw new Unreadable('a character that is not ASCII');
    const lines = script.split('\n');
    const [from, to] = [lines.indexOf('  $config = @('), lines.indexOf('  ) -join "`n"')];
    if (lines[0] !== '& {' || lines.at(-1) !== '}' || from === -1 || to < from) throw new Unreadable('no config');
    for (const line of [...lines.slice(1, from), ...lines.slice(to + 1, -1)]) if (!fixed.some((pattern) => pattern.test(line))) throw new Unreadable('a statement of unknown form');
    const styles = new Map(lines.flatMap((line): [string, Style][] => {
      const match = ENCODER.exec(line);
      return match ? [[match[1] as string, { keep: (match[2] as string).replaceAll("''", "'"), space: match[3] === undefined ? '%20' : '+', lower: match[4] === 'x2' }]] : [];
    }));
    const filed = lines.map((line) => FILE.exec(line)?.[1]).find((found) => found !== undefined);
    const evaluate = new Evaluator(values, styles);
    return requestOf(optionsOf(lines.slice(from + 1, to).map((line) => evaluate.line(line)).join('\n'), filed === undefined ? null : atob(filed)));
  });
}

const ENCODER = /^ {2}function (encoded\d*)\(\[string\]\$text\) \{ -join \$\(foreach \(\$byte in \[Text\.Encoding\]::UTF8\.GetBytes\(\$text\)\) \{ \$c = \[string\]\[char\]\$byte; if \(\$c -cmatch '\\A\[A-Za-z0-9\]\\z' -or '((?:[^']|'')*)'\.Contains\(\$c\)\) \{ \$c \} (elseif \(\$byte -eq 32\) \{ '\+' \} )?else \{ '%\{0:(x2|X2)\}' -f \$byte \} \}\) \}$/;
const FILE = /^ {2}\[IO\.File\]::WriteAllBytes\(\$file, \[Convert\]::FromBase64String\('([A-Za-z0-9+/=]*)'\)\)$/;
const fixed: readonly RegExp[] = [
  ENCODER, FILE,
  /^ {2}foreach \(\$name in '\w+'(?:, '\w+')*\) \{ if \(-not \[Environment\]::GetEnvironmentVariable\(\$name\)\) \{ throw "\$name is not set" \} \}$/,
  /^ {2}\$latin1 = \[Text\.Encoding\]::GetEncoding\(28591\)$/,
  /^ {2}function (?:plain|quoted|base64)\(\[string\]\$text\) \{ [^{}]* \}$/,
  /^ {2}\$file = \[IO\.Path\]::GetTempFileName\(\)$/, /^ {2}Remove-Item -LiteralPath \$file$/,
  /^ {2}\$start(?: = New-Object Diagnostics\.ProcessStartInfo|\.FileName = \(Get-Command curl -CommandType Application -TotalCount 1\)\.Path|\.UseShellExecute = \$false|\.RedirectStandardInput = \$true)$/,
  /^ {2}\$start\.Arguments = '--disable [a-z0-9.\- ]+ --config -'$/,
  /^ {2}if \(\[Console\]::InputEncoding\.GetPreamble\(\)\.Length\) \{ \[Console\]::InputEncoding = New-Object Text\.UTF8Encoding \$false \}$/,
  /^ {2}\$curl(?: = \[Diagnostics\.Process\]::Start\(\$start\)|\.StandardInput\.BaseStream\.(?:Write\(\$bytes, 0, \$bytes\.Length\)|Close\(\))|\.WaitForExit\(\))$/,
  /^ {2}\$bytes = \$latin1\.GetBytes\(\$config\)$/,
];

/** A string expression: literals, characters by number, and calls of the script's functions, joined with +. */
class Evaluator {
  readonly #values: Values;
  readonly #styles: ReadonlyMap<string, Style>;
  #text = '';
  #at = 0;

  constructor(values: Values, styles: ReadonlyMap<string, Style>) {
    this.#values = values;
    this.#styles = styles;
  }

  line(line: string): Bytes {
    [this.#text, this.#at] = [line, 4];
    const value = this.#sum();
    if (this.#at !== line.length) throw new Unreadable('text after an expression');
    return value;
  }

  #takes(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at += match[0].length;
    return match;
  }

  #sum(): Bytes {
    // A character first would make + a sum of numbers.
    if (this.#text.startsWith('[char]', this.#at)) throw new Unreadable('an expression that begins with a character');
    let value = this.#operand();
    while (this.#takes(/ \+ /y)) value += this.#operand();
    return value;
  }

  #operand(): Bytes {
    const text = this.#takes(/'((?:[^']|'')*)'/y)?.[1];
    if (text !== undefined) return text.replaceAll("''", "'");
    const code = this.#takes(/\[char\](\d{1,3})(?= |$|\))/y)?.[1];
    if (code !== undefined) return String.fromCharCode(Number(code));
    if (this.#takes(/\(quoted \$file\)/y)) return 'FILE';
    if (this.#takes(/\(base64 \(/y)) {
      const inner = this.#sum();
      if (!this.#takes(/\)\)/y)) throw new Unreadable('an open parenthesis');
      return btoa(inner);
    }
    const call = this.#takes(/\((\w+) \$env:(\w+)\)/y);
    if (!call) throw new Unreadable('an operand of unknown form');
    return this.#call(call[1] as string, call[2] as string);
  }

  #call(name: string, variable: string): Bytes {
    const value = this.#values.get(variable);
    if (value === undefined) throw new Unreadable('a variable without a value');
    if (name === 'plain') return bytesOf(value);
    if (name === 'quoted') return bytesOf(value).replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
    const style = this.#styles.get(name);
    if (!style) throw new Unreadable('a function that is not defined');
    return encode(bytesOf(value), style);
  }
}

/** curl's config syntax, one option a line (https://curl.se/docs/manpage.html#-K). */
function optionsOf(config: Bytes, file: Bytes | null): Option[] {
  return config.split('\n').map((line): Option => {
    const match = /^([a-z-]+)(?: = "((?:[^"\\]|\\[\s\S])*)")?$/.exec(line);
    if (!match || line.includes('\0')) throw new Unreadable('a line of the config that is no option');
    const [, name = '', value = ''] = match;
    if (name === 'data-binary') {
      if (file === null || value !== '@FILE') throw new Unreadable('a body that names a file');
      return ['stdin', file];
    }
    return [name, unquoted(value)];
  });
}
