import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VaultStatus } from '../../../src-main/contract/index.ts';
import type { KeyChangeListener } from '../../../src-main/vault/index.ts';
import { Sealer } from '../../../src-main/vault/index.ts';
import { KEYS_FOLDER, PrivateKeys } from '../../../src-main/vault/private-keys.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'grantscope-keys-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

class DataKey {
  persistent = true;
  state: VaultStatus['state'] = 'available';
  #sealer = new Sealer(randomUUID(), randomBytes(32));
  readonly listeners: KeyChangeListener[] = [];
  sealer(): Sealer { return this.#sealer; }
  status(): VaultStatus { return { state: this.state, memory: !this.persistent, problem: null }; }
  subscribe(listener: KeyChangeListener): void { this.listeners.push(listener); }
  renew(): void { this.#sealer = new Sealer(randomUUID(), randomBytes(32)); }
}

const canary = `CANARY-private_key-${randomBytes(24).toString('hex')}`;
const files = (): string[] => readdirSync(join(folder, KEYS_FOLDER));
const [first, second] = [randomUUID(), randomUUID()];

describe('private keys, refused', () => {
  it('a file that was changed, moved to another environment or use, or sealed under another key', () => {
    const vault = new DataKey();
    const keys = new PrivateKeys(vault, folder);
    keys.set(first, 'signing', canary);
    const path = join(folder, KEYS_FOLDER, `${first}.signing.sealed`);
    const sealed = readFileSync(path);
    for (const name of [`${second}.signing.sealed`, `${first}.certificate.sealed`]) writeFileSync(join(folder, KEYS_FOLDER, name), sealed);
    expect([keys.get(second, 'signing'), keys.get(first, 'certificate')].map((found) => found.ok || found.problem.code)).toEqual(['key-altered', 'key-altered']);
    writeFileSync(path, Buffer.concat([sealed.subarray(0, -1), Buffer.of((sealed.at(-1) ?? 0) ^ 1)]));
    expect(keys.get(first, 'signing')).toMatchObject({ ok: false, problem: { code: 'key-altered' } });
    writeFileSync(path, sealed);
    vault.renew();
    expect(keys.state(first, 'signing')).toBe('failed');
  });

  it('a locked keychain is not an absent key', () => {
    const vault = new DataKey();
    const keys = new PrivateKeys(vault, folder);
    keys.set(first, 'signing', canary);
    vault.persistent = false;
    vault.state = 'locked';
    expect(keys.state(first, 'signing')).toBe('locked');
    expect(keys.get(first, 'signing').ok).toBe(false);
    expect(keys.state(second, 'signing')).toBe('absent');
  });

  it('is never written while nothing may be', () => {
    const vault = new DataKey();
    vault.persistent = false;
    const keys = new PrivateKeys(vault, folder);
    expect(keys.set(first, 'dpop', canary).ok).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
    expect(keys.state(first, 'dpop')).toBe('memory');
    vault.persistent = true;
    vault.listeners.forEach((listener) => listener.changed());
    expect(keys.state(first, 'dpop')).toBe('stored');
    expect(files()).toHaveLength(1);
  });
});

describe('private keys, kept', () => {
  it('sealed, for their owner only, and there after a restart', () => {
    const vault = new DataKey();
    new PrivateKeys(vault, folder).set(first, 'certificate', canary);
    const path = join(folder, KEYS_FOLDER, files()[0] ?? '');
    expect(readFileSync(path).includes(canary)).toBe(false);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = new PrivateKeys(vault, folder).get(first, 'certificate');
    expect(again.ok && again.value?.expose()).toBe(canary);
    expect(JSON.stringify(again)).not.toContain(canary);
  });

  it('one a use; removed for good; set aside with the vault', () => {
    const vault = new DataKey();
    const keys = new PrivateKeys(vault, folder);
    keys.set(first, 'signing', canary);
    keys.set(first, 'dpop', `${canary}2`);
    keys.delete(first, 'signing');
    expect([keys.state(first, 'signing'), keys.state(first, 'dpop')]).toEqual(['absent', 'stored']);
    vault.listeners.forEach((listener) => listener.setAside(join(folder, 'backup-1')));
    expect(keys.state(first, 'dpop')).toBe('absent');
    expect(readdirSync(join(folder, 'backup-1', KEYS_FOLDER))).toHaveLength(1);
  });
});
