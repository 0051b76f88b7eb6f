import type { Bytes, Result } from '../contract/index.ts';
import { bytesOf, fail, ok } from '../contract/index.ts';
import type { Style } from './encodings.ts';
import { encode } from './encodings.ts';
import { CONFIG_END } from './shell.ts';

export interface Sent { method: string; origin: string; target: Bytes; headers: string[]; body: Bytes }

export type Values = ReadonlyMap<string, string>;
export type Option = readonly [name: string, value: Bytes];

/** A command that is not of the form our writers give it. */
export class Unreadable extends Error {}

/**
 * Reads a command of ours back, the way the shell and then curl would, and says what it sends. Knows only what
 * {@link ShellWriter} may write and refuses everything else, so that a mistake there shows as a refusal, not as other bytes.
 *
 * @param values what the variables hold
 */
export function sentBy(command: string, values: Values): Result<Sent> {
  return readable(() => requestOf(optionsOf(command, values)));
}

/** What a reader gives, its refusal as a result. */
export function readable(read: () => Sent): Result<Sent> {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof Unreadable) return fail({ code: 'unreadable-command', message: error.message });
    throw error;
  }
}

function optionsOf(command: string, values: Values): Option[] {
  const reader = new Reader(command, values);
  reader.functions();
  reader.takes(/: (?:"\$\{\w+:\?is not set\}" ?)+ ?&&\n/y);
  let piped: Bytes | null = null;
  if (reader.takes(/printf /y)) {
    piped = reader.printf('\n');
    if (!reader.takes(/ \|\n/y)) throw new Unreadable('no pipe after printf');
  }
  if (!reader.takes(/curl (?:--disable )(?:--[a-z0-9.-]+ ?)*?(?=--config|\\\n| \\\n)/y)) throw new Unreadable('no curl command');
  const config = reader.takes(/--config (?:-|\/dev\/fd\/3 --data-binary @-) ?3?<<CURL_CONFIG\n/y);
  const options = config ? reader.config() : reader.arguments();
  return piped === null ? options : [...options, ['stdin', piped]];
}

class Reader {
  readonly #text: string;
  readonly #values: Values;
  readonly #styles = new Map<string, Style>();
  #at = 0;

  constructor(text: string, values: Values) {
    this.#text = text;
    this.#values = values;
  }

  takes(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at += match[0].length;
    return match;
  }

