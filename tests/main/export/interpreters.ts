import { spawn } from 'node:child_process';

/**
 * PowerShell and cmd as their documentation says they read a line, written apart from the app's own readers. Where no interpreter
 * is at hand these stand for one: what they give goes to the real curl.
 */

type Environment = Readonly<Record<string, string>>;
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** about_Quoting_Rules, about_Operators: tokens of a string expression, evaluated left to right. */
function expression(source: string, env: Environment, functions: ReadonlyMap<string, string>): string {
  let at = 0;
  const skip = (): void => { while (source[at] === ' ') at += 1; };
  const word = (): string => {
    const match = /^[\w$:[\]]+/.exec(source.slice(at));
    at += match?.[0].length ?? 0;
    return match?.[0] ?? '';
  };
  function primary(): string {
    skip();
    if (source[at] === "'") {
      let text = '';
      for (at += 1; ; at += 1) {
        if (at >= source.length) throw new Error('open string');
        if (source[at] === "'") {
          at += 1;
          if (source[at] !== "'") return text;
        }
        text += source[at];
      }
    }
    if (source[at] === '(') {
      at += 1;
      skip();
      const value = /^[a-z]/.test(source[at] ?? '') ? call() : sum();
      skip();
      if (source[at] !== ')') throw new Error(`no ) at ${at} of ${source}`);
      at += 1;
      return value;
    }
    const name = word();
    const character = /^\[char\](\d+)$/.exec(name)?.[1];
    if (character !== undefined) return String.fromCharCode(Number(character));
    if (name === '$file') return 'FILE';
    const variable = /^\$env:(\w+)$/.exec(name)?.[1];
    if (variable === undefined) throw new Error(`unknown token ${name || source[at]}`);
    return env[variable] ?? '';
  }
  function call(): string {
    const name = word();
    const argument = primary();
    switch (name) {
      case 'plain': return bytesOf(argument);
      case 'quoted': return bytesOf(argument).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
      case 'base64': return Buffer.from(argument, 'latin1').toString('base64');
      default: return percentEncoded(argument, functions.get(name));
    }
  }
  function sum(): string {
    let value = primary();
    for (skip(); source[at] === '+'; skip()) {
      at += 1;
      value += primary();
    }
    return value;
  }
  const value = sum();
  if (source.slice(at).trim() !== '') throw new Error(`text after the expression: ${source.slice(at)}`);
  return value;
}

function percentEncoded(text: string, definition: string | undefined): string {
  if (definition === undefined) throw new Error('unknown function');
  const keep = (/-or '((?:[^']|'')*)'\.Contains/.exec(definition)?.[1] ?? '').replaceAll("''", "'");
  return [...Buffer.from(text, 'utf8')].map((byte) => {
    const c = String.fromCharCode(byte);
    if (/[A-Za-z0-9]/.test(c) || keep.includes(c)) return c;
    if (byte === 32 && definition.includes('elseif ($byte -eq 32)')) return '+';
    const hex = byte.toString(16).padStart(2, '0');
    return `%${definition.includes('{0:x2}') ? hex : hex.toUpperCase()}`;
  }).join('');
}

/** What the script hands to curl: arguments, the bytes of standard input, and the file `FILE`. */
export function asPowershell(script: string, env: Environment): { args: string[]; config: string; file: string | null } {
  const lines = script.split('\n').filter((line) => !line.startsWith('#'));
  const functions = new Map(lines.flatMap((line): [string, string][] => {
    const match = /^ {2}function (encoded\d*)(.*)$/.exec(line);
    return match ? [[match[1] as string, match[2] as string]] : [];
  }));
  const from = lines.indexOf('  $config = @(');
  const to = lines.indexOf('  ) -join "`n"');
  const args = lines.map((line) => /^ {2}\$start\.Arguments = '(.*)'$/.exec(line)?.[1]).find((found) => found !== undefined) ?? '';
  const file = lines.map((line) => /FromBase64String\('(.*)'\)\)$/.exec(line)?.[1]).find((found) => found !== undefined);
  return {
    args: args.split(' '), config: lines.slice(from + 1, to).map((line) => expression(line.trim(), env, functions)).join('\n'),
    file: file === undefined ? null : Buffer.from(file, 'base64').toString('latin1'),
  };
}

