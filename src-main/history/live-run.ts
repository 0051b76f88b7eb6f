import type { Problem, RunEvent, RunState } from '../contract/index.ts';
import { applyEvent, foldRun } from '../contract/index.ts';
import type { Sealer } from '../vault/index.ts';
import { NO_TAG } from '../vault/index.ts';
import { sealEvent, sealHead } from './chain.ts';
import type { ReadChain } from './chain.ts';
import type { RunRows } from './run-rows.ts';
import { lineOf } from './summary.ts';

/** A Run that got events in this session: its fold, the end of its chain, and what is not on disk yet. */
export class LiveRun {
  readonly runId: string;
  readonly state: RunState;
  /** Rows that cannot be trusted are not written behind. */
  readonly damage: Problem | null;
  /** Events that came in and are not stored, in order. */
  readonly unsaved: RunEvent[] = [];
  #lastTag: Uint8Array;
  /** A flow was begun in this process and has not ended. */
  #begunHere: boolean;

  constructor(runId: string, stored: ReadChain | null) {
    this.runId = runId;
    this.state = foldRun(stored?.events ?? []);
    this.damage = stored?.problem ?? null;
    this.#lastTag = stored?.lastTag ?? NO_TAG;
    this.#begunHere = stored === null;
  }

  /** A flow of this process is under way; a Run read back without its end was interrupted. */
  get running(): boolean {
    return this.#begunHere && this.state.ended === null;
  }

  /** @throws {RangeError} for an event out of its order: the recorder numbers them. */
  add(event: RunEvent): void {
    if (event.seq !== this.state.next) throw new RangeError(`Event ${event.seq} of a run came where ${this.state.next} was due`);
    applyEvent(this.state, event);
    this.unsaved.push(event);
  }

  /** Writes inside the caller's transaction; call what comes back once that was committed. */
  write(rows: RunRows, sealer: Sealer): () => void {
    let lastTag = this.#lastTag;
    // Head and events refer to each other; the foreign key is checked at the commit.
    for (const event of this.unsaved) {
      const row = sealEvent(sealer, this.runId, event, lastTag);
      rows.addEvent(this.runId, row);
      lastTag = row.tag;
    }
    rows.putHead(sealHead(sealer, lineOf(this.state, this.runId, false), lastTag));
    const written = this.unsaved.length;
    return () => {
      this.#lastTag = lastTag;
      this.unsaved.splice(0, written);
    };
  }
}
