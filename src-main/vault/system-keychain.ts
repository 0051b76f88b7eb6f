import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { CallQueue } from './call-queue.ts';
import { classify } from './classify.ts';
import { MAX_VALUE_BYTES } from './keychain.ts';
import type { Keychain, KeychainAnswer } from './keychain.ts';

/** The three calls of keytar that are used. `findCredentials` is not one of them: on a locked keyring it ends the process. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface SystemKeychainOptions {
  /** First part of every entry's name in the keychain. */
  service?: string;
  /** Milliseconds until a call is given up and the keychain latched off. */
  deadline?: number;
  load?: () => Keytar;
}

/**
 * The operating system's keychain through keytar: libsecret, macOS Keychain, Windows Credential Manager.
 * Values are stored as base64, since keytar cuts at NUL and replaces lone surrogates.
 */
export function systemKeychain({ service = 'grantscope', deadline, load = loadKeytar }: SystemKeychainOptions = {}): Keychain {
  const queue = new CallQueue(deadline);
  let keytar: Keytar | null = null;

  async function ask<T>(call: (keytar: Keytar) => Promise<T>): Promise<KeychainAnswer<T>> {
    const result = await queue.run(() => call(keytar ??= load()));
    if (result.ok) return { outcome: 'available', value: result.value };
    if ('problem' in result) return { outcome: 'failed', problem: result.problem };
    return classify(result.error);
  }

  return {
    get: async (account) => {
      const answer = await ask((loaded) => loaded.getPassword(service, account));
      if (answer.outcome !== 'available' || answer.value === null) return answer as KeychainAnswer<null>;
      const value = Buffer.from(answer.value, 'base64');
      return value.toString('base64') === answer.value ? { outcome: 'available', value } : foreign;
    },
    set: async (account, value) => {
      if (value.length === 0 || value.length > MAX_VALUE_BYTES) throw new RangeError(`A keychain entry holds 1 to ${MAX_VALUE_BYTES} bytes, not ${value.length}`);
      const answer = await ask((loaded) => loaded.setPassword(service, account, Buffer.from(value).toString('base64')));
      return answer.outcome === 'available' ? { outcome: 'available', value: null } : answer;
    },
    delete: async (account) => {
      const answer = await ask((loaded) => loaded.deletePassword(service, account));
      return answer.outcome === 'available' ? { outcome: 'available', value: null } : answer;
    },
    retry: () => queue.retry(),
    get stuck() { return queue.stuck; },
  };
}

const foreign: KeychainAnswer<never> = {
  outcome: 'failed',
  problem: {
    code: 'keychain-entry-foreign', message: 'The keychain entry is not one that Grantscope wrote.',
    why: 'It was changed by hand or by another program.', next: 'Restore the entry, or reset the vault.',
  },
};

const LIBSECRET = [
  '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib/arm-linux-gnueabihf', '/usr/lib64', '/usr/lib', '/lib64', '/lib',
].map((folder) => `${folder}/libsecret-1.so.0`);

function loadKeytar(): Keytar {
  try {
    // CommonJS with a native part: it must be loaded at run time, and not before the first call, since that may fail.
    return createRequire(import.meta.url)('keytar') as Keytar;
  } catch (cause) {
    // keytar hides the loader's own message; on Linux the missing library is nearly always the reason.
    if (process.platform === 'linux' && !LIBSECRET.some((path) => existsSync(path))) throw new Error('libsecret-1.so.0 is not installed', { cause });
    throw cause;
  }
}
