import type { DatabaseSync } from 'node:sqlite';

/** "GSCP" in the file's header: this is a database of ours. */
export const APPLICATION_ID = 0x47534350;

/**
 * Step n takes a file from version n to n + 1. A step that was released is never changed.
 *
 * In the clear are ids, times of start and removal, counts and tags, keyed hashes of codes and refresh tokens (the key is derived from the
 * data key), and the environments' configuration, which holds no secret.
 * All that was sent and received is in `sealed` and `summary`.
 */
const steps: readonly string[] = [
  `CREATE TABLE keys (key_id TEXT NOT NULL PRIMARY KEY) STRICT;
   CREATE TABLE runs (
     run_id TEXT NOT NULL PRIMARY KEY, started_at INTEGER NOT NULL, events INTEGER NOT NULL, last_tag BLOB NOT NULL,
     summary BLOB NOT NULL, removed_at INTEGER
   ) STRICT;
   CREATE INDEX runs_started ON runs (started_at DESC);
   CREATE TABLE events (
     id INTEGER PRIMARY KEY, run_id TEXT NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
     seq INTEGER NOT NULL, sealed BLOB NOT NULL, UNIQUE (run_id, seq)
   ) STRICT;
   CREATE TABLE environments (
     id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, config TEXT NOT NULL, removed_at INTEGER
   ) STRICT;`,
  `CREATE TABLE ledger_runs (run_id TEXT NOT NULL PRIMARY KEY REFERENCES runs (run_id) ON DELETE CASCADE, events INTEGER NOT NULL) STRICT;
   CREATE TABLE ledger (
     id INTEGER PRIMARY KEY, run_id TEXT NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE, hash TEXT NOT NULL, sealed BLOB NOT NULL
   ) STRICT;
   CREATE INDEX ledger_hash ON ledger (hash);
   CREATE INDEX ledger_run ON ledger (run_id);`,
];

export const CURRENT_VERSION = steps.length;

export function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}

/** Brings a file to the current version in one transaction: all of it, or none. */
export function migrate(db: DatabaseSync, all: readonly string[] = steps): void {
  const from = versionOf(db);
  if (from >= all.length) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const step of all.slice(from)) db.exec(step);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${all.length}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
