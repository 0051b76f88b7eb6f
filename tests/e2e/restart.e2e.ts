import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import { browser, expect } from '@wdio/globals';
import { call, item, press, region, runAtRest, startRun, stateOf, value } from './support/app.ts';
import { keepOutput } from './support/logs.ts';
import { leave, runOnce, signIn } from './support/person.ts';
import { quitApp } from './support/quit.ts';
import { stage } from './support/stage.ts';

const canary = `CANARY-client-secret-${randomBytes(30).toString('base64url')}`;

describe('what is there after a restart', () => {
  let runId = '';
  let secrets: string[] = [];
  after(leave);

  it('the search finds what is planted, however it is spelled', () => {
    const folder = mkdtempSync(join(tmpdir(), 'grantscope-planted-'));
    const spellings = [canary, encodeURIComponent(`${canary}=`), Buffer.from(`{"a":"${canary}"}`).toString('base64'), Buffer.from(canary).toString('hex'), Buffer.from(canary, 'utf16le').toString('latin1')];
    spellings.forEach((text, index) => writeFileSync(join(folder, `file-${index}`), text, 'latin1'));
    writeFileSync(join(folder, 'innocent'), canary.slice(0, -1));
    expect(leaks(folder, [canary]).length).toBe(spellings.length);
    rmSync(folder, { recursive: true });
  });

  it('a run with a refused grant, and an environment with a secret', async () => {
    await keepOutput();
    runId = await runOnce();
    await press('Provoke a failure');
    await item('Redeem the code again').waitForClickable();
    await item('Redeem the code again').click();
    await browser.waitUntil(async () => (await stateOf(runId)).refusals.length === 1);
    await runAtRest();
    await value('environment.save', {
      config: {
        id: randomUUID(), name: 'With a secret', provider: { kind: 'discovery', issuer: 'https://idp.invalid' },
        client: { id: 'client', authMethod: 'client_secret_basic' }, scope: 'openid', redirect: { host: '127.0.0.1', port: null, path: '/callback' },
        pkce: 'S256', authorizationParameters: [], tokenParameters: [], limits: { browser: 300, request: 30 },
      },
      secret: { action: 'set', value: canary },
    });
    secrets = [canary, ...await plainSecrets(runId)];
    expect(secrets.length).toBeGreaterThan(5);
  });

  it('attack 40: no secret is in any file of the data folder, raw, URL-encoded, base64, hex or UTF-16', async () => {
    expect(leaks(stage().userData, secrets)).toEqual([]);
  });

  it('attack 40: no secret is in the logs either, not even of a command that was refused for what was in it', async () => {
    const refused = await call('environment.save', { config: { name: canary } as never, secret: { action: 'set', value: canary } });
    expect(refused.ok).toBe(false);
    expect(JSON.stringify(refused)).not.toContain(canary);
    await browser.execute((word: string) => console.error(word), 'a word in the console');
    await browser.waitUntil(() => readFileSync(join(stage().logs, 'chromium.log'), 'utf8').includes('a word in the console'), { timeoutMsg: 'Console messages do not reach the log that is searched' });
    expect(readFileSync(join(stage().logs, 'main.log'), 'utf8')).toContain('refused environment.save');
    expect(leaks(stage().logs, secrets)).toEqual([]);
  });

  it('the run, its refusal and its dead tokens come back', async () => {
    const before = await stateOf(runId);
    await quitApp();
    await browser.reloadSession();
    await expect(region('Runs')).toHaveText(expect.stringContaining('invalid_grant'));
    const state = await stateOf(runId);
    expect(state.next).toBe(before.next);
    expect(state.refusals).toHaveLength(1);
    expect([...state.exchanges.values()].map(({ exchange }) => exchange.request)).toEqual([...before.exchanges.values()].map(({ exchange }) => exchange.request));
    const environments = await value('environment.list', {});
    expect(environments.find(({ config }) => config.name === 'With a secret')?.clientSecret).toBe('stored');
  });

  it('and can be used again on purpose: the same dead code, refused again', async () => {
    const act = await value('run.act', { runId, browser: 'system', act: { action: 'provoke', provocation: 'reuse-code' } });
    expect(act).toBeNull();
    await browser.waitUntil(async () => (await stateOf(runId)).refusals.length === 2, { timeout: 20_000 });
    await runAtRest();
    expect((await stateOf(runId)).refusals.at(-1)?.error.error).toBe('invalid_grant');
  });

  it('a new run works after it', async () => {
    await startRun();
    await signIn();
    expect((await runAtRest()).state).toBe('ok');
    expect([...leaks(stage().userData, secrets), ...leaks(stage().logs, secrets)]).toEqual([]);
  });
});

/** Every secret of a Run in the clear, through the one command that gives them. */
async function plainSecrets(runId: string): Promise<string[]> {
  const text = JSON.stringify((await value('run.open', { runId })).events);
  const found: string[] = [];
  for (const [, kind, length, fingerprint] of text.matchAll(/\ue0f0([a-z_]+):(\d+):([0-9a-f]{16})\ue0f1/g)) {
    const marker = { kind, length: Number(length), fingerprint } as never;
    if (found.length < 12) found.push((await value('secret.reveal', { runId, marker })).value);
  }
  return [...new Set(found)].filter((secret) => secret.length >= 16);
}

function leaks(folder: string, secrets: readonly string[]): string[] {
  const needles = secrets.flatMap((secret) => {
    const bytes = Buffer.from(secret);
    const base64 = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift, 'x'), bytes]).toString('base64').slice(shift === 0 ? 0 : 4, -4));
    return [secret, encodeURIComponent(secret), ...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')), bytes.toString('hex')]
      .flatMap((needle) => [Buffer.from(needle, 'utf8'), Buffer.from(needle, 'utf16le')]);
  });
  return files(folder).filter((file) => {
    const content = readFileSync(file);
    return needles.some((needle) => content.includes(needle));
  });
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).filter((path) => statSync(path).size < 50_000_000);
}
