import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Exchange, SecretKind } from '../../../src-main/contract/index.ts';
import { bytesOf } from '../../../src-main/contract/index.ts';
import type { CurlCommand } from '../../../src-main/export/index.ts';
import { curlCommand } from '../../../src-main/export/index.ts';
import type { Shell } from './shells.ts';
import { rawServer, runIn, SHELLS } from './shells.ts';

type Known = { kind: SecretKind; value: string };

let server: Awaited<ReturnType<typeof rawServer>>;
beforeAll(async () => { server = await rawServer(); });
afterAll(async () => { await server.close(); });

const exchangeOf = (request: string, url = `http://127.0.0.1:${server?.port ?? 1}/`): Exchange => ({
  id: 'e', purpose: 'token', method: 'POST', url, request, response: null, times: { started: 1_700_000_000_000, ended: 1_700_000_000_100 }, connection: null, tls: null, failure: null,
});

/** A request as the app sends it; `headers` between Host and the length. */
const request = (body: string, headers = '', target = '/token', method = 'POST'): string =>
  `${method} ${target} HTTP/1.1\r\nHost: as.example\r\n${headers}${body === '' ? '' : `content-length: ${body.length}\r\n`}\r\n${body}`;

const FORM = 'content-type: application/x-www-form-urlencoded\r\n';

function commandFor(bytes: string, known: Known[] | 'included' = []): CurlCommand {
  const command = curlCommand(exchangeOf(bytes), known === 'included' ? { secrets: 'included', known: [] } : { secrets: 'variables', known });
  if (!command.ok) throw new Error(`${command.problem.message} ${command.problem.why ?? ''}`);
  return command.value;
}

async function sends(shell: Shell, command: CurlCommand, env: Record<string, string> = {}): Promise<string> {
  server.received.length = 0;
  const { code, output, errors } = await runIn(shell, command.text, env);
  expect({ code, errors, output }).toMatchObject({ code: 0, errors: '', output: expect.stringContaining('200 OK') as string });
  expect(server.received).toHaveLength(1);
  return server.received[0] as string;
}

const eachShell = async (check: (shell: Shell) => Promise<void>): Promise<void> => { for (const shell of SHELLS) await check(shell); };

