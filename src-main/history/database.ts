import { chmodSync, closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Problem } from '../contract/result.ts';
import { stampOf, syncFolder } from '../vault/index.ts';
import { APPLICATION_ID, CURRENT_VERSION, migrate, versionOf } from './migrations.ts';
import { isDamage, whyOf } from './sqlite-problem.ts';

export const DATABASE_FILE = 'history.db';
export const DATABASE_FILES = [DATABASE_FILE, `${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`] as const;

/** Milliseconds to wait for a lock; SQLite's own default is not to wait. */
const BUSY_TIMEOUT = 5000;

export interface OpenedDatabase {
  db: DatabaseSync;
  onDisk: boolean;
  problems: Problem[];
}

export function memoryDatabase(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  configure(db);
  migrate(db);
  return db;
}

/**
 * Opens the database of a data folder. A damaged file, or one sealed with another key, is set aside and an empty one begun;
 * a file of a newer version, or a folder that cannot be written, leaves the file as it is and gives a database in memory.
 */
export function openDatabase(folder: string, keyId: string): OpenedDatabase {
  const path = join(folder, DATABASE_FILE);
  const problems: Problem[] = [];
  try {
    if (existsSync(path)) {
      const opened = openExisting(path, keyId);
      if ('db' in opened) return { db: opened.db, onDisk: true, problems };
      if (opened.keep) return { db: memoryDatabase(), onDisk: false, problems: [opened.problem] };
      problems.push({ ...opened.problem, next: `The file was kept as ${moveAside(folder)}.` });
    } else if (existsSync(`${path}-wal`)) {
      // A log without its database: SQLite would delete it with the next start.
      problems.push({ code: 'history-lost', message: 'The database of saved runs is gone, only its log was left.', next: `The log was kept as ${moveAside(folder)}-wal.` });
    }
    return { db: create(path, keyId), onDisk: true, problems };
  } catch (error) {
    const problem: Problem = {
      code: 'history-not-opened', message: 'Saved runs cannot be opened, and new ones are kept only until Grantscope closes.',
      why: whyOf(error), next: 'Make the data folder writable, then start Grantscope again.',
    };
    return { db: memoryDatabase(), onDisk: false, problems: [...problems, problem] };
  }
}

/**
 * Reads the environments of a file that is not to be used otherwise, since the key to its Runs is not at hand. Writes nothing;
 * a file that cannot be read that way is left to the start that has the key.
 */
export function readAside(folder: string, read: (db: DatabaseSync) => void): void {
  const path = join(folder, DATABASE_FILE);
  if (!existsSync(path)) return;
  const url = pathToFileURL(path);
  // With nothing in the log the file alone is the database, and SQLite then needs no index file beside it.
  if (!existsSync(`${path}-wal`) || statSync(`${path}-wal`).size === 0) url.searchParams.set('immutable', '1');
  try {
    const db = new DatabaseSync(url, { readOnly: true, timeout: BUSY_TIMEOUT });
    try {
      if (versionOf(db) === CURRENT_VERSION) read(db);
    } finally {
      db.close();
    }
  } catch (error) {
    whyOf(error);
  }
}

function openExisting(path: string, keyId: string): { db: DatabaseSync } | { keep: boolean; problem: Problem } {
  // SQLite takes an empty file for a new database; here it is one that was cut off.
  if (statSync(path).size === 0) return { keep: false, problem: damaged('The file is empty.') };
  narrow(path);
  const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT });
  try {
    const version = versionOf(db);
    const ours = Number(db.prepare('PRAGMA application_id').get()?.['application_id']) === APPLICATION_ID;
    if (!ours) return refused(db, false, damaged('It is a database of another program.'));
    if (version > CURRENT_VERSION) return refused(db, true, newer(version));
    configure(db);
    const check = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (check !== 'ok') return refused(db, false, damaged(`SQLite's check found: ${String(check).slice(0, 200)}`));
    migrate(db);
    if (db.prepare('SELECT key_id FROM keys').get()?.['key_id'] !== keyId) return refused(db, false, otherKey);
    return { db };
  } catch (error) {
    db.close();
    if (isDamage(error)) return { keep: false, problem: damaged(whyOf(error)) };
    throw error;
  }
}

function refused(db: DatabaseSync, keep: boolean, problem: Problem): { keep: boolean; problem: Problem } {
  db.close();
  return { keep, problem };
}

/** Made under another name and moved into place whole, so an empty or half-made file is never taken for ours. */
function create(path: string, keyId: string): DatabaseSync {
  const fresh = `${path}.new`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${fresh}${suffix}`, { force: true });
  // SQLite gives the log and its index the permissions of the database file.
  closeSync(openSync(fresh, 'wx', 0o600));
  const made = new DatabaseSync(fresh, { timeout: BUSY_TIMEOUT });
  try {
    configure(made);
    migrate(made);
    made.prepare('INSERT INTO keys (key_id) VALUES (?)').run(keyId);
    made.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    made.close();
  }
  renameSync(fresh, path);
  syncFolder(join(path, '..'));
  const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT });
  configure(db);
  return db;
}

/** FULL, because with refresh-token rotation a lost last commit is a lost session. https://www.sqlite.org/pragma.html */
function configure(db: DatabaseSync): void {
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON`);
}

/** Moves database, log and index to `history.damaged-<time>.db…`; returns the path of the database. */
function moveAside(folder: string): string {
  const target = join(folder, `history.damaged-${stampOf(new Date())}.db`);
  // The log first: SQLite looks for it under the database's name.
  for (const suffix of ['-wal', '-shm', '']) {
    const path = join(folder, `${DATABASE_FILE}${suffix}`);
    if (existsSync(path)) renameSync(path, `${target}${suffix}`);
  }
  syncFolder(folder);
  return target;
}

function narrow(path: string): void {
  if (process.platform === 'win32') return;
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(`${path}${suffix}`)) chmodSync(`${path}${suffix}`, 0o600);
}

const damaged = (why: string): Problem => ({ code: 'history-damaged', message: 'The database of saved runs is damaged. A new, empty one was begun.', why });

const newer = (version: number): Problem => ({
  code: 'history-newer', message: 'The saved runs were written by a newer version of Grantscope. They were left as they are.',
  why: `The file has version ${version}, this Grantscope reads up to ${CURRENT_VERSION}.`,
  next: 'Use the newer version to see them. Runs made now are kept only until Grantscope closes.',
});

const otherKey: Problem = {
  code: 'history-other-key', message: 'The saved runs were sealed with another key and cannot be read. A new, empty database was begun.',
  why: 'The vault was reset or replaced without this file.',
};
