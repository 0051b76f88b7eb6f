import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Problem } from '../contract/result.ts';

/** Makes a folder that only its owner can read, or narrows an existing one. @throws the system's error */
export function ensurePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform !== 'win32') chmodSync(folder, 0o700);
}

/** Writes a file whole or not at all, readable by its owner only, and durable when it returns. @throws the system's error */
export function writePrivateFile(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.new`;
  try {
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
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
