import type { RunEvent } from '../../src-main/contract/run.ts';
import type { RunState } from '../../src-main/contract/read/run-state.ts';
import { applyEvent, emptyRunState } from '../../src-main/contract/read/run-state.ts';

/** What became of a live event. *gap*: an event before it is missing, the Run must be read again. */
export type Received = 'queued' | 'applied' | 'known' | 'gap';

/**
 * One Run as it arrives: snapshot, the live events queued meanwhile, then live.
 *
 * Main may tell of an event before the answer to `run.open` is here; such an event waits and is replayed after the snapshot.
 * The state is folded in place; `snapshot` hands out a new object for each change.
 */
export class RunFeed {
  #state: RunState | null = null;
  #queue: RunEvent[] = [];

  get loaded(): boolean { return this.#state !== null; }

  /** A shallow copy: a new identity, so that whoever derives from it notices the change. */
  get snapshot(): RunState { return { ...(this.#state ?? emptyRunState()) }; }

  receive(event: RunEvent): Received {
    if (this.#state === null) {
      this.#queue.push(event);
      return 'queued';
    }
    if (event.seq < this.#state.next) return 'known';
    if (event.seq > this.#state.next) return 'gap';
    applyEvent(this.#state, event);
    return 'applied';
  }

  /** Folds the snapshot, then replays what was queued. `gap` where the queue does not continue the snapshot. */
  load(events: readonly RunEvent[]): 'live' | 'gap' {
    const state = emptyRunState();
    for (const event of events) applyEvent(state, event);
    const queued = this.#queue.toSorted((a, b) => a.seq - b.seq);
    this.#state = state;
    this.#queue = [];
    for (const event of queued) if (this.receive(event) === 'gap') return 'gap';
    return 'live';
  }
}
