import { randomBytes, randomUUID } from 'node:crypto';
import type { VaultStatus } from '../contract/commands.ts';
import type { SecretState } from '../contract/environment.ts';
import type { Problem, Result } from '../contract/result.ts';
import { fail, ok } from '../contract/result.ts';
import { ClientSecrets } from './client-secrets.ts';
import type { SecretAnswer } from './client-secrets.ts';
import { findDataKey, keychainWorks, stillReadable } from './data-key.ts';
import type { Keychain, KeychainTrouble } from './keychain.ts';
import { PrivateKeys } from './private-keys.ts';
import { Sealer } from './sealing.ts';
import { Secret } from './secret.ts';
import { setAside } from './set-aside.ts';

/** What a room that keeps sealed data does when the vault's key changes. Called synchronously, in order of subscription. */
export interface KeyChangeListener {
  /** Before a reset: close files and move them into this folder, which exists. @throws the system's error */
  setAside(backupFolder: string): void;
  /** `sealer()` or `persistent` has changed. */
  changed(): void;
}

/**
 * The data key, and the client secrets of environments. Make one with `openVault`.
 *
 * While the keychain cannot be used, the vault is *memory-only*: its key is random and ends with the process, secrets stay in memory,
 * and rooms that keep sealed data must not write to disk (`persistent` is false).
 */
export class Vault {
  readonly #keychain: Keychain;
  readonly #folder: string;
  readonly #listeners: KeyChangeListener[] = [];
  readonly #memory = new Map<string, Secret>();
  /** Private keys of environments. */
  readonly privateKeys: PrivateKeys;
  #sealer = new Sealer(randomUUID(), randomBytes(32));
  #stored: ClientSecrets | null = null;
  #state: VaultStatus['state'] = 'absent';
  #problem: Problem | null = null;
  /** Secrets may be in the keychain that cannot be read now. */
  #marked = false;
  #fingerprintKey: Uint8Array | null = null;
  #work: Promise<unknown> = Promise.resolve();

  constructor(keychain: Keychain, folder: string) {
    this.#keychain = keychain;
    this.#folder = folder;
    this.privateKeys = new PrivateKeys(this, folder);
  }

  status(): VaultStatus {
    return { state: this.#state, memory: !this.persistent, problem: this.#problem };
  }

  /** What is sealed with the present key can be opened again after a restart. */
  get persistent(): boolean {
    return this.#stored !== null;
  }

  /** The keychain hangs, and the process with it when it ends in the ordinary way: see `exitNow`. */
  get stuck(): boolean {
    return this.#keychain.stuck;
  }

  /** The present key, to seal and open records with. It changes only with a call of `KeyChangeListener.changed`. */
  sealer(): Sealer {
    return this.#sealer;
  }

  /** 32 bytes for the fingerprints of markers. The same until the process ends, so that markers shown before and after a retry agree. */
  fingerprintKey(): Uint8Array {
    return this.#fingerprintKey ??= this.#sealer.derive('fingerprint');
  }

  subscribe(listener: KeyChangeListener): void {
    this.#listeners.push(listener);
  }

  /** Asks the keychain again, without a restart. Secrets kept in memory until now move into it. */
  retry(): Promise<VaultStatus> {
    return this.#alone(async () => {
      this.#keychain.retry();
      await (this.persistent ? this.#check() : this.find());
      return this.status();
    });
  }

  /**
   * Begins anew with a new key; key marker, sealed secrets and what listeners keep go into `backup-<time>/` in the data folder.
   * Refused, with nothing moved, while the keychain would not take a new key.
   */
  reset(): Promise<VaultStatus> {
    return this.#alone(async () => {
      this.#keychain.retry();
      const trouble = await keychainWorks(this.#keychain);
      if (trouble) return { ...this.status(), state: trouble.state, problem: { ...trouble.problem, message: `The vault was not reset: ${trouble.problem.message}` } };
      const moved = setAside(this.#folder, (backup) => this.#listeners.forEach((listener) => listener.setAside(backup)));
      if (!moved.ok) {
        this.#problem = moved.problem;
        this.#listeners.forEach((listener) => listener.changed());
        return this.status();
      }
      this.#stored = null;
      this.#sealer = new Sealer(randomUUID(), randomBytes(32));
      await this.find();
      if (!this.persistent) this.#listeners.forEach((listener) => listener.changed());
      return this.status();
    });
  }

