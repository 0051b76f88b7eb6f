import type { Bridge } from '../../src-main/contract/commands.ts';
import type { RunSummary } from '../../src-main/contract/run.ts';
import { groupByDay } from '../format/days.ts';

/** The runs of history, newest first, grouped by day for reading. */
export class Runs {
  #list = $state.raw<RunSummary[]>([]);
  readonly #days = $derived(groupByDay(this.#list, new Date()));

  constructor(bridge: Bridge) {
    bridge.on('runs-changed', ({ runs }) => this.set(runs));
  }

  get list(): readonly RunSummary[] { return this.#list; }
  get days(): ReturnType<typeof groupByDay> { return this.#days; }
  set(list: RunSummary[]): void { this.#list = list.toSorted((a, b) => b.startedAt - a.startedAt); }
  byId(id: string | null): RunSummary | null { return this.#list.find((run) => run.id === id) ?? null; }
  isRunning(id: string | null): boolean { return this.byId(id)?.state === 'running'; }
}
