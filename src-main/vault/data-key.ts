import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Problem } from '../contract/result.ts';
import { fits, readKeyMarker, writeKeyMarker } from './key-marker.ts';
import type { KeyMarker } from './key-marker.ts';
import type { Keychain, KeychainTrouble } from './keychain.ts';
import { ensurePrivateFolder, fileProblem } from './private-files.ts';
import { Sealer } from './sealing.ts';

/** How the search for the data key ended. `marked`: a marker is on disk, so secrets may be stored that cannot be read now. */
export type DataKey =
  | { state: 'available'; sealer: Sealer }
  /** The keychain works, but the data folder does not take the marker. */
  | { state: 'available'; sealer: null; problem: Problem; marked: false }
  | { state: KeychainTrouble; sealer: null; problem: Problem; marked: boolean };

/** Entries carry the key's id, so two data folders share a keychain without touching each other's entries. */
const accountOf = (keyId: string): string => `data-key:${keyId}`;

/** Reads the data key, or makes one: only where no marker is on disk and the keychain gives back what was written. */
export async function findDataKey(keychain: Keychain, folder: string): Promise<DataKey> {
  const marker = readKeyMarker(folder);
  if (!marker.ok) return { state: 'failed', sealer: null, problem: marker.problem, marked: true };
  return marker.value ? readDataKey(keychain, marker.value) : createDataKey(keychain, folder);
}

async function readDataKey(keychain: Keychain, marker: KeyMarker): Promise<DataKey> {
  const answer = await keychain.get(accountOf(marker.keyId));
  if (answer.outcome !== 'available') return { state: answer.outcome, sealer: null, problem: answer.problem, marked: true };
  if (answer.value === null) return { ...await whyEmpty(keychain, marker.keyId), sealer: null, marked: true };
  if (answer.value.length === 32) {
    const sealer = new Sealer(marker.keyId, answer.value);
    if (fits(marker, sealer)) return { state: 'available', sealer };
  }
  return { state: 'failed', sealer: null, problem: wrongKey, marked: true };
}

/**
 * A locked Secret Service answers "nothing" where something is, so "nothing" is tried with a probe entry:
 * only a keychain that takes it and gives it back is open, and only then is the key really missing.
 */
export async function whyEmpty(keychain: Keychain, keyId: string): Promise<{ state: KeychainTrouble; problem: Problem }> {
  const account = `probe:${keyId}`;
  const value = randomBytes(16);
  const written = await keychain.set(account, value);
  if (written.outcome !== 'available') return { state: written.outcome, problem: written.problem };
  const read = await keychain.get(account);
  await keychain.delete(account);
  if (read.outcome !== 'available') return { state: read.outcome, problem: read.problem };
  return read.value === null ? { state: 'locked', problem: lockedOrMissing } : { state: 'failed', problem: missingKey };
}

/** Whether the keychain takes an entry and gives it back: `null` if it does. */
export async function keychainWorks(keychain: Keychain): Promise<{ state: KeychainTrouble; problem: Problem } | null> {
  const found = await whyEmpty(keychain, randomUUID());
  return found.problem === missingKey ? null : found;
}

/** Whether the data key's entry can be read at this moment: the proof that an empty answer for another entry means "not stored". */
export async function stillReadable(keychain: Keychain, keyId: string): Promise<{ state: KeychainTrouble; problem: Problem } | null> {
  const answer = await keychain.get(accountOf(keyId));
  if (answer.outcome !== 'available') return { state: answer.outcome, problem: answer.problem };
  return answer.value === null ? whyEmpty(keychain, keyId) : null;
}

async function createDataKey(keychain: Keychain, folder: string): Promise<DataKey> {
  const sealer = { keyId: randomUUID(), key: randomBytes(32) };
  const account = accountOf(sealer.keyId);
  const written = await keychain.set(account, sealer.key);
  if (written.outcome !== 'available') return { state: written.outcome, sealer: null, problem: written.problem, marked: false };
  const read = await keychain.get(account);
  if (read.outcome !== 'available') return { state: read.outcome, sealer: null, problem: read.problem, marked: false };
  if (read.value?.length !== 32 || !timingSafeEqual(read.value, sealer.key)) {
    return { state: 'failed', sealer: null, problem: notKeeping, marked: false };
  }
  const made = new Sealer(sealer.keyId, sealer.key);
  try {
    ensurePrivateFolder(folder);
    writeKeyMarker(folder, made);
  } catch (error) {
    await keychain.delete(account);
    // Another process made its key at the same moment: that one counts.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return findDataKey(keychain, folder);
    const problem = fileProblem('data-folder-not-writable', 'The data folder cannot be written, so nothing is kept beyond this session.', error);
    return { state: 'available', sealer: null, problem, marked: false };
  }
  return { state: 'available', sealer: made };
}

const reset = 'Restore the entry if you have a copy, or reset the vault: what was saved is set aside, not deleted.';

const missingKey: Problem = {
  code: 'data-key-missing', message: 'The key of the vault is missing in the keychain, so saved runs and secrets cannot be read.',
  why: 'The keychain is open and works, but its entry "data-key" is gone. Nothing was overwritten.', next: reset,
};

const lockedOrMissing: Problem = {
  code: 'data-key-locked-or-missing', message: 'The keychain is locked, or has lost the key of the vault.',
  why: 'It answers with nothing and keeps nothing, as a locked keychain does. Nothing was overwritten.',
  next: 'Unlock the keychain, then try again.',
};

const wrongKey: Problem = {
  code: 'data-key-wrong', message: 'The key in the keychain is not the one the saved data was sealed with.',
  why: 'The entry "data-key" was replaced, or the data folder comes from another computer. Nothing was overwritten.', next: reset,
};

const notKeeping: Problem = {
  code: 'keychain-not-keeping', message: 'The keychain did not give back what was written.',
  why: 'It is locked, or it keeps entries only in appearance.', next: 'Unlock the keychain, then try again.',
};
