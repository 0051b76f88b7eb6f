import type { Keychain, KeychainAnswer, KeychainTrouble } from '../../../src-main/vault/index.ts';
import type { Keytar } from '../../../src-main/vault/system-keychain.ts';

/** A keychain whose state the test sets. `locked` is as a Secret Service is: reads say "nothing", writes say why. */
export class ScriptedKeychain implements Keychain {
  readonly entries = new Map<string, Uint8Array>();
  readonly calls: string[] = [];
  state: 'available' | KeychainTrouble | 'forgets' = 'available';
  retries = 0;
  readonly stuck = false;

  async get(account: string): Promise<KeychainAnswer<Uint8Array | null>> {
    this.calls.push(`get ${account}`);
    if (this.state === 'absent' || this.state === 'failed') return this.#trouble(this.state);
    if (this.state === 'locked') return { outcome: 'available', value: null };
    return { outcome: 'available', value: this.entries.get(account) ?? null };
  }

  async set(account: string, value: Uint8Array): Promise<KeychainAnswer<null>> {
    this.calls.push(`set ${account}`);
    if (this.state === 'forgets') return { outcome: 'available', value: null };
    if (this.state !== 'available') return this.#trouble(this.state);
    this.entries.set(account, Uint8Array.from(value));
    return { outcome: 'available', value: null };
  }

  async delete(account: string): Promise<KeychainAnswer<null>> {
    this.calls.push(`delete ${account}`);
    if (this.state === 'absent' || this.state === 'failed') return this.#trouble(this.state);
    if (this.state === 'available') this.entries.delete(account);
    return { outcome: 'available', value: null };
  }

  retry(): void {
    this.retries += 1;
  }

  #trouble(outcome: KeychainTrouble): { outcome: KeychainTrouble; problem: { code: string; message: string } } {
    return { outcome, problem: { code: `keychain-${outcome}`, message: `The keychain is ${outcome}.` } };
  }
}

/** keytar itself, scripted: each call is answered by `answer`, and counted while it is pending. */
export class ScriptedKeytar implements Keytar {
  pending = 0;
  most = 0;
  started = 0;
  readonly stored = new Map<string, string>();
  /** What a call waits for before it is answered; may reject. */
  before: () => Promise<void> = () => Promise.resolve();

  getPassword(_service: string, account: string): Promise<string | null> {
    return this.#call(() => this.stored.get(account) ?? null);
  }

  setPassword(_service: string, account: string, password: string): Promise<void> {
    return this.#call(() => void this.stored.set(account, password));
  }

  deletePassword(_service: string, account: string): Promise<boolean> {
    return this.#call(() => this.stored.delete(account));
  }

  async #call<T>(answer: () => T): Promise<T> {
    this.started += 1;
    this.pending += 1;
    this.most = Math.max(this.most, this.pending);
    try {
      await this.before();
      return answer();
    } finally {
      this.pending -= 1;
    }
  }
}
