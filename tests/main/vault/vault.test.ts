import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVault } from '../../../src-main/vault/index.ts';
import { ScriptedKeychain } from '../../support/keyring/scripted-keychain.ts';

describe('Vault', () => {
  let folder = '';
  let keychain = new ScriptedKeychain();
  const open = () => openVault({ keychain, folder });
  const marker = () => readFileSync(join(folder, 'vault.json'), 'utf8');
  const dataKeys = () => [...keychain.entries.keys()].filter((name) => name.startsWith('data-key:'));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'grantscope-vault-'));
    keychain = new ScriptedKeychain();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['locked', 'absent', 'failed'] as const)('attack 41: %s at the first start makes no key and writes nothing', async (state) => {
    keychain.state = state;
    const vault = await open();
    expect(vault.status()).toMatchObject({ state, memory: true, problem: { code: `keychain-${state}` } });
    expect(readdirSync(folder)).toEqual([]);
    expect(await vault.getSecret(randomUUID())).toEqual({ ok: true, value: null });
    expect(await vault.secretState(randomUUID())).toBe('absent');
  });

  it('attack 41: a keychain that keeps entries only in appearance gets no marker', async () => {
    keychain.state = 'forgets';
    expect((await open()).status()).toMatchObject({ state: 'failed', memory: true, problem: { code: 'keychain-not-keeping' } });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['locked', 'absent', 'failed'] as const)('attack 41: %s beside a marker changes neither marker nor keychain, and a retry recovers', async (state) => {
    const keyId = (await open()).sealer().keyId;
    const [before, entries] = [marker(), dataKeys()];
    keychain.state = state;
    const vault = await open();
    const environment = randomUUID();
    expect(vault.status()).toMatchObject({ state, memory: true });
    expect(await vault.secretState(environment)).toBe(state === 'locked' ? 'locked' : 'failed');
    expect((await vault.getSecret(environment)).ok).toBe(false);
    await vault.setSecret(environment, 'for this session');
    expect(await vault.secretState(environment)).toBe('memory');
    expect([marker(), dataKeys()]).toEqual([before, entries]);

    const fingerprints = vault.fingerprintKey();
    keychain.state = 'available';
    expect(await vault.retry()).toEqual({ state: 'available', memory: false, problem: null });
    expect(vault.sealer().keyId).toBe(keyId);
    expect(await vault.secretState(environment)).toBe('stored');
    expect((await (await open()).getSecret(environment) as { value: { expose(): string } }).value.expose()).toBe('for this session');
    expect(vault.fingerprintKey()).toEqual(fingerprints);
  });

  it('attack 42: a key that is gone from an open keychain is missing, not locked; nothing is overwritten; a reset keeps the old vault', async () => {
    const first = await open();
    await first.setSecret(randomUUID(), 'x'.repeat(3000));
    const before = marker();
    for (const name of dataKeys()) keychain.entries.delete(name);
    const vault = await open();
    expect(vault.status()).toMatchObject({ state: 'failed', memory: true, problem: { code: 'data-key-missing' } });
    expect(marker()).toBe(before);
    expect(dataKeys()).toEqual([]);
    expect([...keychain.entries.keys()].filter((name) => name.startsWith('probe:'))).toEqual([]);

    expect(await vault.reset()).toEqual({ state: 'available', memory: false, problem: null });
    const [backup] = readdirSync(folder).filter((name) => name.startsWith('backup-'));
    expect(readFileSync(join(folder, backup as string, 'vault.json'), 'utf8')).toBe(before);
    expect(readdirSync(join(folder, backup as string, 'secrets'))).toHaveLength(1);
    expect(marker()).not.toBe(before);
  });

  it('attack 42: a replaced key is wrong, not new', async () => {
    await open();
    const before = marker();
    keychain.entries.set(dataKeys()[0] as string, randomBytes(32));
    expect((await open()).status()).toMatchObject({ state: 'failed', memory: true, problem: { code: 'data-key-wrong' } });
    keychain.entries.set(dataKeys()[0] as string, randomBytes(7));
    expect((await open()).status()).toMatchObject({ problem: { code: 'data-key-wrong' } });
    expect(marker()).toBe(before);
  });

  it('attack 48: two that start at the same moment end up with one key', async () => {
    const vaults = await Promise.all(Array.from({ length: 8 }, open));
    expect(new Set(vaults.map((vault) => vault.sealer().keyId)).size).toBe(1);
    expect(vaults.every((vault) => vault.persistent)).toBe(true);
    expect(dataKeys()).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['vault.json']);
  });

  it('a reset is refused while the keychain would not take a new key', async () => {
    await open();
    const before = marker();
    keychain.state = 'locked';
    const vault = await open();
    expect(await vault.reset()).toMatchObject({ state: 'locked', problem: { message: expect.stringContaining('was not reset') } });
    expect(readdirSync(folder)).toEqual(['vault.json']);
    expect(marker()).toBe(before);
  });

  it.each(['', 'garbage', '{"format":1}', '{"format":2,"keyId":"x"}'])('a damaged marker (%j) makes no new key', async (content) => {
    await open();
    const keys = dataKeys();
    writeFileSync(join(folder, 'vault.json'), content);
    expect((await open()).status()).toMatchObject({ state: 'failed', memory: true, problem: { code: 'key-marker-damaged' } });
    expect(dataKeys()).toEqual(keys);
    expect(marker()).toBe(content);
  });

  it('attack 43: large secrets, NUL, lone surrogates and other scripts come back as they were', async () => {
    const vault = await open();
    for (const secret of ['x', 'a\0b', '\ud800 alone', 'пароль 🔑', '"\\\n', 'y'.repeat(755), 'z'.repeat(756), 's'.repeat(3000), '\0'.repeat(4096)]) {
      const environment = randomUUID();
      await vault.setSecret(environment, secret);
      const again = await (await open()).getSecret(environment);
      expect(again.ok && again.value?.expose()).toBe(secret);
    }
    for (const value of keychain.entries.values()) expect(value.length).toBeLessThanOrEqual(768);
  });

  it('attack 44: a sealed secret that was changed, or an older one put back, is not read', async () => {
    const vault = await open();
    const environment = randomUUID();
    const path = () => join(folder, 'secrets', readdirSync(join(folder, 'secrets'))[0] as string);
    await vault.setSecret(environment, 'o'.repeat(2000));
    const old = readFileSync(path());
    await vault.setSecret(environment, 'n'.repeat(2000));
    expect(readdirSync(join(folder, 'secrets'))).toHaveLength(1);
    const fresh = readFileSync(path());
    for (const content of [old, fresh.subarray(0, 100), Buffer.from(fresh).fill(7, 60, 61)]) {
      writeFileSync(path(), content);
      expect(await vault.getSecret(environment)).toMatchObject({ ok: false, problem: { code: 'secret-altered' } });
    }
    expect(vault.status().state).toBe('available');
    writeFileSync(path(), fresh);
    expect((await vault.getSecret(environment)).ok).toBe(true);
    await vault.deleteSecret(environment);
    expect(readdirSync(join(folder, 'secrets'))).toEqual([]);
    expect(await vault.secretState(environment)).toBe('absent');
  });

  it('a delete that the locked keychain did not do is not called done', async () => {
    const vault = await open();
    const environment = randomUUID();
    await vault.setSecret(environment, 'kept');
    keychain.state = 'locked';
    expect(await vault.deleteSecret(environment)).toMatchObject({ ok: false, problem: { code: 'keychain-locked' } });
    keychain.state = 'available';
    expect(await vault.secretState(environment)).toBe('stored');
  });

  it('a set that the keychain refused leaves the old secret, large or small', async () => {
    const vault = await open();
    const environment = randomUUID();
    await vault.setSecret(environment, 'o'.repeat(2000));
    const files = readdirSync(join(folder, 'secrets'));
    keychain.state = 'failed';
    expect((await vault.setSecret(environment, 'n'.repeat(2000))).ok).toBe(false);
    keychain.state = 'available';
    expect(readdirSync(join(folder, 'secrets'))).toEqual(files);
    const kept = await vault.getSecret(environment);
    expect(kept.ok && kept.value?.expose()).toBe('o'.repeat(2000));
  });

  it('keeps its folder and files to the owner, also in a folder that was open to others', async () => {
    chmodSync(folder, 0o755);
    await (await open()).setSecret(randomUUID(), 'x'.repeat(2000));
    const modes = ['', 'vault.json', 'secrets'].map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8));
    expect(modes).toEqual(['700', '600', '700']);
  });

  it('a data folder that cannot be made is memory only, and leaves no key behind', async () => {
    writeFileSync(join(folder, 'file'), '');
    const vault = await openVault({ keychain, folder: join(folder, 'file', 'data') });
    expect(vault.status()).toMatchObject({ state: 'available', memory: true, problem: { code: 'data-folder-not-writable' } });
    expect(keychain.entries.size).toBe(0);
    await vault.setSecret('5f0d0a3e-6f0e-4d0b-9a55-0d6f1a6f1a00', 'session');
    expect(await vault.secretState('5f0d0a3e-6f0e-4d0b-9a55-0d6f1a6f1a00')).toBe('memory');
    expect(existsSync(join(folder, 'vault.json'))).toBe(false);
  });
});
