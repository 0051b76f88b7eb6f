import type { LedgerEntry, Problem, Result, RunEvent, RunSummary } from '../contract/index.ts';
import { fail, foldRun, ok } from '../contract/index.ts';
import type { Vault } from '../vault/index.ts';
import { NO_TAG } from '../vault/index.ts';
import { openHead } from './chain.ts';
import type { ReadChain } from './chain.ts';
import { readAside } from './database.ts';
import { EnvironmentTable } from './environment-rows.ts';
import type { EntriesOf } from './ledger-table.ts';
import { LedgerTable } from './ledger-table.ts';
import { LiveRun } from './live-run.ts';
import { notSaved, whyOf } from './sqlite-problem.ts';
import { moveDatabase, Store } from './store.ts';
import { lineOf } from './summary.ts';

/** Removed Runs and environments can be brought back for a week, also after a restart. */
export const KEPT_AFTER_REMOVAL_MS = 7 * 24 * 3600 * 1000;

/** Runs whose fold stays at hand; one with unsaved events always does. */
const KEPT_LIVE = 16;

export interface HistoryParts {
  folder: string;
  vault: Pick<Vault, 'sealer' | 'persistent' | 'subscribe'>;
  /** Told once for each trouble: a file set aside, a damaged Run, writes that do not reach the disk. */
  onProblem(problem: Problem): void;
}

/** What a Run came to when read: its events, or those before the damage and what that is. */
export interface Examined { events: RunEvent[]; problem: Problem | null }

/** The Runs and environments of a data folder. Make one with `openHistory`. */
export class History {
  /** The rows of `environment/`; a write that fails is told through `onProblem`, kept, and tried again. */
  readonly environments: EnvironmentTable;
  readonly #parts: HistoryParts;
  readonly #live = new Map<string, LiveRun>();
  readonly #told = new Set<string>();
  readonly #carried = new Map<string, RunEvent[]>();
  #store: Store;
  #failing = false;

