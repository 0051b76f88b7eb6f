import type { Problem } from '../contract/result.ts';

/** Primary result codes, https://www.sqlite.org/rescode.html */
const reasons: Readonly<Record<number, string>> = {
  5: 'Another program holds the database.', 6: 'Another program holds the database.', 8: 'The data folder is read-only.',
  10: 'The disk reported an error, or has no room left.', 11: 'The database file is damaged.', 13: 'The disk is full.',
  14: 'The database file cannot be opened for writing.', 26: 'The file is not a database.',
};

const DAMAGED = new Set([11, 26]);

/** SQLite's primary result code, or `null` for any other error. */
export function sqliteCode(error: unknown): number | null {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : null;
}

export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && DAMAGED.has(code);
}

/** @throws what is not an error of SQLite or the file system: that is a mistake in the program. */
export function whyOf(error: unknown): string {
  const code = sqliteCode(error);
  if (code !== null) return reasons[code] ?? `SQLite reported error ${code}.`;
  const system = (error as NodeJS.ErrnoException | null)?.syscall ? (error as NodeJS.ErrnoException).code : undefined;
  if (system === undefined) throw error;
  return `The system said: ${system}.`;
}

/** A write that did not reach the disk. What it held stays readable until the app ends. */
export const notSaved = (error: unknown): Problem => ({
  code: 'history-not-saved', message: 'What just happened could not be saved. It stays readable until Grantscope closes.',
  why: whyOf(error), next: 'Make room on the disk or make the data folder writable. Saving is tried again with the next event.',
});
