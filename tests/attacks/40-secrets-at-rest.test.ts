import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canary, filesWith } from '../support/keyring/canary.ts';
import { endEvent, openBoth, startEvent, tokenEvent } from '../support/keyring/runs.ts';

/** The part of attack 40 that needs no window: the data folder at every moment of a Run's life. */
describe('attack 40: nothing secret is in the data folder', () => {
  let folder = '';
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'grantscope-canary-')); });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('the search finds what it looks for', () => {
    const secret = canary('planted');
    const forms = [secret, Buffer.from(`x${secret}`).toString('base64'), Buffer.from(secret).toString('hex'), Buffer.from(secret, 'utf16le')];
    forms.forEach((form, index) => writeFileSync(join(folder, `f${index}`), form));
    expect(filesWith(folder, [secret])).toHaveLength(forms.length);
  });

  it('recorded, crashed, read again, removed and purged, small and large client secrets included', async () => {
    const secrets = [canary('token'), canary('client-secret'), canary('large'), canary('title')] as const;
    const { vault, history, keychain } = await openBoth(folder);
    await vault.setSecret(randomUUID(), secrets[1]);
    await vault.setSecret(randomUUID(), secrets[2] + 'x'.repeat(3000));
    const runId = randomUUID();
    history.append(runId, startEvent(runId, secrets[3]));
    history.append(runId, tokenEvent(1, secrets[0]));
    // As a crash would leave it: database, log and index as they are now.
    const crashed = mkdtempSync(join(tmpdir(), 'grantscope-crashed-'));
    cpSync(folder, crashed, { recursive: true });
    expect(filesWith(folder, secrets)).toEqual([]);
    history.append(runId, endEvent(2));
    history.remove(runId);
    history.purge(Date.now() + 1);
    expect(filesWith(folder, secrets)).toEqual([]);
    history.close();
    expect(filesWith(folder, secrets)).toEqual([]);

    const again = await openBoth(crashed, keychain);
    expect(again.history.list()).toMatchObject([{ id: runId, title: secrets[3], state: 'interrupted' }]);
    again.history.close();
    expect(filesWith(crashed, secrets)).toEqual([]);
    rmSync(crashed, { recursive: true });
  });
});