  constructor(parts: HistoryParts) {
    this.#parts = parts;
    this.environments = new EnvironmentTable(() => this.#save());
    this.#store = this.#open();
    parts.vault.subscribe({
      setAside: (backup) => {
        this.#carryLive();
        if (this.#store.onDisk) this.#store.close();
        moveDatabase(parts.folder, backup);
      },
      changed: () => this.#reopen(),
    });
  }

  /** Whether Runs outlive this process. */
  get onDisk(): boolean {
    return this.#store.onDisk;
  }

  /**
   * Adds the next event of a Run; on disk when this returns `ok`. Otherwise it stays readable in this session and is written with the
   * next event that can be.
   *
   * @throws {RangeError} for an event out of its order
   */
  append(runId: string, event: RunEvent): Result<null> {
    const live = this.#liveRun(runId);
    live.add(event);
    if (live.damage) {
      this.#tell(`append ${runId}`, { ...live.damage, code: 'run-damaged-not-saved', message: `New events of the damaged run ${runId} are kept only until Grantscope closes.` });
      return fail(live.damage);
    }
    const problem = this.#save();
    return problem ? fail(problem) : ok(null);
  }

  /**
   * Adds several events of a Run at once, in one transaction; otherwise as `append`.
   *
   * @throws {RangeError} for an event out of its order
   */
  appendAll(runId: string, events: readonly RunEvent[]): Result<null> {
    const live = this.#liveRun(runId);
    for (const event of events) live.add(event);
    if (live.damage) return fail(live.damage);
    const problem = this.#save();
    return problem ? fail(problem) : ok(null);
  }

  /** The events of a Run. A damaged one gives those before the damage, and the damage through `onProblem`; it fails where none can be read. */
  read(runId: string): Result<RunEvent[]> {
    const { events, problem } = this.examine(runId);
    if (problem?.code === 'run-damaged') this.#tell(runId, problem);
    return problem && events.length === 0 ? fail(problem) : ok(events);
  }

  examine(runId: string): Examined {
    try {
      const stored = this.#store.db.isOpen ? this.#store.read(runId) : null;
      const unsaved = this.#live.get(runId)?.unsaved ?? [];
      if (!stored && unsaved.length === 0) return { events: [], problem: unknownRun };
      return { events: [...(stored?.events ?? []), ...unsaved], problem: stored?.problem ?? null };
    } catch (error) {
      const problem: Problem = { code: 'history-not-read', message: 'The saved run could not be read.', why: whyOf(error) };
      return { events: this.#live.get(runId)?.unsaved ?? [], problem };
    }
  }

  /** One line for each Run that is not removed, newest first, without opening its events. */
  list(): RunSummary[] {
    const lines = new Map<string, RunSummary>();
    try {
      if (this.#store.db.isOpen) this.#storedLines(lines);
    } catch (error) {
      this.#tell('list', { code: 'history-not-read', message: 'The saved runs could not be listed.', why: whyOf(error) });
    }
    // Runs that never reached the disk.
    for (const live of this.#live.values()) {
      if (live.unsaved.length > 0 && live.unsaved[0]?.seq === 0) lines.set(live.runId, lineOf(live.state, live.runId, live.running));
    }
    return [...lines.values()].sort((a, b) => b.startedAt - a.startedAt);
  }

  #storedLines(lines: Map<string, RunSummary>): void {
    const { rows, sealer } = this.#store;
    for (const head of rows.heads()) {
      const live = this.#live.get(head.runId);
      lines.set(head.runId, live ? lineOf(live.state, live.runId, live.running) : (openHead(sealer, head) ?? this.#damagedLine(head.runId)));
    }
    for (const runId of rows.orphans()) lines.set(runId, this.#damagedLine(runId));
  }

  /**
   * The ledger over all Runs, up to date.
   *
   * @param entriesOf what a Run adds, from its events in the clear
   * @returns finds what stands under a keyed hash; empty, with the reason through `onProblem`, where the database fails
   */
  ledger(entriesOf: EntriesOf): (hash: string) => LedgerEntry[] {
    try {
      const table = new LedgerTable(this.#store);
      table.catchUp(entriesOf);
      return (hash) => table.find(hash);
    } catch (error) {
      this.#tell('ledger', { code: 'ledger-not-read', message: 'The ledger of codes and refresh tokens could not be read: other runs are not taken into account.', why: whyOf(error) });
      return () => [];
    }
  }

  /** Takes a Run off the list; `restore` brings it back. */
  remove(runId: string): Result<null> {
    return this.#setRemoved([runId], Date.now());
  }

  restore(runId: string): Result<RunSummary> {
    const restored = this.#setRemoved([runId], null);
    if (!restored.ok) return restored;
    const line = this.list().find(({ id }) => id === runId);
    return line ? ok(line) : fail(unknownRun);
  }

  /** Takes several Runs off the list, or none where one of them is unknown. */
  removeAll(runIds: readonly string[]): Result<null> {
    return this.#setRemoved(runIds, Date.now());
  }

  restoreAll(runIds: readonly string[]): Result<null> {
    return this.#setRemoved(runIds, null);
  }

  /**
   * Deletes for good what was removed before a time, from the log too.
   *
   * @param before milliseconds since 1970
   * @returns the ids; the client secrets of those environments are the caller's to delete
   */
  purge(before: number): Result<{ runs: string[]; environments: string[] }> {
    try {
      const runs = this.#store.rows.removedBefore(before);
      let environments: string[] = [];
      this.#store.transaction(() => {
        for (const runId of runs) this.#store.rows.delete(runId);
        environments = this.environments.purge(this.#store.db, before);
      });
      for (const runId of runs) this.#live.delete(runId);
      this.environments.forget(environments);
      this.#store.truncateLog();
      return ok({ runs, environments });
    } catch (error) {
      return fail(notSaved(error));
    }
  }

  /** Tries once more to write what is unsaved, then closes the file. Safe to call twice. */
  close(): void {
    if (!this.#store.db.isOpen) return;
    this.#save();
    try {
      this.#store.close();
    } catch (error) {
      this.#tell('close', notSaved(error));
    }
  }

  #open(): Store {
    const { folder, vault } = this.#parts;
    const store = new Store(vault.persistent ? folder : null, vault.sealer());
    for (const problem of store.problems) this.#parts.onProblem(problem);
    if (!vault.persistent) readAside(folder, (db) => this.environments.load(db));
    this.environments.load(store.db);
    return store;
  }

  /** The Runs of this session, which a flow may go on with, are taken into the database that comes next from their first event. */
  #carryLive(): void {
    for (const live of this.#live.values()) {
      const known = this.#carried.get(live.runId);
      const events = known ? [...known, ...live.unsaved.filter(({ seq }) => seq >= known.length)] : this.examine(live.runId).events;
      if (!live.damage) this.#carried.set(live.runId, events);
    }
  }

  /** The vault has another key: what was in memory only moves into the new database, what was on disk stays in its file. */
  #reopen(): void {
    const old = this.#store;
    this.#carryLive();
    const running = new Set([...this.#live.values()].filter((live) => live.running).map(({ runId }) => runId));
    if (!old.onDisk) for (const { runId } of old.rows.heads()) this.#carried.set(runId, this.examine(runId).events);
    old.close();
    this.#live.clear();
    this.#store = this.#open();
    for (const [runId, events] of this.#carried) {
      const live = new LiveRun(runId, running.has(runId) ? null : (this.#store.read(runId) ?? nothing));
      for (const event of events.slice(live.state.next)) live.add(event);
      this.#live.set(runId, live);
    }
    this.#carried.clear();
    this.#save();
  }

  /** All of them or none. */
  #setRemoved(runIds: readonly string[], at: number | null): Result<null> {
    const problem = this.#save();
    if (problem) return fail(problem);
    try {
      this.#store.transaction(() => {
        for (const runId of runIds) if (!this.#store.rows.setRemoved(runId, at)) throw new UnknownRun();
      });
      return ok(null);
    } catch (error) {
      return fail(error instanceof UnknownRun ? unknownRun : notSaved(error));
    }
  }

  /** Writes everything that is not on disk yet in one transaction. */
  #save(): Problem | null {
    const waiting = [...this.#live.values()].filter((live) => live.unsaved.length > 0 && !live.damage);
    if (waiting.length === 0 && !this.environments.unsaved) return null;
    try {
      const done: (() => void)[] = [];
      this.#store.transaction(() => {
        for (const live of waiting) done.push(live.write(this.#store.rows, this.#store.sealer));
        this.environments.save(this.#store.db);
      });
      for (const commit of done) commit();
      this.environments.saved();
      this.#failing = false;
      return null;
    } catch (error) {
      const problem = this.#store.db.isOpen ? notSaved(error) : closed;
      if (!this.#failing) this.#parts.onProblem(problem);
      this.#failing = true;
      return problem;
    }
  }

  #liveRun(runId: string): LiveRun {
    const known = this.#live.get(runId);
    if (known) return known;
    const live = new LiveRun(runId, this.#store.db.isOpen ? this.#store.read(runId) : null);
    for (const [id, other] of this.#live) {
      if (this.#live.size < KEPT_LIVE) break;
      if (other.unsaved.length === 0 && !other.running) this.#live.delete(id);
    }
    this.#live.set(runId, live);
    return live;
  }

  #damagedLine(runId: string): RunSummary {
    const { events, problem } = this.examine(runId);
    if (problem) this.#tell(runId, problem);
    return lineOf(foldRun(events), runId, false);
  }

  #tell(key: string, problem: Problem): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#parts.onProblem(problem);
  }
}

/** Ends a transaction that names a Run nobody knows. */
class UnknownRun extends Error {}

const nothing: ReadChain = { events: [], lastTag: NO_TAG, problem: null };

const unknownRun: Problem = { code: 'unknown-run', message: 'There is no such run.' };
const closed: Problem = { code: 'history-closed', message: 'The history is closed; this event was not saved.' };
