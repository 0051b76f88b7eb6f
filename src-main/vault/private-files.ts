import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Problem } from '../contract/result.ts';

/** Makes a folder that only its owner can read, or narrows an existing one. @throws the system's error */
export function ensurePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  const mode = statSync(folder).mode & 0o777;
  if ((mode & 0o077) !== 0) chmodSync(folder, mode & 0o700);
}

/**
 * Writes a file whole or not at all, readable by its owner only, and durable when it returns.
 *
 * @param exclusive refuses to replace a file that is there already
 * @throws the system's error; `EEXIST` where `exclusive` finds a file
 */
export function writePrivateFile(path: string, content: string | Uint8Array, { exclusive = false } = {}): void {
  const temporary = `${path}.${randomUUID()}.new`;
  try {
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (exclusive) moveExclusively(temporary, path);
    else renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** A hard link fails where the name is taken, a rename does not; file systems without links get the check alone. */
function moveExclusively(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(to)) throw Object.assign(new Error(`${to} exists`), { code: 'EEXIST' });
    renameSync(from, to);
    return;
  }
  rmSync(from);
}

/** Makes a rename in a folder durable; Windows has no such call. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** `2026-03-04T05-06-07-089Z`: a time as part of a file name. */
export function stampOf(date: Date): string {
  return date.toISOString().replaceAll(/[:.]/g, '-');
}

/** Says why a file of the data folder could not be written, e.g. disk full or read-only. */
export function fileProblem(code: string, message: string, error: unknown): Problem {
  const system = (error as NodeJS.ErrnoException | null)?.code ?? 'unknown error';
  const reasons: Record<string, string> = {
    ENOSPC: 'The disk is full.', EDQUOT: 'The disk quota is used up.', EFBIG: 'The system refuses a file of that size.',
    EROFS: 'The disk is read-only.', EACCES: 'The data folder is not writable for you.', EPERM: 'The data folder is not writable for you.',
    ENAMETOOLONG: 'The path of the data folder is too long.',
  };
  return { code, message, why: reasons[system] ?? `The system said: ${system}.`, next: 'Make room or make the data folder writable, then try again.' };
}
