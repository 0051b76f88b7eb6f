/** What a command must not print, and what a server that means harm can make it print. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { SecretKind } from '../../../src-main/contract/index.ts';
import { newEnvironment } from '../../../src-main/environment/index.ts';
import { SecretBook } from '../../../src-main/wire/secrets/index.ts';
import { HttpUser } from '../../support/browser/index.ts';
import { canary } from '../../support/keyring/canary.ts';
import { openBoth } from '../../support/keyring/runs.ts';
import { startPractice } from '../../support/practice/index.ts';
import { lastLine, play } from './play.ts';

const folder = mkdtempSync(join(tmpdir(), 'grantscope-silence-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let server: Server | null = null;
afterEach(() => { server?.closeAllConnections(); server?.close(); server = null; });

/** An authorization server that answers each token request with what the test makes of its body. */
async function hostile(answer: (body: string, authorization: string) => { status: number; json: object }): Promise<string> {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, json } = answer(Buffer.concat(chunks).toString('utf8'), request.headers.authorization ?? '');
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    });
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(join(folder, 'hostile.json'), JSON.stringify({
    format: 'grantscope-environment', version: 1, name: 'Hostile', client: { id: 'app' },
    provider: { kind: 'manual', endpoints: { authorization_endpoint: `${origin}/a`, token_endpoint: `${origin}/t` } },
  }));
  return 'hostile.json';
}

/** The person's browser, straight to the redirect. */
const comeBack = (code: string) => async (url: string): Promise<void> => {
  const { searchParams } = new URL(url);
  await new HttpUser().go(`${searchParams.get('redirect_uri') ?? ''}?code=${code}&state=${searchParams.get('state') ?? ''}`);
};

describe('grantscope run prints', () => {
  it('no secret of any kind, in either form, whatever is done', async () => {
    const provider = await startPractice();
    const data = mkdtempSync(join(tmpdir(), 'grantscope-silence-data-'));
    const app = await openBoth(data);
    const { issuer, clients } = provider.info;
    app.history.environments.put(newEnvironment({
      name: 'Staging', provider: { kind: 'discovery', issuer }, client: { id: clients.confidential.id, authMethod: 'client_secret_post' },
      scope: 'openid profile email offline_access', authorizationParameters: [{ name: 'prompt', value: 'consent' }],
    }));
    const kinds = new Set<SecretKind>();
    for (const words of [['--json'], [], ['--json', '--then', 'refresh', '--then', 'introspect', '--then', 'reuse-refresh'], ['--then', 'wrong-verifier', '--then', 'reuse-code']]) {
      const played = await play({
        words: ['run', 'Staging', '--open', 'print', ...words], folder,
        change: { dataFolder: data, keychain: () => app.keychain, environment: { GRANTSCOPE_CLIENT_SECRET: clients.confidential.secret } },
      });
      const [newest] = app.history.list();
      const events = app.history.read(newest?.id ?? '');
      const book = new SecretBook(Buffer.alloc(32, 1));
      for (const event of events.ok ? events.value : []) book.learn(event);
      const secrets = book.secrets().filter(({ value }) => value.length >= 16);
      expect(secrets.length).toBeGreaterThan(2);
      for (const { kind, value } of secrets) {
        kinds.add(kind);
        for (const text of [value, encodeURIComponent(value), Buffer.from(value).toString('base64')]) expect(`${played.out}${played.err}`.includes(text), kind).toBe(false);
      }
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['authorization_code', 'code_verifier', 'client_secret', 'access_token', 'refresh_token', 'id_token']));
    app.history.close();
    await provider.close();
    rmSync(data, { recursive: true, force: true });
  });

  it('no secret that a server sends back, no control character and no line of its making', async () => {
    const [secret, code] = [canary('secret'), canary('code')];
    const target = await hostile((body, authorization) => ({
      status: 400,
      json: { error: 'invalid_grant', error_description: `${body} ${authorization} ${Buffer.from(authorization.slice(6), 'base64').toString()}\u001b[2J\nhttps://evil.test/login\n\ue0f0client_secret:9:0123456789abcdef\ue0f1` },
    }));
    for (const words of [['--json'], []]) {
      const played = await play({ words: ['run', target, '--open', 'print', ...words], folder, onUrl: comeBack(code), change: { environment: { GRANTSCOPE_CLIENT_SECRET: secret } } });
      expect(played.code).toBe(1);
      expect(played.urls).toHaveLength(1);
      for (const text of [secret, code, Buffer.from(`app:${secret}`).toString('base64'), '\u001b']) expect(played.out + played.err).not.toContain(text);
    }
  });
});

describe('grantscope run ends with 2', () => {
  it('where no server answers, or with something that is neither tokens nor an error', async () => {
    const target = await hostile(() => ({ status: 200, json: { hello: 'world' } }));
    const environment = { GRANTSCOPE_CLIENT_SECRET: canary('secret') };
    const odd = await play({ words: ['run', target, '--open', 'print', '--json', '--then', 'refresh'], folder, onUrl: comeBack('c'), change: { environment } });
    expect([odd.code, lastLine(odd).run?.outcome, lastLine(odd).diagnosis]).toEqual([2, 'failed', null]);
    expect(odd.out).toContain('refresh was not done');
    const gone = await play({ words: ['run', target, '--open', 'print'], folder, onUrl: async (url) => { server?.close(); await comeBack('c')(url); }, change: { environment } });
    expect(gone.code).toBe(2);
  });

  it('where no secret is given and one is needed, with the way to give it', async () => {
    const target = await hostile(() => ({ status: 500, json: {} }));
    const played = await play({ words: ['run', target, '--open', 'print'], folder, onUrl: comeBack('c') });
    expect(played.code).toBe(2);
    expect(played.out + played.err).toContain('GRANTSCOPE_CLIENT_SECRET');
  });

  it.each([
    ['while the browser is out', []],
    ['while the code is held', ['--then', 'wait:600']],
    ['while something is waited for', ['--then', 'refresh', '--then', 'wait:600', '--then', 'refresh']],
  ])('where the person cancels %s, and says what it has', async (_name, words) => {
    writeFileSync(join(folder, 'practice.json'), JSON.stringify({ format: 'grantscope-environment', version: 1, name: 'Practice', provider: { kind: 'practice' } }));
    const cancel = new AbortController();
    const stop = (): void => { setTimeout(() => cancel.abort(), 100); };
    let said = '';
    const played = await play({
      words: ['run', 'practice.json', '--open', 'print', '--json', ...words], folder,
      ...(words.length === 0 && { onUrl: async () => stop() }),
      change: { cancel: cancel.signal },
      onLine: (line) => {
        said += line;
        if (/"accepted"/.test(line) && words.length === 2) stop();
        if (/waiting 600/.test(line)) stop();
      },
    });
    expect(played.code).toBe(2);
    expect(said).not.toBe('');
    expect(lastLine(played).run?.outcome).toBe(words.length > 2 ? 'ok' : 'cancelled');
  });
});
