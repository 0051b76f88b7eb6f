import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { VaultStatus } from '../contract/commands.ts';
import type { SecretState } from '../contract/environment.ts';
import type { KeyUse } from '../contract/options/client-auth.ts';
import { keyUseSchema } from '../contract/options/client-auth.ts';
import type { Problem, Result } from '../contract/result.ts';
import { fail, ok } from '../contract/result.ts';
import { ensurePrivateFolder, fileProblem, writePrivateFile } from './private-files.ts';
import type { Sealer, SealedRecord } from './sealing.ts';
import { NO_TAG } from './sealing.ts';
import { Secret } from './secret.ts';
import type { KeyChangeListener } from './vault.ts';

export const KEYS_FOLDER = 'keys';

/** What of the vault the keys depend on. */
export interface KeyVault {
  readonly persistent: boolean;
  sealer(): Sealer;
  status(): VaultStatus;
  subscribe(listener: KeyChangeListener): void;
}

/**
 * Private keys of environments, each a file sealed under the data key: keys are larger than a keychain entry may be. While the vault is
 * memory-only they stay in memory, and move into files once it is not.
 */
export class PrivateKeys {
  readonly #vault: KeyVault;
  readonly #folder: string;
  readonly #memory = new Map<string, Secret>();

  constructor(vault: KeyVault, dataFolder: string) {
    this.#vault = vault;
    this.#folder = join(dataFolder, KEYS_FOLDER);
    vault.subscribe({ setAside: (backup) => this.#setAside(backup), changed: () => this.#changed() });
  }

  /** `null` only where surely none is stored. */
  get(environmentId: string, use: KeyUse): Result<Secret | null> {
    const kept = this.#memory.get(nameOf(environmentId, use));
    if (kept) return ok(kept);
    const path = this.#path(environmentId, use);
    if (!existsSync(path)) return ok(null);
    if (!this.#vault.persistent) return fail(this.#vault.status().problem ?? unavailable);
    try {
      const plain = this.#vault.sealer().open(recordOf(environmentId, use), readFileSync(path));
      return plain === null ? fail(altered) : ok(new Secret(Buffer.from(plain).toString('utf8')));
    } catch (error) {
      return fail(fileProblem('key-unreadable', 'The file of the private key could not be read.', error));
    }
  }

  set(environmentId: string, use: KeyUse, value: string): Result<null> {
    if (!this.#vault.persistent) {
      this.#memory.set(nameOf(environmentId, use), new Secret(value));
      return ok(null);
    }
    try {
      ensurePrivateFolder(this.#folder);
      writePrivateFile(this.#path(environmentId, use), this.#vault.sealer().seal(recordOf(environmentId, use), Buffer.from(value, 'utf8')));
    } catch (error) {
      return fail(fileProblem('key-not-written', 'The private key could not be saved.', error));
    }
    this.#memory.delete(nameOf(environmentId, use));
    return ok(null);
  }

  delete(environmentId: string, use: KeyUse): Result<null> {
    this.#memory.delete(nameOf(environmentId, use));
    try {
      rmSync(this.#path(environmentId, use), { force: true });
      return ok(null);
    } catch (error) {
      return fail(fileProblem('key-not-removed', 'The private key could not be removed.', error));
    }
  }

  /** All keys of an environment that is gone for good. */
  deleteAll(environmentId: string): void {
    for (const use of keyUseSchema.options) this.delete(environmentId, use);
  }

  state(environmentId: string, use: KeyUse): SecretState {
    if (this.#memory.has(nameOf(environmentId, use))) return 'memory';
    const found = this.get(environmentId, use);
    if (found.ok) return found.value ? 'stored' : 'absent';
    return !this.#vault.persistent && this.#vault.status().state === 'locked' ? 'locked' : 'failed';
  }

  #setAside(backup: string): void {
    if (!existsSync(this.#folder)) return;
    mkdirSync(backup, { recursive: true, mode: 0o700 });
    renameSync(this.#folder, join(backup, KEYS_FOLDER));
  }

  #changed(): void {
    if (!this.#vault.persistent) return;
    for (const [name, secret] of [...this.#memory]) {
      const [use, ...id] = name.split(':');
      // What cannot be written stays in memory.
      this.set(id.join(':'), use as KeyUse, secret.expose());
    }
  }

  #path(environmentId: string, use: KeyUse): string {
    return join(this.#folder, `${environmentId}.${use}.sealed`);
  }
}

const nameOf = (environmentId: string, use: KeyUse): string => `${use}:${environmentId}`;

const recordOf = (environmentId: string, use: KeyUse): SealedRecord => ({ kind: 'private-key', recordId: nameOf(environmentId, use), seq: 0, previousTag: NO_TAG });

const unavailable: Problem = { code: 'keychain-failed', message: 'The keychain could not be used.' };

const altered: Problem = {
  code: 'key-altered', message: 'The sealed private key cannot be opened.', why: 'It was changed on disk, or sealed under another data key.',
  next: 'Generate or import the key again.',
};
