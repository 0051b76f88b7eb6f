import { describe, expect, it } from 'vitest';
import { MAX_VALUE_BYTES, systemKeychain } from '../../../src-main/vault/index.ts';
import { ScriptedKeytar } from '../../support/keyring/scripted-keychain.ts';

const never = new Promise<void>(() => undefined);

describe('systemKeychain', () => {
  it('refuses values that would not fit every system\'s keychain, and empty ones', async () => {
    const keytar = new ScriptedKeytar();
    const keychain = systemKeychain({ load: () => keytar });
    await expect(keychain.set('a', new Uint8Array(MAX_VALUE_BYTES + 1))).rejects.toThrow(RangeError);
    await expect(keychain.set('a', new Uint8Array(0))).rejects.toThrow(RangeError);
    expect(await keychain.set('a', new Uint8Array(MAX_VALUE_BYTES))).toEqual({ outcome: 'available', value: null });
    expect(keytar.stored.get('a')).toHaveLength(1024);
  });

  it('stores base64, and takes nothing else back', async () => {
    const keytar = new ScriptedKeytar();
    const keychain = systemKeychain({ load: () => keytar });
    await keychain.set('a', Buffer.from('nul \0 and ü'));
    expect(await keychain.get('a')).toEqual({ outcome: 'available', value: Buffer.from('nul \0 and ü') });
    keytar.stored.set('a', 'not base64!');
    expect(await keychain.get('a')).toMatchObject({ outcome: 'failed', problem: { code: 'keychain-entry-foreign' } });
  });

  it('makes one call at a time', async () => {
    const keytar = new ScriptedKeytar();
    const keychain = systemKeychain({ load: () => keytar });
    await Promise.all(Array.from({ length: 20 }, (_, index) => keychain.get(`a${index}`)));
    expect(keytar).toMatchObject({ started: 20, most: 1 });
  });

  it('attack 41: after a missed deadline calls nothing again, not even on retry, until the stuck call is back', async () => {
    const keytar = new ScriptedKeytar();
    const keychain = systemKeychain({ load: () => keytar, deadline: 20 });
    let wake = (): void => undefined;
    keytar.before = () => new Promise<void>((done) => { wake = done; });
    const answers = await Promise.all(Array.from({ length: 10 }, () => keychain.get('a')));
    expect(answers.map((answer) => answer.outcome === 'failed' && answer.problem.code)).toEqual(Array.from({ length: 10 }, () => 'keychain-timeout'));
    expect(keytar.started).toBe(1);
    keychain.retry();
    expect((await keychain.get('a')).outcome).toBe('failed');
    expect(keytar.started).toBe(1);
    expect(keychain.stuck).toBe(true);

    wake();
    keytar.before = () => Promise.resolve();
    await expect.poll(() => keychain.stuck).toBe(false);
    expect((await keychain.get('a')).outcome).toBe('failed');
    keychain.retry();
    expect(await keychain.get('a')).toEqual({ outcome: 'available', value: null });
  });

  it('a call that never comes back harms no later process work', async () => {
    const keytar = new ScriptedKeytar();
    keytar.before = () => never;
    const keychain = systemKeychain({ load: () => keytar, deadline: 5 });
    expect(await keychain.set('a', Buffer.from('x'))).toMatchObject({ outcome: 'failed' });
    expect(await keychain.delete('a')).toMatchObject({ outcome: 'failed', problem: { code: 'keychain-timeout' } });
  });

  it.each([
    ['Cannot create an item in a locked collection', 'locked', 'keychain-locked'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'locked', 'keychain-not-set-up'],
    ['User interaction is not allowed.', 'locked', 'keychain-locked'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'absent', 'keychain-absent'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'absent', 'keychain-absent'],
    ['Could not connect: No such file or directory', 'absent', 'keychain-absent'],
    ['libsecret-1.so.0 is not installed', 'absent', 'keychain-library-missing'],
    ['User canceled the operation.', 'failed', 'keychain-denied'],
    ['Something nobody has seen', 'failed', 'keychain-failed'],
  ])('attack 41: "%s" is %s', async (text, outcome, code) => {
    const keytar = new ScriptedKeytar();
    keytar.before = () => Promise.reject(new Error(text));
    expect(await systemKeychain({ load: () => keytar }).get('a')).toMatchObject({ outcome, problem: { code } });
  });

  it('says so when keytar cannot be loaded, and loads it again on the next call', async () => {
    let loads = 0;
    const keychain = systemKeychain({ load: () => { loads += 1; throw new Error('libsecret-1.so.0 is not installed'); } });
    expect(await keychain.get('a')).toMatchObject({ outcome: 'absent', problem: { next: expect.stringContaining('apt install libsecret-1-0') } });
    await keychain.get('a');
    expect(loads).toBe(2);
  });
});
