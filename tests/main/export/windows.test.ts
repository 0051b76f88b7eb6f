import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Exchange } from '../../../src-main/contract/index.ts';
import { bytesOf } from '../../../src-main/contract/index.ts';
import type { CurlCommand, KnownSecret, Shell } from '../../../src-main/export/index.ts';
import { curlCommand } from '../../../src-main/export/index.ts';
import { sentByCmd } from '../../../src-main/export/cmd-read.ts';
import { sentByPowershell } from '../../../src-main/export/powershell-read.ts';
import { asCmd, asPowershell, curl } from './interpreters.ts';
import { rawServer } from './shells.ts';

let server: Awaited<ReturnType<typeof rawServer>>;
const folder = mkdtempSync(join(tmpdir(), 'grantscope-win-'));
beforeAll(async () => { server = await rawServer(); });
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const exchangeOf = (request: string): Exchange => ({
  id: 'e', purpose: 'token', method: 'POST', url: `http://127.0.0.1:${server.port}/`, request, response: null, times: { started: 1_700_000_000_000, ended: 1_700_000_000_100 }, connection: null, tls: null, failure: null,
});
const request = (body: string, headers = '', target = '/token', method = 'POST'): string =>
  `${method} ${target} HTTP/1.1\r\nHost: as.example\r\n${headers}${body === '' ? '' : `content-length: ${body.length}\r\n`}\r\n${body}`;
const FORM = 'content-type: application/x-www-form-urlencoded\r\n';

const made = (shell: Shell, bytes: string, known: KnownSecret[] | 'included') => curlCommand(
  exchangeOf(bytes), known === 'included' ? { secrets: 'included', known: [], shell } : { secrets: 'variables', known, shell },
);
function commandFor(shell: Shell, bytes: string, known: KnownSecret[] | 'included'): CurlCommand {
  const command = made(shell, bytes, known);
  if (!command.ok) throw new Error(`${command.problem.message} ${command.problem.why ?? ''}`);
  return command.value;
}

async function sends(shell: Shell, { text }: CurlCommand, env: Record<string, string> = {}): Promise<string> {
  server.received.length = 0;
  let answer;
  if (shell === 'powershell') {
    const { args, config, file } = asPowershell(text, env);
    if (file !== null) writeFileSync(join(folder, 'FILE'), Buffer.from(file, 'latin1'));
    answer = await curl(args, config.replace('"@FILE"', `"@${join(folder, 'FILE')}"`));
  } else {
    const [program, ...args] = asCmd(text, env, shell === 'cmd' ? 'prompt' : 'file');
    expect(program).toBe('curl');
    answer = await curl(args);
  }
  expect(answer).toMatchObject({ code: 0, errors: '' });
  expect(server.received).toHaveLength(1);
  return server.received[0] as string;
}

const CMD: readonly Shell[] = ['cmd', 'cmd-file'];
const ALL: readonly Shell[] = ['powershell', ...CMD];

describe('what a shell cannot carry is refused with the reason', () => {
  const cases: [string, string, RegExp][] = [
    ['a line break', 'a\nb', /line break/], ['a NUL', 'a\0b', /NUL/], ['a control character', 'a\u001bb', /control/],
    ['a letter beyond ASCII', bytesOf('é'), /beyond ASCII/], ['a body that is no UTF-8', '\u00ff', /beyond ASCII/], ['more than a line takes', 'x'.repeat(9000), /8191/],
  ];
  it.each(cases)('cmd: %s', (_, body, why) => {
    for (const shell of CMD) {
      const command = made(shell, request(body), 'included');
      expect(command.ok).toBe(false);
      if (!command.ok) expect(command.problem).toMatchObject({ code: 'not-exportable', why: expect.stringMatching(why) as string, next: expect.stringContaining('PowerShell') as string });
    }
  });
  it('cmd: a secret beyond ASCII', () => {
    expect(made('cmd', request(`client_secret=${encodeURIComponent('CANARY-é')}`, FORM), []).ok).toBe(false);
  });
  it('PowerShell: a secret in a body that needs a file', () => {
    const command = made('powershell', request('\0CANARY-refresh'), [{ kind: 'refresh_token', value: 'CANARY-refresh' }]);
    expect(command.ok).toBe(false);
  });
});