describe('refuses what curl or a shell would change', () => {
  const refused: [string, string][] = [
    ['a cut-off head', 'POST / HTTP/1.1\r\nHost: a'],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n'],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n'],
    ['a bare LF in a header', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\nb\r\n\r\n'],
    ['a header that names a file', 'GET / HTTP/1.1\r\nHost: a\r\n@/etc/passwd: x\r\n\r\n'],
    ['no header name', 'GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n'],
    ['a request line of another protocol', 'GET / HTTP/2\r\nHost: a\r\n\r\n'],
    ['several chunks', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n'],
    ['HEAD with a body', 'HEAD / HTTP/1.1\r\nHost: a\r\ncontent-length: 1\r\n\r\na'],
  ];
  it.each(refused)('%s', (_, bytes) => {
    const command = curlCommand(exchangeOf(bytes), { secrets: 'included', known: [] });
    expect(command.ok).toBe(false);
    if (!command.ok) expect(command.problem).toMatchObject({ code: 'not-exportable', why: expect.stringMatching(/\w{4}/) as string });
  });

  it('another scheme', () => {
    expect(curlCommand(exchangeOf('GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'file:///etc/passwd'), { secrets: 'included', known: [] }).ok).toBe(false);
  });
});

describe('the form with variables', () => {
  const secret = 'CANARY-s+e/c=r&t %"x"';
  const code = 'CANARY-code-1/2.3';
  const refresh = 'CANARY-refresh';
  const basic = `Authorization: Basic ${btoa(`client-1:${new URLSearchParams({ a: secret }).toString().slice(2)}`)}\r\n`;
  const known: Known[] = [{ kind: 'client_secret', value: secret }, { kind: 'authorization_code', value: code }];

  it('names each secret and shows none of them', () => {
    const { text, variables } = commandFor(request(`grant_type=authorization_code&code=${encodeURIComponent(code)}&code_verifier=verifier-1`, basic + FORM), known);
    expect(variables).toEqual([
      { name: 'CLIENT_SECRET', describes: 'client secret' }, { name: 'CODE', describes: 'authorization code' }, { name: 'CODE_VERIFIER', describes: 'code verifier' },
    ]);
    for (const hidden of ['CANARY', 'verifier-1', btoa('CANARY').slice(0, 6), 'Q0FOQV']) expect(text).not.toContain(hidden);
    expect(text.split('\n').find((line) => line.startsWith('curl'))).toMatch(/^curl --disable /);
  });

  it('hides by name alone what nobody told it', () => {
    const { text } = commandFor(request('client_secret=abc&scope=abc', `Cookie: a=b1\r\nX-Api-Key: k1\r\nAuthorization: Bearer t1\r\n${FORM}`));
    expect(text).toContain('client_secret=${CLIENT_SECRET}&scope=abc');
    for (const hidden of ['b1', 'k1', 't1']) expect(text.split('CURL_CONFIG\n')[1]).not.toContain(hidden);
  });

  it('numbers different secrets of a kind and gives one secret one name', () => {
    const { text } = commandFor(request(`refresh_token=${refresh}&x=${refresh}&refresh_token=${refresh}-2`, FORM), [{ kind: 'refresh_token', value: refresh }]);
    expect(text).toContain('refresh_token=${REFRESH_TOKEN}&x=${REFRESH_TOKEN}&refresh_token=${REFRESH_TOKEN_2}');
  });

  it('is refused where a secret stands in the comment-safe parts', () => {
    expect(curlCommand(exchangeOf(request('', '', '/', 'CANARY-METHOD')), { secrets: 'variables', known: [{ kind: 'other', value: 'CANARY-METHOD' }] }).ok).toBe(false);
  });

  it('sends the recorded bytes once the variables are set', async () => {
    const bytes = request(
      `grant_type=authorization_code&code=${encodeURIComponent(code)}&client_secret=${encodeURIComponent(secret)}&assertion=%41bc&scope=openid+profile!`,
      `${basic}accept: application/json\r\n${FORM}X-Empty:\r\nx-LOWER:  two spaces \r\n`, `/token?access_token=${encodeURIComponent('at?/"')}&q=[1]{a}`,
    );
    const command = commandFor(bytes, known);
    await eachShell(async (shell) => {
      expect(await sends(shell, command, { CLIENT_SECRET: secret, CODE: code, ACCESS_TOKEN: 'at?/"', CLIENT_ASSERTION_ENCODED: '%41bc' })).toBe(bytes);
    });
  });

  it('sends raw values with quotes, JSON members and bodies no text can carry', async () => {
    const header = request('', 'X-Api-Key: a"b\\c\r\nAuthorization: DPoP tok\r\n', '/x', 'GET');
    const json = request('{"client_secret":"a\\"b","code":"c-1"}', 'content-type: application/json\r\n');
    const binary = request('\0\u00ff%s\\n\'"!\n\u00011CANARY-refresh2', 'content-type: application/octet-stream\r\n');
    await eachShell(async (shell) => {
      expect(await sends(shell, commandFor(header), { X_API_KEY: 'a"b\\c', ACCESS_TOKEN: 'tok' })).toBe(header);
      expect(await sends(shell, commandFor(json), { CLIENT_SECRET: 'a"b', CLIENT_SECRET_ENCODED: 'a\\"b', CODE: 'c-1' })).toBe(json);
      expect(await sends(shell, commandFor(binary, [{ kind: 'refresh_token', value: refresh }]), { REFRESH_TOKEN: refresh })).toBe(binary);
    });
  });

  it('gives no secret to a program as an argument, and sends nothing while a variable is missing', async () => {
    const bytes = request(`code=${code}&client_secret=${encodeURIComponent(secret)}`, basic + FORM);
    const command = commandFor(bytes, known);
    const traced = `exec 2>&1\ncurl() { printf '[%s]' "$@"; cat >/dev/null; }\nod() { printf '[%s]' "$@" >&2; command od "$@"; }\nawk() { printf '[%s]' "$@" >&2; command awk "$@"; }\n`
      + `base64() { printf '[%s]' "$@" >&2; command base64 "$@"; }\ntr() { printf '[%s]' "$@" >&2; command tr "$@"; }\n${command.text}`;
    await eachShell(async (shell) => {
      const seen = await runIn(shell, traced, { CLIENT_SECRET: secret, CODE: code });
      expect(seen.output).toContain('[--disable]');
      expect(seen.output).not.toContain('CANARY');
      server.received.length = 0;
      expect((await runIn(shell, command.text, { CODE: code })).code).not.toBe(0);
      expect(server.received).toEqual([]);
    });
  });

  it('sends the same bytes for hostile secrets', async () => {
    let turn = 0;
    await fc.assert(fc.asyncProperty(hostile, async (value) => {
      fc.pre(!value.includes('\0'));
      const bytes = request(`client_secret=${encodeURIComponent(value)}&a=b`, `Authorization: Basic ${btoa(`id!'$:${encodeURIComponent(value)}`)}\r\n${FORM}`);
      const command = commandFor(bytes, [{ kind: 'client_secret', value }]);
      if (value.length >= 6) expect(command.text).not.toContain(value);
      expect(await sends(SHELLS[turn++ % 3] as Shell, command, { CLIENT_SECRET: value, CLIENT_SECRET_ENCODED: encodeURIComponent(value) })).toBe(bytes);
    }), { numRuns: 12 });
  });
});

const marks = ['\'', '"', '`', '\\', '$(id)', '${x}', '$x', '!', '!!', '%PATH%', '^', '&', '|', '<', '>', ';', '\n', '\r', '\t', '\u0001', '\u001b', '\u007f', '@', '-', '--', '\u2018', '\u201e', '\u2028', '\u202e', '😀', 'é', '\u0085', '#', '*', '~', '\nCURL_CONFIG\n', '%41', '%s', '\\n', '\\0'];
const hostile = fc.array(fc.oneof(fc.constantFrom(...marks), fc.string({ minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 14 }).map((parts) => parts.join('')).filter((text) => text.isWellFormed());

describe('the form with secrets', () => {
  it('reads like a command people write, where the parts are plain text', () => {
    const { text, variables } = commandFor(request('grant_type=refresh_token&refresh_token=it\'s', `accept: */*\r\nuser-agent: x\r\n${FORM}`), 'included');
    expect(variables).toEqual([]);
    expect(text.split('\n').slice(0, 2)).toEqual([expect.stringMatching(/^# token request to /), expect.stringMatching(/^# Sending it again: may-end-the-session\. /)]);
    expect(text.split('\n').slice(2).join('\n')).toBe([
      'curl --disable --silent --show-error --include --globoff --path-as-is --http1.1 \\',
      '  --request \'POST\' \\', `  --url 'http://127.0.0.1:${server.port}/token' \\`, '  --header \'Host: as.example\' \\', '  --header \'accept: */*\' \\', '  --header \'user-agent: x\' \\',
      '  --header \'content-type: application/x-www-form-urlencoded\' \\', '  --header \'content-length: 43\' \\', '  --data-binary \'grant_type=refresh_token&refresh_token=it\'\\\'\'s\'',
    ].join('\n'));
  });

  const cases: Record<string, () => string> = {
    'a GET without user-agent and accept': () => request('', '', '/a/../b?x=%20', 'GET'),
    'Host in lower case and not first': () => 'POST /x HTTP/1.1\r\naccept: a\r\nhost: as.example\r\nconnection: close\r\ncontent-length: 1\r\n\r\nb',
    'a body that looks like a file name': () => request('@/etc/passwd', FORM),
    'HTTP/1.0, an empty body and a strange method': () => 'M-X! /~$`\' HTTP/1.0\r\nHost: a\r\ncontent-length: 0\r\n\r\n',
    'a target that is no path': () => 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
    'HEAD': () => 'HEAD /h HTTP/1.1\r\nHost: a\r\n\r\n',
    'one chunk': () => 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na\nb\r\n0\r\n\r\n',
    'no content type, more than 1 MB': () => request('x%\n'.repeat(400_000)),
    'compressed answers wanted': () => request('', 'accept-encoding: gzip, deflate\r\naccept: x\r\n', '/', 'GET'),
    'every byte in the body': () => request(Array.from({ length: 256 }, (_, byte) => `${String.fromCharCode(byte)}7`).join('')),
    'every byte but NUL and line ends in a header': () => request('', `x: a${Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).filter((c) => !'\0\r\n'.includes(c)).join('')}z\r\n`, '/', 'GET'),
    'duplicated headers in order': () => request('a', 'b: 1\r\na: 2\r\nB: 3\r\nset-cookie: q\r\n'),
  };
  it.each(Object.entries(cases))('%s', async (_, make) => {
    const bytes = make();
    const command = commandFor(bytes, 'included');
    await eachShell(async (shell) => expect(await sends(shell, command)).toBe(bytes));
  });

  it('an IPv6 address', async () => {
    const six = await rawServer('::1').catch(() => null);
    if (!six) return;
    const bytes = request('', '', '/six', 'GET');
    const command = curlCommand(exchangeOf(bytes, `http://[::1]:${six.port}/six`), { secrets: 'included', known: [] });
    expect(command.ok && (await runIn('dash', command.value.text)).code).toBe(0);
    expect(six.received).toEqual([bytes]);
    await six.close();
  });

  it('a ~/.curlrc changes nothing, and other locales neither', async () => {
    const bytes = request(bytesOf('é→😀\u0001'), FORM);
    const command = commandFor(bytes, 'included');
    for (const shell of SHELLS) {
      server.received.length = 0;
      await runIn(shell, `printf 'user-agent = "evil"\\nheader = "X: y"\\n' > "$HOME/.curlrc"\n${command.text}`, { LC_ALL: 'C' });
      expect(server.received).toEqual([bytes]);
    }
  });

  it('reads no history in an interactive bash', async () => {
    const bytes = request('a!b !! !$ \'!x\'\n!y', 'x: !!\r\ncontent-type: a\r\n');
    const command = commandFor(bytes, 'included');
    server.received.length = 0;
    await runIn('bash', `bash --norc -i -s <<'OUTER' 2>/dev/null\nset -o history -H\necho one\n${command.text}\nOUTER`);
    expect(server.received).toEqual([bytes]);
  });

  it('hostile values in every part', async () => {
    let turn = 0;
    await fc.assert(fc.asyncProperty(hostile, hostile, hostile, async (a, b, c) => {
      const inLine = (text: string): string => bytesOf(text).replace(/[\r\n]/g, '').trim() || 'x';
      const bytes = request(bytesOf(c), `X-A: ${inLine(a)}\r\nx-b:${inLine(b)}\r\n`, `/${inLine(a).replaceAll(/[\s\0]/g, '')}?${inLine(b).replaceAll(/[\s\0]/g, '')}`);
      fc.pre(!bytes.includes('\0'));
      expect(await sends(SHELLS[turn++ % 3] as Shell, commandFor(bytes, 'included'))).toBe(bytes);
    }), { numRuns: 15 });
  });
});