  functions(): void {
    for (;;) {
      const match = this.takes(/(form_encoded\w*)\(\) \{\n[^\n]* keep='([^']*)' '\n[^\n]*\n([^\n]*)\n\}\n/y) ?? this.takes(/(curl_quoted)\(\) \{[^\n]*\}\n/y);
      if (!match) return;
      const [, name = '', kept = '', rule = ''] = match;
      const keep = kept.replace(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
      this.#styles.set(name, { keep, space: rule.includes('"20" ? "+"') ? '+' : '%20', lower: !rule.includes('toupper') });
    }
  }

  arguments(): Option[] {
    const options: Option[] = [];
    for (;;) {
      const option = this.takes(/ ?\\\n {2}--([a-z-]+)(?: (?='))?/y);
      if (!option) break;
      let value = '';
      for (let word = this.takes(/'([^']*)'|\\'/y); word; word = this.takes(/'([^']*)'|\\'/y)) value += word[1] ?? "'";
      options.push([option[1] as string, bytesOf(value)]);
    }
    if (this.#at !== this.#text.length) throw new Unreadable('more than one command');
    return options;
  }

  /** A here-document, then curl's config syntax. */
  config(): Option[] {
    const options: Option[] = [];
    while (!this.takes(new RegExp(`${CONFIG_END}$`, 'y'))) {
      const line = this.takes(/([a-z-]+)(?: = "|\n)/y);
      if (!line) throw new Unreadable('a line of the config that is no option');
      options.push([line[1] as string, line[0].endsWith('"') ? unquoted(this.#expanded()) : '']);
    }
    return options;
  }

  /** What the shell makes of a config value, up to its closing quote. */
  #expanded(): Bytes {
    let value = '';
    for (;;) {
      if (this.takes(/"\n/y)) return value;
      const escape = this.takes(/\\([$`\\])/y)?.[1];
      if (escape !== undefined) {
        value += escape;
        // One backslash for curl: what it escapes belongs to it, or a quote would end the value too early.
        if (escape === '\\') value += this.takes(/"|\\\\/y)?.[0][0] ?? '';
        continue;
      }
      const literal = this.takes(/[^$`\\"\n]+|\\/y)?.[0];
      value += literal === undefined ? this.#substitution() : bytesOf(literal);
    }
  }

  #substitution(): Bytes {
    const name = this.takes(/\$\{(\w+)\}/y)?.[1];
    if (name !== undefined) return this.#value(name);
    if (this.takes(/\$\(printf /y)) {
      const printed = this.printf(' |)');
      if (this.takes(/\)/y)) return printed;
      if (this.takes(/ \| base64 \| tr -d '\\n'\)/y)) return btoa(printed);
    }
    const call = this.takes(/\$\((\w+) "\$(\w+)"\)/y);
    if (!call) throw new Unreadable('an expansion of unknown form');
    const [value, style] = [this.#value(call[2] as string), this.#styles.get(call[1] as string)];
    if (!style) throw new Unreadable('a function that is not defined');
    return call[1] === 'curl_quoted' ? value.replace(/["\\]/g, '\\$&') : encode(value, style);
  }

  /** `printf` with a format in single quotes and double-quoted arguments, up to one of the characters `ends`. */
  printf(ends: string): Bytes {
    const format = this.takes(/'([^']*)'/y)?.[1];
    if (format === undefined) throw new Unreadable('printf without a format');
    const values: Bytes[] = [];
    while (this.takes(/ "/y)) {
      const plain = this.takes(/\$(\w+)(?=")/y)?.[1];
      values.push(plain === undefined ? this.#substitution() : this.#value(plain));
      if (!this.takes(/"/y)) throw new Unreadable('an argument without its closing quote');
    }
    if (this.#at < this.#text.length && !ends.includes(this.#text[this.#at] as string) && this.#text[this.#at] !== ' ') throw new Unreadable('text after printf');
    return bytesOf(format).replace(/\\([0-7]{3})|\\n|%%|%s|[\\%]/g, (found, digits: string | undefined) => {
      if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 8));
      if (found === '\\n') return '\n';
      if (found === '%%') return '%';
      if (found !== '%s') throw new Unreadable('a printf format of unknown form');
      return values.shift() ?? '';
    });
  }

  #value(name: string): Bytes {
    const value = this.#values.get(name);
    if (value === undefined) throw new Unreadable('a variable without a value');
    return bytesOf(value);
  }
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', v: '\v' };
export const unquoted = (text: Bytes): Bytes => text.replace(/\\([\s\S])/g, (_, c: string) => escapes[c] ?? c);

/** What curl sends with these options. */
export function requestOf(options: readonly Option[]): Sent {
  const one = (...names: string[]): Bytes | undefined => options.find(([name]) => names.includes(name))?.[1];
  const url = /^(https?:\/\/[^/]+)(\/[\s\S]*)$/.exec(one('url') ?? '');
  if (!url) throw new Unreadable('no URL');
  const lines = options.filter(([name]) => name === 'header').map(([, line]) => line);
  const sent = lines.flatMap((line) => {
    if (!line.includes(':')) return line.endsWith(';') ? [`${line.slice(0, -1)}:`] : [];
    return line.slice(line.indexOf(':') + 1).trim() === '' ? [] : [line];
  });
  const data = options.find(([name]) => name === 'data-binary' || name === 'data-raw' || name === 'stdin');
  if (data?.[0] === 'data-binary' && data[1].startsWith('@')) throw new Unreadable('a body that names a file');
  const named = (name: string): boolean => lines.some((line) => line.slice(0, name.length + 1).toLowerCase().replace(/[:;]$/, ':') === `${name}:`);
  const own = ['user-agent', 'accept', ...(data ? ['content-type'] : [])].filter((name) => !named(name));
  if (own.length > 0) throw new Unreadable('headers that curl adds by itself');
  const head = options.some(([name]) => name === 'head');
  return { method: head ? 'HEAD' : (one('request') ?? ''), origin: url[1] as string, target: one('request-target') ?? (url[2] as string), headers: sent, body: data?.[1] ?? '' };
}