describe('the readers refuse what the writers never write', () => {
  it('cmd: anything that cmd would act on', () => {
    for (const text of ['curl --disable --url ^"http://a/^" & calc', 'curl --disable --url "a"', 'curl --disable --url ^"%PATH%^"', 'curl --disable --url ^"a^"\ncalc', 'calc', 'curl --disable --data-raw ^"a']) {
      expect(sentByCmd(text, new Map(), 'prompt').ok).toBe(false);
    }
    expect(sentByCmd('curl --disable --url ^"%PATH^%^"', new Map(), 'file').ok).toBe(false);
    expect(sentByCmd('curl --disable --variable ^"%^X^" --expand-url ^"{{X:trim}}^"', new Map([['X', 'a']]), 'prompt').ok).toBe(false);
  });
  it('PowerShell: another statement, an expression in double quotes, a sum that begins with a number', () => {
    const { text } = commandFor('powershell', request('a=b', FORM), 'included');
    const script = text.split('\n').filter((line) => !line.startsWith('#')).join('\n');
    expect(sentByPowershell(script, new Map()).ok).toBe(true);
    for (const changed of [script.replace('  $config', '  calc\n  $config'), script.replace("'request", '"request'), script.replace("    'request", "    [char]65 + 'request"), script.replace('a=b', 'a\u2019b'), `${script}\ncalc`, script.replace('& {', '& {\n  Invoke-Expression $env:X')]) {
      expect(sentByPowershell(changed, new Map()).ok).toBe(false);
    }
  });
});

describe('the form with variables', () => {
  const secret = 'CANARY-s+e/c=r&t %PATH%"x"^!$(id)`\'\\';
  const code = 'CANARY-code-1/2.3';
  const rfc3986 = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const basic = `Authorization: Basic ${btoa(`client!1:${rfc3986(secret)}`)}\r\n`;
  const known: KnownSecret[] = [{ kind: 'client_secret', value: secret }, { kind: 'authorization_code', value: code }];
  const bytes = request(`grant_type=authorization_code&code=${encodeURIComponent(code)}&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb&x=%PATH%&y={{CODE}}`, `${basic}X-Api-Key: k"\\\r\nAuthorization: Bearer CANARY-tok%41\r\n${FORM}`);

  it.each(ALL)('%s sends the recorded bytes and shows no secret', async (shell) => {
    const command = commandFor(shell, bytes, known);
    for (const hidden of ['CANARY', btoa('CANARY').slice(0, 6), btoa('client!1:CANARY').slice(0, 20)]) expect(command.text).not.toContain(hidden);
    expect(command.variables.map(({ name }) => name).toSorted()).toEqual(['ACCESS_TOKEN', 'CLIENT_SECRET', 'CODE', 'X_API_KEY']);
    expect(command.text).toContain(shell === 'powershell' ? '# Sending it again: spends-the-grant.' : 'rem Sending it again: spends-the-grant.');
    expect(await sends(shell, command, { CLIENT_SECRET: secret, CODE: code, X_API_KEY: 'k"\\', ACCESS_TOKEN: 'CANARY-tok%41' })).toBe(bytes);
  });

  it('says how to set a variable without a trace in the history', () => {
    expect(commandFor('powershell', bytes, known).text).toContain('# Set the variables first. Without a trace in the shell history: $env:');
    expect(commandFor('cmd', bytes, known).text).toContain('set /p ');
    expect(commandFor('cmd-file', bytes, known).text.split('\n')[0]).toBe('@echo off');
  });

  it('a secret that curl would encode otherwise stands as it was sent', async () => {
    const form = request(`client_secret=${new URLSearchParams({ a: 'a b*(' }).toString().slice(2)}`, FORM);
    const command = commandFor('cmd', form, [{ kind: 'client_secret', value: 'a b*(' }]);
    expect(command.variables.map(({ name }) => name)).toEqual(['CLIENT_SECRET_ENCODED']);
    expect(await sends('cmd', command, { CLIENT_SECRET_ENCODED: 'a+b*%28' })).toBe(form);
  });
});

