import type { DatabaseSync } from 'node:sqlite';
import type { Environment } from '../contract/index.ts';

interface Row { id: string; position: number; config: unknown; removedAt: number | null }

/**
 * Environments as rows of JSON, kept in memory too: what could not be written yet is there all the same, and `save` tries it again.
 * Whether a row fits the schema is for the reader to judge; a row that does not stays as it is.
 */
export class EnvironmentTable {
  readonly #rows = new Map<string, Row>();
  readonly #unsaved = new Set<string>();
  readonly #onWrite: () => void;

  /** @param onWrite called after each change; it calls `save` and deals with what that throws */
  constructor(onWrite: () => void) {
    this.#onWrite = onWrite;
  }

  /** Every row that is not removed, in the order of the list. */
  all(): unknown[] {
    return [...this.#rows.values()].filter((row) => row.removedAt === null).sort((a, b) => a.position - b.position).map((row) => row.config);
  }

  put(config: Environment): void {
    const known = this.#rows.get(config.id);
    this.#write({ id: config.id, position: known?.position ?? this.#nextPosition(), config: structuredClone(config), removedAt: null });
  }

  remove(id: string): void {
    const row = this.#rows.get(id);
    if (row) this.#write({ ...row, removedAt: Date.now() });
  }

  restore(id: string): unknown | null {
    const row = this.#rows.get(id);
    if (!row || row.removedAt === null) return null;
    this.#write({ ...row, removedAt: null });
    return row.config;
  }

  holds(id: string): boolean {
    return this.#rows.has(id);
  }

  /** Reads the rows of a database; those already in memory stay, and count as unsaved: they are the newer ones. */
  load(db: DatabaseSync): void {
    for (const id of this.#rows.keys()) this.#unsaved.add(id);
    for (const row of db.prepare('SELECT id, position, config, removed_at AS removedAt FROM environments').all() as unknown as (Row & { config: string })[]) {
      if (!this.#rows.has(row.id)) this.#rows.set(row.id, { ...row, config: parseJson(row.config) });
    }
  }

  /** Writes what is not saved yet, inside the caller's transaction; `saved` says that it was committed. */
  save(db: DatabaseSync): void {
    const put = db.prepare(`INSERT INTO environments (id, position, config, removed_at) VALUES (:id, :position, :config, :removedAt)
      ON CONFLICT (id) DO UPDATE SET config = excluded.config, removed_at = excluded.removed_at`);
    for (const id of this.#unsaved) {
      const row = this.#rows.get(id);
      if (row) put.run({ ...row, config: JSON.stringify(row.config) });
    }
  }

  saved(): void {
    this.#unsaved.clear();
  }

  get unsaved(): boolean {
    return this.#unsaved.size > 0;
  }

  /** Deletes the rows of what was removed before a time, inside the caller's transaction; `forget` follows once that was committed. */
  purge(db: DatabaseSync, before: number): string[] {
    const gone = [...this.#rows.values()].filter((row) => row.removedAt !== null && row.removedAt < before).map((row) => row.id);
    const remove = db.prepare('DELETE FROM environments WHERE id = ?');
    for (const id of gone) remove.run(id);
    return gone;
  }

  forget(ids: readonly string[]): void {
    for (const id of ids) {
      this.#rows.delete(id);
      this.#unsaved.delete(id);
    }
  }

  #write(row: Row): void {
    this.#rows.set(row.id, row);
    this.#unsaved.add(row.id);
    this.#onWrite();
  }

  #nextPosition(): number {
    return Math.max(-1, ...[...this.#rows.values()].map((row) => row.position)) + 1;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
