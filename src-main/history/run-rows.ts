import type { DatabaseSync, StatementSync } from 'node:sqlite';

export interface HeadRow { runId: string; startedAt: number; events: number; lastTag: Uint8Array; summary: Uint8Array; removedAt: number | null }
export interface EventRow { seq: number; sealed: Uint8Array }

/** The tables of Runs, as rows; what is in them is the business of the chain. Everything here may throw SQLite's errors. */
export class RunRows {
  readonly #putHead: StatementSync;
  readonly #addEvent: StatementSync;
  readonly #head: StatementSync;
  readonly #heads: StatementSync;
  readonly #events: StatementSync;
  readonly #orphans: StatementSync;
  readonly #setRemoved: StatementSync;
  readonly #removedBefore: StatementSync;
  readonly #deleteEvents: StatementSync;
  readonly #deleteHead: StatementSync;

  constructor(db: DatabaseSync) {
    const head = 'SELECT run_id AS runId, started_at AS startedAt, events, last_tag AS lastTag, summary, removed_at AS removedAt FROM runs';
    this.#putHead = db.prepare(`INSERT INTO runs (run_id, started_at, events, last_tag, summary) VALUES (:runId, :startedAt, :events, :lastTag, :summary)
      ON CONFLICT (run_id) DO UPDATE SET events = excluded.events, last_tag = excluded.last_tag, summary = excluded.summary`);
    this.#addEvent = db.prepare('INSERT INTO events (run_id, seq, sealed) VALUES (?, ?, ?)');
    this.#head = db.prepare(`${head} WHERE run_id = ?`);
    this.#heads = db.prepare(`${head} WHERE removed_at IS NULL ORDER BY started_at DESC, rowid DESC`);
    this.#events = db.prepare('SELECT seq, sealed FROM events WHERE run_id = ? ORDER BY seq');
    this.#orphans = db.prepare('SELECT DISTINCT run_id AS runId FROM events WHERE run_id NOT IN (SELECT run_id FROM runs)');
    this.#setRemoved = db.prepare('UPDATE runs SET removed_at = :at WHERE run_id = :runId AND (removed_at IS NULL) = :present');
    this.#removedBefore = db.prepare('SELECT run_id AS runId FROM runs WHERE removed_at < ?');
    this.#deleteEvents = db.prepare('DELETE FROM events WHERE run_id = ?');
    this.#deleteHead = db.prepare('DELETE FROM runs WHERE run_id = ?');
  }

  putHead({ runId, startedAt, events, lastTag, summary }: Omit<HeadRow, 'removedAt'>): void {
    this.#putHead.run({ runId, startedAt, events, lastTag, summary });
  }

  addEvent(runId: string, { seq, sealed }: EventRow): void {
    this.#addEvent.run(runId, seq, sealed);
  }

  head(runId: string): HeadRow | null {
    return (this.#head.get(runId) as HeadRow | undefined) ?? null;
  }

  /** Heads that are not removed, newest Run first. */
  heads(): HeadRow[] {
    return this.#heads.all() as unknown as HeadRow[];
  }

  events(runId: string): EventRow[] {
    return this.#events.all(runId) as unknown as EventRow[];
  }

  /** Runs whose head row is gone while events are left. */
  orphans(): string[] {
    return this.#orphans.all().map((row) => String(row['runId']));
  }

  /** @returns whether there was such a Run, present or removed as asked */
  setRemoved(runId: string, at: number | null): boolean {
    return this.#setRemoved.run({ runId, at, present: at === null ? 0 : 1 }).changes === 1;
  }

  removedBefore(time: number): string[] {
    return this.#removedBefore.all(time).map((row) => String(row['runId']));
  }

  delete(runId: string): void {
    this.#deleteEvents.run(runId);
    this.#deleteHead.run(runId);
  }
}
