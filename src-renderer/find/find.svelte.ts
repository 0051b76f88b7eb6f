/**
 * find/: a text in all recorded Runs. What was found stays until the next search, so that one can be opened after the other.
 * Main searches what the window may see, never what is behind a marker.
 */
import type { Bridge } from '../../src-main/contract/commands.ts';
import type { FindFilters, FindHit, FindProgress } from '../../src-main/contract/find.ts';
import type { Problem } from '../../src-main/contract/result.ts';

/** As the contract has it; a schema library is not worth loading for a number. */
const MIN = 2;

export class Find {
  #hits = $state.raw<readonly FindHit[]>([]);
  #progress = $state.raw<Omit<FindProgress, 'hits' | 'searchId'> | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #searchId: string | null = null;
  query = $state('');
  filters = $state.raw<FindFilters>({});
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    bridge.on('find-progress', ({ searchId, hits, ...progress }) => {
      if (searchId !== this.#searchId) return;
      if (hits.length > 0) this.#hits = [...this.#hits, ...hits];
      this.#progress = progress;
    });
  }

  get hits(): readonly FindHit[] { return this.#hits; }
  /** `null` before the first search. */
  get progress() { return this.#progress; }
  get problem(): Problem | null { return this.#problem; }
  get searching(): boolean { return this.#progress !== null && !this.#progress.finished; }
  get tooShort(): boolean { return this.query.trim().length < MIN; }

  async start(): Promise<void> {
    void this.cancel();
    this.#hits = [];
    this.#problem = null;
    this.#progress = null;
    if (this.tooShort) return;
    const searchId = crypto.randomUUID();
    this.#searchId = searchId;
    this.#progress = { done: 0, total: 0, finished: false, cut: false };
    const answer = await this.#bridge.call('find.start', { searchId, query: this.query.trim(), filters: this.filters });
    if (answer.ok || this.#searchId !== searchId) return;
    this.#problem = answer.problem;
    this.#progress = null;
  }

  /** What was found so far stays. */
  async cancel(): Promise<void> {
    const searchId = this.#searchId;
    this.#searchId = null;
    if (!this.searching || searchId === null) return;
    if (this.#progress) this.#progress = { ...this.#progress, finished: true, cut: true };
    await this.#bridge.call('find.cancel', { searchId });
  }
}
