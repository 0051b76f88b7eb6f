import type { Bridge } from '../../src-main/contract/commands.ts';
import type { LintFinding } from '../../src-main/contract/read/wire-lint.ts';
import type { RunState } from '../../src-main/contract/read/run-state.ts';

/** Milliseconds in which the exchanges of a fast Run are gathered into one question. */
const GATHER = 150;
/** As many as one command takes. */
const MOST = 500;

/** What the specifications say of the exchanges of the open Run; judged in main, which sees them in the clear. Each is asked about once. */
export class Lints {
  #found = $state.raw<ReadonlyMap<string, readonly LintFinding[]>>(new Map());
  #run: string | null = null;
  #asked = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) { this.#bridge = bridge; }

  /** By exchange; those not judged yet are absent. */
  get found(): ReadonlyMap<string, readonly LintFinding[]> { return this.#found; }

  /** Asks about what is new in a Run; another Run begins anew. */
  follow(run: RunState): void {
    if (this.#run !== run.id) {
      this.#run = run.id;
      this.#asked = new Set();
      this.#found = new Map();
    }
    clearTimeout(this.#timer);
    const fresh = [...run.exchanges.keys()].filter((id) => !this.#asked.has(id));
    if (fresh.length > 0) this.#timer = setTimeout(() => void this.#ask(run.id, fresh), GATHER);
  }

  async #ask(runId: string, exchangeIds: string[]): Promise<void> {
    for (let from = 0; from < exchangeIds.length; from += MOST) {
      const some = exchangeIds.slice(from, from + MOST);
      for (const id of some) this.#asked.add(id);
      const answer = await this.#bridge.call('diagnosis.lintRun', { runId, exchangeIds: some });
      if (this.#run !== runId) return;
      if (answer.ok) this.#found = new Map([...this.#found, ...Object.entries(answer.value)]);
    }
  }
}
