import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { canary, filesWith } from '../support/keyring/canary.ts';
import { Keyring } from '../support/keyring/keyring.ts';

/** The real keytar and a real gnome-keyring, each state on a bus of its own. */
describe('attack 41: keychain locked, absent, hung', () => {
  const folders: string[] = [];
  let keyring: Keyring | null = null;
  const folder = (): string => {
    folders.push(mkdtempSync(join(tmpdir(), 'grantscope-vault-')));
    return join(folders.at(-1) as string, 'data');
  };
  afterEach(async () => {
    await keyring?.close();
    keyring = null;
    for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
  });

  it('locked: an existing key that reads as nothing is reported as locked, no new one is made, and a later unlock recovers', async () => {
    const data = folder();
    const [environment, other, secret, later] = [randomUUID(), randomUUID(), canary('client-secret'), canary('later')];
    keyring = await (await Keyring.start()).unlocked();
    const first = keyring.child();
    expect(await first.open(data)).toEqual({ state: 'available', memory: false, problem: null });
    const keyId = await first.call('keyId');
    await first.call('setSecret', environment, secret);
    await keyring.stopDaemon();
    const before = readdirSync(data);

    await keyring.locked();
    const second = keyring.child();
    expect(await second.open(data)).toMatchObject({ state: 'locked', memory: true, problem: { code: 'keychain-locked' } });
    expect(await second.call('secretState', environment)).toBe('locked');
    expect(await second.call('getSecret', environment)).toMatchObject({ ok: false, problem: { code: 'keychain-locked' } });
    expect(await second.call('deleteSecret', environment)).toMatchObject({ ok: false });
    expect(await second.call('setSecret', other, later)).toEqual({ ok: true, value: null });
    expect(await second.call('secretState', other)).toBe('memory');
    expect(readdirSync(data)).toEqual(before);
    expect(await second.call('retry')).toMatchObject({ state: 'locked' });

    await keyring.unlock();
    expect(await second.call('retry')).toEqual({ state: 'available', memory: false, problem: null });
    expect(await second.call('keyId')).toBe(keyId);
    expect(await second.call('getSecret', environment)).toEqual({ ok: true, value: secret });
    expect(await second.call('secretState', other)).toBe('stored');
    expect(filesWith(data, [secret, later])).toEqual([]);
  });

  it('locked in the middle of a session: a stored secret is locked, not absent', async () => {
    const data = folder();
    const environment = randomUUID();
    keyring = await (await Keyring.start()).unlocked();
    const child = keyring.child();
    await child.open(data);
    await child.call('setSecret', environment, canary('client-secret'));
    keyring.lock();
    expect(await child.call('secretState', environment)).toBe('locked');
    expect(await child.call('status')).toMatchObject({ state: 'locked', memory: false });
    await keyring.unlock();
    expect(await child.call('retry')).toMatchObject({ state: 'available', memory: false });
    expect(await child.call('secretState', environment)).toBe('stored');
  });

  it('no keyring yet and nobody to make one: locked, memory only, nothing on disk', async () => {
    const data = folder();
    keyring = await (await Keyring.start()).locked();
    expect(await keyring.child().open(data)).toMatchObject({ state: 'locked', memory: true, problem: { code: 'keychain-not-set-up' } });
    expect(readdirSync(data)).toEqual([]);
  });

  it('absent: a bus that knows no Secret Service', async () => {
    const data = folder();
    const [environment, secret] = [randomUUID(), canary('client-secret')];
    keyring = await Keyring.start({ services: false });
    const child = keyring.child();
    expect(await child.open(data)).toMatchObject({ state: 'absent', memory: true, problem: { code: 'keychain-absent' } });
    await child.call('setSecret', environment, secret);
    expect(await child.call('getSecret', environment)).toEqual({ ok: true, value: secret });
    expect(readdirSync(data)).toEqual([]);
  });

  it('hung: files can be read while ten calls wait, the latch holds, and a retry after it woke up recovers', async () => {
    const data = folder();
    keyring = await (await Keyring.start()).unlocked();
    const first = keyring.child();
    await first.open(data);
    const keyId = await first.call('keyId');
    keyring.freeze();
    const child = keyring.child();
    expect(await child.open(data, 400)).toMatchObject({ state: 'failed', memory: true, problem: { code: 'keychain-timeout' } });
    const { read, bytes, outcomes } = await child.call('readWhileAsking') as { read: number; bytes: number; outcomes: string[] };
    expect(bytes).toBeGreaterThan(500);
    expect(read).toBeLessThan(300);
    expect(outcomes).toEqual(Array.from({ length: 10 }, () => 'failed'));
    expect(await child.call('retry')).toMatchObject({ state: 'failed', problem: { code: 'keychain-timeout' } });
    keyring.thaw();
    await expect.poll(() => child.call('retry'), { timeout: 5000 }).toEqual({ state: 'available', memory: false, problem: null });
    expect(await child.call('keyId')).toBe(keyId);
  });

  it('hung in the middle of a session: files can be read while the one call is pending', async () => {
    keyring = await (await Keyring.start()).unlocked();
    const child = keyring.child();
    await child.open(folder(), 400);
    keyring.freeze();
    const { read, outcomes } = await child.call('readWhileAsking') as { read: number; outcomes: string[] };
    expect(read).toBeLessThan(300);
    expect(new Set(outcomes)).toEqual(new Set(['failed']));
    // A thread that is stuck must not keep the process from ending.
    const ended = once(child.process, 'exit');
    child.process.stdin?.write('["exit"]\n');
    await Promise.race([ended, new Promise((_, failed) => setTimeout(() => failed(new Error('The process does not end')), 3000))]);
  });

  it('available: two data folders share a keychain without touching each other', async () => {
    keyring = await (await Keyring.start()).unlocked();
    const [a, b, environment] = [folder(), folder(), randomUUID()];
    const [first, second] = [keyring.child(), keyring.child()];
    await first.open(a);
    await second.open(b);
    await first.call('setSecret', environment, canary('a'));
    expect(await second.call('secretState', environment)).toBe('absent');
    expect(await first.call('keyId')).not.toBe(await second.call('keyId'));
    expect(existsSync(join(a, 'vault.json'))).toBe(true);
  });
});
