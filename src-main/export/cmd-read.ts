import type { Bytes, Result } from '../contract/index.ts';
import { bytesOf } from '../contract/index.ts';
import { encode } from './encodings.ts';
import type { CmdUse } from './cmd.ts';
import { CMD_LINE_LIMIT, CURL_URL } from './cmd.ts';
import type { Option, Sent, Values } from './verify.ts';
import { readable, requestOf, Unreadable } from './verify.ts';

/**
 * Reads a command of `writeCmd` back as cmd, the C runtime and curl do one after the other, and says what is sent.
 *
 * @param values what the environment holds
 */
export function sentByCmd(command: string, values: Values, use: CmdUse): Result<Sent> {
  return readable(() => {
    const [program, ...argv] = argumentsOf(withoutCarets(withoutPercents(command, use)));
    if (program !== 'curl' || argv[0] !== '--disable') throw new Unreadable('no curl command');
    return requestOf(optionsOf(argv, values));
  });
}

/** First of all cmd puts variables in: in a prompt only those that exist, in a file all. */
function withoutPercents(line: string, use: CmdUse): string {
  if (line.length > CMD_LINE_LIMIT) throw new Unreadable('a line that is too long');
  if (use === 'file') {
    if (/%/.test(line.replaceAll('%%', ''))) throw new Unreadable('a percent sign that a file takes for a variable');
    return line.replaceAll('%%', '%');
  }
  // No variable has a name that begins with a caret, so nothing is put in; any other pair might name one.
  for (let at = line.indexOf('%'); at !== -1; at = line.indexOf('%', at + 1)) {
    if (line.indexOf('%', at + 1) !== -1 && line[at + 1] !== '^') throw new Unreadable('a pair of percent signs that may name a variable');
  }
  return line;
}

/** Then it takes carets out, outside quotes: the character after one means nothing. */
function withoutCarets(line: string): string {
  let text = '';
  for (let at = 0; at < line.length; at += 1) {
    const c = line[at] as string;
    if (c === '^') {
      at += 1;
      const next = line[at];
      if (next === undefined) throw new Unreadable('a caret at the end');
      // A line that ends with a caret goes on in the next one, whose first character is then an ordinary one.
      text += next === '\n' ? (line[at += 1] ?? '') : next;
    } else if (/["&|<>()!\n\r\t]/.test(c)) throw new Unreadable('a character that means something to cmd');
    else text += c;
  }
  return text;
}

/** Then the C runtime splits it: backslashes count only before a quote. */
function argumentsOf(line: string): string[] {
  const found: string[] = [];
  let [current, quoted, any] = ['', false, false];
  for (let at = 0; at < line.length; at += 1) {
    const slashes = /\\*/y;
    slashes.lastIndex = at;
    const count = slashes.exec(line)?.[0].length ?? 0;
    if (count > 0) {
      at += count;
      any = true;
      if (line[at] !== '"') {
        current += '\\'.repeat(count);
        at -= 1;
        continue;
      }
      current += '\\'.repeat(Math.floor(count / 2));
      if (count % 2 === 1) current += '"';
      else quoted = !quoted;
      continue;
    }
    const c = line[at] as string;
    if (c === '"') [quoted, any] = [!quoted, true];
    else if (c === ' ' && !quoted) {
      if (any) found.push(current);
      [current, any] = ['', false];
    } else [current, any] = [current + c, true];
  }
  if (quoted) throw new Unreadable('an open quote');
  return any ? [...found, current] : found;
}

const SWITCHES: ReadonlySet<string> = new Set(['disable', 'silent', 'show-error', 'include', 'globoff', 'path-as-is', 'http1.0', 'http1.1', 'head', 'compressed']);

/** Last, curl: variables from the environment, and `{{name:function}}` in the options that are expanded. */
function optionsOf(argv: readonly string[], values: Values): Option[] {
  const known = new Map<string, Bytes>();
  const options: Option[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const [, expand, name = ''] = /^--(expand-)?([a-z0-9.-]+)$/.exec(argv[at] as string) ?? [];
    if (name === '') throw new Unreadable('an argument that is no option');
    if (expand === undefined && SWITCHES.has(name)) {
      options.push([name, '']);
      continue;
    }
    const given = argv[at += 1];
    if (given === undefined) throw new Unreadable('an option without its value');
    const value = expand === undefined ? given : expanded(given, known);
    if (name === 'variable') setVariable(value, known, values);
    else options.push([name, value]);
  }
  return options;
}

function setVariable(text: string, known: Map<string, Bytes>, values: Values): void {
  const imported = /^%(\w+)$/.exec(text)?.[1];
  const [, name, content = ''] = /^(\w+)=([\s\S]*)$/.exec(text) ?? [];
  const value = imported === undefined ? content : values.get(imported);
  const key = imported ?? name;
  if (key === undefined || value === undefined) throw new Unreadable('a variable without a value');
  known.set(key, imported === undefined ? value : bytesOf(value));
}

function expanded(text: string, known: ReadonlyMap<string, Bytes>): Bytes {
  return text.replace(/\\\{\{|\{\{(\w+)((?::\w+)*)\}\}|\{\{/g, (found, name: string | undefined, functions: string | undefined) => {
    if (found === '\\{{') return '{{';
    const value = name === undefined ? undefined : known.get(name);
    if (value === undefined) throw new Unreadable('braces that name no variable');
    return (functions ?? '').split(':').slice(1).reduce((content, one) => {
      if (one === 'url') return encode(content, CURL_URL);
      if (one === 'b64') return btoa(content);
      throw new Unreadable('a function curl does not know');
    }, value);
  });
}
