import type { Problem } from '../contract/result.ts';

/** Why the keychain gave no answer. *Locked*, *absent* and *failed* are three different things and are never merged. */
export type KeychainTrouble = 'locked' | 'absent' | 'failed';

/** What one call came to. `available` with `null` means "nothing under that name", which a locked Secret Service says too. */
export type KeychainAnswer<T> = { outcome: 'available'; value: T } | { outcome: KeychainTrouble; problem: Problem };

/**
 * The operating system's keychain as the vault needs it: bytes under a name, one call at a time.
 * Nothing here throws for what a keychain may do; a value over {@link MAX_VALUE_BYTES} or an empty one is a programmer mistake and does.
 */
export interface Keychain {
  get(account: string): Promise<KeychainAnswer<Uint8Array | null>>;
  set(account: string, value: Uint8Array): Promise<KeychainAnswer<null>>;
  delete(account: string): Promise<KeychainAnswer<null>>;
  /** Takes back a latch that a missed deadline has set, if the stuck call has returned meanwhile. */
  retry(): void;
  /** A call has missed its deadline and is still pending; it holds a thread that `process.exit` would wait for. */
  readonly stuck: boolean;
}

/** Base64 characters of one entry. Windows stops at 2,560 bytes, Linux at about a megabyte: with our own limit the difference never shows. */
export const MAX_STORED_CHARACTERS = 1024;

export const MAX_VALUE_BYTES = (MAX_STORED_CHARACTERS / 4) * 3;