  /** The client secret of an environment; `null` only where surely none is stored. */
  async getSecret(environmentId: string): Promise<Result<Secret | null>> {
    const found = await this.#find(environmentId);
    return found.ok ? ok(found.value) : fail(found.problem);
  }

  async setSecret(environmentId: string, value: string): Promise<Result<null>> {
    if (!this.#stored) {
      this.#memory.set(environmentId, new Secret(value));
      return ok(null);
    }
    const written = await this.#stored.set(environmentId, value);
    if (!written.ok) return fail(this.#note(written).problem);
    this.#memory.delete(environmentId);
    return ok(null);
  }

  /** Done only when the secret is gone everywhere: with a locked keychain this fails, even if a copy in memory went. */
  async deleteSecret(environmentId: string): Promise<Result<null>> {
    this.#memory.delete(environmentId);
    if (!this.#stored) return this.#marked ? fail(this.#unavailable()) : ok(null);
    const deleted = await this.#stored.delete(environmentId);
    if (!deleted.ok) return fail(this.#note(deleted).problem);
    const trouble = await stillReadable(this.#keychain, this.#sealer.keyId);
    return trouble ? fail(this.#note({ ok: false, ...trouble }).problem) : ok(null);
  }

  async secretState(environmentId: string): Promise<SecretState> {
    if (this.#memory.has(environmentId)) return 'memory';
    const found = await this.#find(environmentId);
    if (found.ok) return found.value ? 'stored' : 'absent';
    return found.state === 'locked' ? 'locked' : 'failed';
  }

  /** Looks for the data key and takes it into use. For `openVault` and this class. */
  async find(): Promise<void> {
    const found = await findDataKey(this.#keychain, this.#folder);
    this.#state = found.state;
    if (!found.sealer) {
      this.#problem = found.problem;
      this.#marked = found.marked;
      return;
    }
    this.#problem = null;
    this.#marked = true;
    this.#sealer = found.sealer;
    this.#stored = new ClientSecrets(this.#keychain, this.#folder, found.sealer);
    this.#listeners.forEach((listener) => listener.changed());
    for (const [environmentId, secret] of this.#memory) await this.setSecret(environmentId, secret.expose());
  }

  async #find(environmentId: string): Promise<SecretAnswer<Secret | null>> {
    const kept = this.#memory.get(environmentId);
    if (kept) return ok(kept);
    if (!this.#stored) {
      if (!this.#marked || this.#state === 'available') return ok(null);
      return { ok: false, state: this.#state, problem: this.#unavailable() };
    }
    const found = await this.#stored.get(environmentId);
    if (!found.ok) return this.#note(found);
    if (found.value) {
      this.#recovered();
      return found;
    }
    const trouble = await stillReadable(this.#keychain, this.#sealer.keyId);
    if (trouble) return this.#note({ ok: false, ...trouble });
    this.#recovered();
    return found;
  }

  /** The key is at hand; is the keychain still? */
  async #check(): Promise<void> {
    const trouble = await stillReadable(this.#keychain, this.#sealer.keyId);
    if (trouble) this.#note({ ok: false, ...trouble });
    else this.#recovered();
  }

  /** Remembers what the keychain came to, except where one entry alone is at fault. */
  #note<T extends { ok: false; state: KeychainTrouble; problem: Problem }>(failed: T): T {
    if (failed.problem.code.startsWith('secret-')) return failed;
    this.#state = failed.state;
    this.#problem = failed.problem;
    return failed;
  }

  #recovered(): void {
    this.#state = 'available';
    this.#problem = null;
  }

  #unavailable(): Problem {
    return this.#problem ?? { code: 'keychain-failed', message: 'The keychain could not be used.' };
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#work.then(work);
    this.#work = result.catch(() => undefined);
    return result;
  }
}
