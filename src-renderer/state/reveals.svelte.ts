import { SvelteMap } from 'svelte/reactivity';
import type { Bridge } from '../../src-main/contract/commands.ts';
import type { Marker } from '../../src-main/contract/marker.ts';
import { formatMarker } from '../../src-main/contract/marker.ts';
import type { Problem } from '../../src-main/contract/result.ts';

/** Secrets the person asked to see, until they hide them or open another Run. */
export class Reveals {
  readonly #shown = new SvelteMap<string, string>();
  #runId: string | null = null;
  readonly #bridge: Bridge;
  readonly #onProblem: (problem: Problem) => void;

  constructor(bridge: Bridge, onProblem: (problem: Problem) => void) {
    this.#bridge = bridge;
    this.#onProblem = onProblem;
  }

  valueOf(marker: Marker): string | undefined { return this.#shown.get(formatMarker(marker)); }
  hide(marker: Marker): void { this.#shown.delete(formatMarker(marker)); }

  /** Forgets what was shown of another Run. */
  follow(runId: string | null): void {
    if (runId === this.#runId) return;
    this.#runId = runId;
    this.#shown.clear();
  }

  async reveal(marker: Marker): Promise<void> {
    const runId = this.#runId;
    if (runId === null) return;
    const answer = await this.#bridge.call('secret.reveal', { runId, marker });
    if (runId !== this.#runId) return;
    if (answer.ok) this.#shown.set(formatMarker(marker), answer.value.value);
    else this.#onProblem(answer.problem);
  }
}