/** The phases of cmd, then CommandLineToArgvW, then curl's expansion of variables. */
export function asCmd(command: string, env: Environment, use: 'prompt' | 'file'): string[] {
  const source = command.split('\n').filter((line) => !/^(?:rem |@echo off)/.test(line)).join('\n');
  // Phase 1. `%name%` or `%name:a=b%`: a prompt leaves it where there is no such variable, a file drops it; a file reads %% as %.
  const shell: Environment = { PATH: 'EVIL-PATH', ...env };
  const percent = use === 'file'
    ? source.replace(/%%|%([^%\n]*)%|%/g, (found, name: string | undefined) => (found === '%%' ? '%' : shell[(name ?? '').split(':')[0] as string] ?? ''))
    : source.replace(/%([^%\n]+?)(?::[^%\n]*)?%/g, (found, name: string) => shell[name] ?? found);
  // Phase 2. Carets outside quotes.
  let line = '';
  let quoted = false;
  for (let at = 0; at < percent.length; at += 1) {
    const c = percent[at] as string;
    if (c === '^' && !quoted) {
      at += 1;
      if (percent[at] === '\n') at += 1;
      line += percent[at] ?? '';
      continue;
    }
    if (c === '"') quoted = !quoted;
    if (!quoted && /[&|<>\n]/.test(c)) throw new Error(`cmd would act on ${JSON.stringify(c)}`);
    line += c;
  }
  return expandedByCurl(argv(line), env);
}

function argv(line: string): string[] {
  const found: string[] = [];
  const pattern = / *((?:"(?:\\*"{0}[^"\\]|\\+(?!["\\])|\\(?:\\\\)*"|(?:\\\\)+(?="))*"|[^ "\\]|\\+(?!["\\])|\\(?:\\\\)*"|(?:\\\\)+(?="))+)/gy;
  for (let match = pattern.exec(line); match; match = pattern.exec(line)) found.push(unquote(match[1] as string));
  return found;
}

function unquote(word: string): string {
  return word.replace(/(\\+)"|"/g, (_, slashes: string | undefined) => {
    if (slashes === undefined) return '\0';
    return '\\'.repeat(Math.floor(slashes.length / 2)) + (slashes.length % 2 === 1 ? '"' : '\0');
  }).replaceAll('\0', '');
}

function expandedByCurl(args: readonly string[], env: Environment): string[] {
  const known = new Map<string, string>();
  const expand = (text: string): string => text.replace(/\\?\{\{([^}]*)\}\}|\\\{\{/g, (found, reference: string | undefined) => {
    if (found.startsWith('\\')) return found.slice(1);
    const [name = '', ...functions] = (reference ?? '').split(':');
    let value = known.get(name);
    if (value === undefined) throw new Error(`unknown variable ${name}`);
    for (const one of functions) value = one === 'b64' ? Buffer.from(value, 'latin1').toString('base64') : encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    return value;
  });
  const out: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const option = args[at] as string;
    if (!/^--(?:expand-|variable$)/.test(option)) {
      out.push(option);
      continue;
    }
    const value = option === '--variable' ? (args[at += 1] as string) : expand(args[at += 1] as string);
    if (!/^--(?:expand-)?variable$/.test(option)) {
      out.push(option.replace('--expand-', '--'), value);
      continue;
    }
    if (value.startsWith('%')) known.set(value.slice(1), env[value.slice(1)] ?? '');
    else known.set(value.slice(0, value.indexOf('=')), value.slice(value.indexOf('=') + 1));
  }
  return out;
}

/** The real curl. */
export async function curl(args: readonly string[], input = ''): Promise<{ code: number | null; output: string; errors: string }> {
  const child = spawn('curl', [...args], { stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] ?? '' } });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (data) => { output += String(data); });
  child.stderr.on('data', (data) => { errors += String(data); });
  child.stdin.on('error', () => undefined);
  child.stdin.end(Buffer.from(input, 'latin1'));
  const code = await new Promise<number | null>((resolve, reject) => { child.on('error', reject); child.on('close', resolve); });
  return { code, output, errors };
}