const marks = ['\'', '"', '""', '`', '\\', '\\\\', '\\"', '$(id)', '${x}', '$x', '!', '!!', '%PATH%', '%PATH:a=b%', '%', '%%', '^', '^^', '&', '|', '<', '>', ';', ',', '(', ')', '@', '-', '--', '#', '*', '~', '{{', '\\{{X}}', '%41', '%s', ' '];
const wild = ['\n', '\r', '\t', '\0', '\u0001', '\u001b', '\u007f', '\u2018', '\u201e', '\u2028', '😀', 'é', '\u0085'];
const hostile = (more: readonly string[]): fc.Arbitrary<string> => fc.array(fc.oneof(fc.constantFrom(...marks, ...more), fc.string({ minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 14 })
  .map((parts) => parts.join('')).filter((text) => text.isWellFormed());
const inLine = (text: string): string => bytesOf(text).replace(/[\r\n\0]/g, '').trim() || 'x';
const inTarget = (text: string): string => inLine(text).replaceAll(/\s/g, '') || 'x';

describe('hostile values in every part', () => {
  it('PowerShell sends the same bytes, NUL and non-UTF-8 included', async () => {
    await fc.assert(fc.asyncProperty(hostile(wild), hostile(wild), hostile([...wild, '\u00ff']), async (a, b, c) => {
      const bytes = request(c.replace(/[^\u0000-\u00ff]/g, (one) => bytesOf(one)), `X-A: ${inLine(a)}\r\nx-b:${inLine(b)}\r\n`, `/${inTarget(a)}?${inTarget(b)}`);
      expect(await sends('powershell', commandFor('powershell', bytes, 'included'))).toBe(bytes);
    }), { numRuns: 25 });
  });

  it.each(CMD)('%s sends the same bytes or refuses', async (shell) => {
    let sent = 0;
    await fc.assert(fc.asyncProperty(hostile([]), hostile([]), hostile([]), async (a, b, c) => {
      const bytes = request(bytesOf(c), `X-A: ${inLine(a)}\r\nx-b:${inLine(b)}\r\n`, `/${inTarget(a)}?${inTarget(b)}`);
      const command = made(shell, bytes, 'included');
      if (!command.ok) return;
      sent += 1;
      expect(await sends(shell, command.value)).toBe(bytes);
    }), { numRuns: 40 });
    expect(sent).toBeGreaterThan(15);
  });

  it.each(ALL)('%s: hostile secrets', async (shell) => {
    await fc.assert(fc.asyncProperty(hostile([]), async (value) => {
      fc.pre(!value.includes('\0'));
      const bytes = request(`client_secret=${encodeURIComponent(value)}&a=b`, `Authorization: Basic ${btoa(`id!'$%x%:${encodeURIComponent(value)}`)}\r\n${FORM}`);
      const command = made(shell, bytes, [{ kind: 'client_secret', value }]);
      if (!command.ok) return;
      if (value.length >= 6) expect(command.value.text).not.toContain(value);
      expect(await sends(shell, command.value, { CLIENT_SECRET: value, CLIENT_SECRET_ENCODED: encodeURIComponent(value) })).toBe(bytes);
    }), { numRuns: 20 });
  });

  it('PowerShell carries a body that is longer than a line', async () => {
    const bytes = request('x%\n'.repeat(50_000));
    expect(await sends('powershell', commandFor('powershell', bytes, 'included'))).toBe(bytes);
  });
});
