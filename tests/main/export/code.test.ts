import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Exchange, RunEvent } from '../../../src-main/contract/index.ts';
import { bytesOf } from '../../../src-main/contract/index.ts';
import type { Language } from '../../../src-main/export/code.ts';
import { codeOf } from '../../../src-main/export/code.ts';

const LANGUAGES: readonly Language[] = ['javascript', 'python', 'go', 'java', 'csharp'];
const exchangeOf = (request: string): Exchange => ({
  id: 'e', purpose: 'token', method: 'POST', url: 'https://as.example/token?a=%22', request, response: null, times: { started: 0, ended: 1 }, connection: null, tls: null, failure: null,
} satisfies Extract<RunEvent, { type: 'exchange-recorded' }>['exchange']);
const request = (body: string, header: string): string => `POST /token HTTP/1.1\r\nHost: as.example\r\nX-Hostile: ${header}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const variables = [{ name: 'CODE_1', describes: 'authorization code' }];
const env = { CODE_1: 'the "code"\\' };

/** The literals and variables of an expression in the order they stand, by the rules all five languages share. */
function valuesIn(code: string, at: number): string {
  let value = '';
  let rest = code.slice(at);
  for (;;) {
    const literal = /^(["'])((?:\\(?:u[0-9a-f]{4}|[\\"nrt])|[^\\"'\n])*)\1/.exec(rest);
    const variable = /^(?:process\.env\.CODE_1|os\.environ\["CODE_1"\]|os\.Getenv\("CODE_1"\)|System\.getenv\("CODE_1"\)|Environment\.GetEnvironmentVariable\("CODE_1"\))/.exec(rest);
    if (literal) value += JSON.parse(`"${literal[2] as string}"`) as string;
    else if (variable) value += env.CODE_1;
    else throw new Error(`no expression at ${rest.slice(0, 40)}`);
    rest = rest.slice((literal ?? variable)?.[0].length);
    if (!rest.startsWith(' + ')) return value;
    rest = rest.slice(3);
  }
}

const after = (code: string, pattern: RegExp): number => {
  const match = pattern.exec(code);
  if (!match) throw new Error(`no ${String(pattern)}`);
  return match.index + match[0].length;
};
const bodyAt: Readonly<Record<Language, RegExp>> = { javascript: /body: (?=['"p])/, python: /payload = /, go: /strings\.NewReader\(/, java: /BodyPublishers\.ofString\(/, csharp: /new StringContent\(/ };

const marks = ['\'', '"', '`', '\\', '$(id)', '${x}', '!', '%PATH%', '^', '\n', '\t', '\u0001', '@', '-', '{{CODE_1}}', '{{X}}', '#{x}', '*/', '//', 'é', '😀', '\u2028', '\u202e', '\\u0022', 'grantscope0value', '"grantscope1value"', 'https://grantscope-url.invalid/'];
const hostile = fc.array(fc.oneof(fc.constantFrom(...marks), fc.string({ minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')).filter((text) => text.isWellFormed());

describe('refuses', () => {
  const refused: [string, string][] = [
    ['a body that is no text', request('\u00ff', 'a')], ['a header sent twice', request('a', 'a').replace('Content-Type', 'x-hostile')], ['a header name that is code', request('a', 'a').replace('X-Hostile', "X'+x")],
    ['a method that is code', request('a', 'a')],
  ];
  it.each(refused)('%s', async (what, bytes) => {
    const made = await codeOf({ ...exchangeOf(bytes), ...(what.includes('method') && { method: 'POST"' }) }, 'python', variables);
    expect(made.ok ? null : made.problem.code).toBe('not-exportable');
  });
});

describe.each(LANGUAGES)('%s', (language) => {
  it('holds hostile values as one expression each, whatever stands in them', async () => {
    await fc.assert(fc.asyncProperty(hostile, hostile, async (a, b) => {
      const header = a.replace(/[\r\n\0]/g, '').trim() || 'x';
      const made = await codeOf(exchangeOf(request(bytesOf(b), bytesOf(header))), language, variables);
      if (!made.ok) throw new Error(made.problem.why);
      const { text } = made.value;
      const expected = (value: string): string => value.replaceAll('{{CODE_1}}', env.CODE_1);
      expect(valuesIn(text, after(text, bodyAt[language]))).toBe(expected(b));
      expect(valuesIn(text, after(text, language === 'go' || language === 'java' ? /"[Xx]-[Hh]ostile", / : language === 'csharp' ? /\{ "[Xx]-[Hh]ostile", / : /['"][Xx]-[Hh]ostile['"]: /))).toBe(expected(header));
    }), { numRuns: 40 });
  });
  it('names the variables and the cost of sending it again', async () => {
    const made = await codeOf(exchangeOf(request('grant_type=authorization_code&code={{CODE_1}}', 'a')), language, variables);
    expect(made.ok && made.value.text).toMatch(/Sending it again: spends-the-grant\..*\n.*Environment variable CODE_1: authorization code\n/);
  });
});

describe('run by an interpreter', () => {
  const body = 'code={{CODE_1}}&a=\'"\\\\n\u2028é${x}`';
  const made = (language: Language) => codeOf(exchangeOf(request(bytesOf(body), '"quoted\\')), language, variables);
  it('JavaScript fetches with the same headers and body', async () => {
    const code = await made('javascript');
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', `globalThis.fetch = async (url, options) => { console.log(JSON.stringify([url, options.method, options.headers, options.body])); return { json: () => 1 }; };\n${code.ok ? code.value.text : ''}`], { env: { ...env, ELECTRON_RUN_AS_NODE: '1' }, encoding: 'utf8' });
    const [url, method, headers, sent] = JSON.parse(run.stdout.split('\n')[0] ?? '') as [string, string, Record<string, string>, string];
    expect([url, method, sent]).toEqual(['https://as.example/token?a=%22', 'POST', body.replace('{{CODE_1}}', env.CODE_1)]);
    expect(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])).toContainEqual(['x-hostile', '"quoted\\']);
  });
  it('Python posts the same headers and body', async () => {
    const code = await made('python');
    const stand = 'import sys, types, json\nm = types.ModuleType("requests")\nclass R: text = ""\ndef post(url, data=None, headers=None, **more):\n  print(json.dumps([url, data, headers])); return R()\nm.post = post\nsys.modules["requests"] = m\n';
    const run = spawnSync('python3', ['-c', `${stand}${code.ok ? code.value.text : ''}`], { env: { ...env, PATH: process.env['PATH'] ?? '', PYTHONUTF8: '1' }, encoding: 'utf8' });
    expect(run.stderr).toBe('');
    const [url, sent, headers] = JSON.parse(run.stdout.split('\n')[0] ?? '') as [string, string, Record<string, string>];
    expect([url, sent]).toEqual(['https://as.example/token?a=%22', body.replace('{{CODE_1}}', env.CODE_1)]);
    expect(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])).toContainEqual(['x-hostile', '"quoted\\']);
  });
});
