/**
 * vault/: the operating system's keychain (keytar) and the data key that seals everything stored.
 *
 * For the composition root, history/ (sealing), environment handlers (client secrets) and marker fingerprints. Refuses to make a new key
 * beside the marker of an old one, to take a locked keychain for an empty one, to hang with the keychain, and to write a secret in the clear:
 * without a keychain it keeps everything in memory and says so.
 *
 * What it does not protect against: whoever can read the keychain of the unlocked session, or this process's memory.
 */
import { ensurePrivateFolder } from './private-files.ts';
import type { Keychain } from './keychain.ts';
import { Vault } from './vault.ts';

/**
 * Opens the vault of a data folder; comes back when the keychain has answered or missed its deadline. Never rejects for what a
 * keychain or a disk may do: the status says how it went.
 */
export async function openVault({ keychain, folder }: { keychain: Keychain; folder: string }): Promise<Vault> {
  try {
    ensurePrivateFolder(folder);
  } catch {
    // Not writable: finding the data key says so, with the reason.
  }
  const vault = new Vault(keychain, folder);
  await vault.find();
  return vault;
}

export { exitNow } from './exit-now.ts';
export { systemKeychain } from './system-keychain.ts';
export type { SystemKeychainOptions } from './system-keychain.ts';
export type { Keychain, KeychainAnswer, KeychainTrouble } from './keychain.ts';
export { MAX_VALUE_BYTES } from './keychain.ts';
export { Secret } from './secret.ts';
export { NO_TAG, Sealer, tagOf } from './sealing.ts';
export type { SealedRecord } from './sealing.ts';
export { ensurePrivateFolder, fileProblem, stampOf, syncFolder } from './private-files.ts';
export type { KeyChangeListener, Vault } from './vault.ts';
