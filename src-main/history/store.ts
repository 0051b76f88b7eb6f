import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Problem, RunEvent } from '../contract/index.ts';
import type { Sealer } from '../vault/index.ts';
import { readChain } from './chain.ts';
import type { ReadChain } from './chain.ts';
import { DATABASE_FILES, memoryDatabase, openDatabase } from './database.ts';
import { RunRows } from './run-rows.ts';

/** One open database and the key it is sealed with; a change of key is a new store. */
export class Store {
  readonly db: DatabaseSync;
  readonly rows: RunRows;
  readonly sealer: Sealer;
  readonly onDisk: boolean;
  readonly problems: readonly Problem[];

  /** @param folder `null` keeps everything in memory */
  constructor(folder: string | null, sealer: Sealer) {
    const opened = folder === null ? { db: memoryDatabase(), onDisk: false, problems: [] } : openDatabase(folder, sealer.keyId);
    this.db = opened.db;
    this.onDisk = opened.onDisk;
    this.problems = opened.problems;
    this.rows = new RunRows(this.db);
    this.sealer = sealer;
  }

  /** The stored rows of a Run, opened; `null` where there are none. */
  read(runId: string): ReadChain | null {
    const head = this.rows.head(runId);
    const rows = this.rows.events(runId);
    return head || rows.length > 0 ? readChain(this.sealer, runId, head, rows) : null;
  }

  /** All of it or nothing. @throws SQLite's errors */
  transaction(work: () => void): void {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.db.exec('COMMIT');
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Every Run with its events, for moving them into another store. */
  *all(): Generator<[runId: string, events: RunEvent[]]> {
    for (const { runId } of this.rows.heads()) yield [runId, this.read(runId)?.events ?? []];
  }

  /** Takes what was deleted out of the log as well. */
  truncateLog(): void {
    if (this.onDisk) this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    if (!this.db.isOpen) return;
    try {
      this.truncateLog();
    } finally {
      this.db.close();
    }
  }
}

/** Moves a closed database into another folder. */
export function moveDatabase(folder: string, target: string): void {
  for (const name of DATABASE_FILES) if (existsSync(join(folder, name))) renameSync(join(folder, name), join(target, name));
}
