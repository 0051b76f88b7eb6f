import type { LedgerEntry, RunEvent } from '../contract/index.ts';
import { NO_TAG } from '../vault/index.ts';
import type { Store } from './store.ts';

/** What a Run adds to the ledger, from its events in the clear. */
export type EntriesOf = (events: readonly RunEvent[]) => LedgerEntry[];

interface Behind { runId: string; events: number }

/**
 * The ledger of every code and refresh token ever sent, over all Runs: found by keyed hash, the rest sealed.
 * It is derived from the Runs, so it is brought up to date when it is asked, and only for Runs that have grown since.
 * Removed Runs count until they are gone for good: what they sent was sent.
 */
export class LedgerTable {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @throws SQLite's errors */
  catchUp(entriesOf: EntriesOf): void {
    const behind = this.#store.db.prepare(`SELECT runs.run_id AS runId, runs.events AS events FROM runs
      LEFT JOIN ledger_runs ON ledger_runs.run_id = runs.run_id WHERE ledger_runs.events IS NOT runs.events`).all() as unknown as Behind[];
    if (behind.length > 0) this.#store.transaction(() => { for (const run of behind) this.#take(run, entriesOf); });
  }

  /** @throws SQLite's errors */
  find(hash: string): LedgerEntry[] {
    const rows = this.#store.db.prepare('SELECT run_id AS runId, sealed FROM ledger WHERE hash = ? ORDER BY id').all(hash) as unknown as { runId: string; sealed: Uint8Array }[];
    return rows.flatMap(({ runId, sealed }) => {
      const opened = this.#store.sealer.open({ kind: 'ledger-entry', recordId: runId, seq: 0, previousTag: NO_TAG }, sealed);
      // A row that was changed by somebody is no evidence of anything.
      const entry = opened === null ? null : JSON.parse(Buffer.from(opened).toString('utf8')) as LedgerEntry;
      return entry?.hash === hash ? [entry] : [];
    });
  }

  #take({ runId, events }: Behind, entriesOf: EntriesOf): void {
    const { db, sealer } = this.#store;
    db.prepare('DELETE FROM ledger WHERE run_id = ?').run(runId);
    const add = db.prepare('INSERT INTO ledger (run_id, hash, sealed) VALUES (?, ?, ?)');
    for (const entry of entriesOf(this.#store.read(runId)?.events ?? [])) {
      const sealed = sealer.seal({ kind: 'ledger-entry', recordId: runId, seq: 0, previousTag: NO_TAG }, Buffer.from(JSON.stringify(entry)));
      add.run(runId, entry.hash, sealed);
    }
    db.prepare('INSERT INTO ledger_runs (run_id, events) VALUES (?, ?) ON CONFLICT (run_id) DO UPDATE SET events = excluded.events').run(runId, events);
  }
}
