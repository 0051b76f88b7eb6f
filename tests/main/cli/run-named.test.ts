/** Environments of the app: its data folder, its keychain, its history, also while it is open. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Environment } from '../../../src-main/contract/index.ts';
import { newEnvironment } from '../../../src-main/environment/index.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { canary, filesWith } from '../../support/keyring/canary.ts';
import type { Opened } from '../../support/keyring/runs.ts';
import { openBoth } from '../../support/keyring/runs.ts';
import { startPractice } from '../../support/practice/index.ts';
import type { Played, PlayOptions } from './play.ts';
import { lastLine, play } from './play.ts';

let provider: PracticeProvider;
let folder = '';
let app: Opened;
let staging: Environment;
beforeAll(async () => { provider = await startPractice(); });
afterAll(() => provider.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grantscope-named-'));
  app = await openBoth(folder);
  const { issuer, clients } = provider.info;
  staging = newEnvironment({
    name: 'Staging', provider: { kind: 'discovery', issuer }, client: { id: clients.confidential.id, authMethod: 'client_secret_basic' },
    scope: 'openid offline_access', authorizationParameters: [{ name: 'prompt', value: 'consent' }],
  });
  app.history.environments.put(staging);
  await app.vault.setSecret(staging.id, clients.confidential.secret);
});
afterEach(() => {
  app.history.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (words: readonly string[], change: PlayOptions['change'] = {}): Promise<Played> =>
  play({ words: ['run', ...words, '--open', 'print', '--json'], folder, change: { dataFolder: folder, keychain: () => app.keychain, ...change } });

describe('grantscope run ENVIRONMENT', () => {
  it('refuses a name that is not there or stands for two, naming what there is', async () => {
    app.history.environments.put({ ...staging, id: '6b0b5cf6-1f0e-4d3c-9a51-0a4f5d7f0001' });
    expect(await run(['Production'])).toMatchObject({ code: 2, urls: [], err: expect.stringContaining('"Staging"') });
    const twice = await run(['Staging']);
    expect(twice).toMatchObject({ code: 2, urls: [] });
    expect(twice.err).toContain(staging.id);
    expect(await run([staging.id])).toMatchObject({ code: 0 });
  });

  it('runs it with the stored secret beside the open app, which then has the run and its ledger', async () => {
    const played = await run(['staging', '--then', 'reuse-code']);
    expect(played.code).toBe(1);
    const { run: done, diagnosis } = lastLine(played);
    expect(diagnosis?.causes[0]?.id).toBe('code_reused');
    expect(app.history.list()).toMatchObject([{ id: done?.id, title: 'Staging', environmentId: staging.id, state: 'ok', error: 'invalid_grant' }]);
    const read = app.history.read(done?.id ?? '');
    expect(read.ok && read.value.length).toBe(played.out.split('\n').filter((line) => line.startsWith('{"event"')).length);
    expect(app.problems).toEqual([]);
  });

  it('takes a secret from a variable before the stored one, and does not keep it', async () => {
    const secret = canary('variable');
    const played = await run(['Staging'], { environment: { GRANTSCOPE_CLIENT_SECRET: secret } });
    expect(played.code).toBe(1);
    expect(lastLine(played).diagnosis?.causes[0]?.id).toBe('client_secret_invalid');
    const named = await run(['Staging', '--secret-env', 'MINE'], { environment: { MINE: provider.info.clients.confidential.secret, GRANTSCOPE_CLIENT_SECRET: secret } });
    expect(named.code).toBe(0);
    const stored = await app.vault.getSecret(staging.id);
    expect(stored.ok && stored.value?.expose()).toBe(provider.info.clients.confidential.secret);
    expect(played.out + played.err + named.out + named.err).not.toContain(secret);
    expect(filesWith(folder, [secret, provider.info.clients.confidential.secret])).toEqual([]);
  });

  it('with a locked keychain: says so, takes the secret from a variable, and touches nothing', async () => {
    app.history.close();
    app.keychain.state = 'locked';
    const before = readdirSync(folder, { recursive: true }).sort();
    const without = await run(['Staging']);
    expect(without).toMatchObject({ code: 2, urls: [] });
    expect(without.err).toMatch(/not kept in the history.*locked/i);
    const given = await run(['Staging'], { environment: { GRANTSCOPE_CLIENT_SECRET: provider.info.clients.confidential.secret } });
    expect(given.code).toBe(0);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
    app.keychain.state = 'available';
    app = await openBoth(folder, app.keychain);
    expect(app.history.list()).toEqual([]);
    expect(app.problems).toEqual([]);
  });

  it('runs the practice provider where the app was never started, and makes no folder', async () => {
    const empty = join(folder, 'never', 'data');
    expect(await run(['Practice provider'], { dataFolder: empty })).toMatchObject({ code: 0, err: expect.not.stringContaining('problem') });
    expect(readdirSync(folder)).not.toContain('never');
  });
});
