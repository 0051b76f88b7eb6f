import type { Bridge, CommandInput } from '../../src-main/contract/commands.ts';
import type { RunSummary } from '../../src-main/contract/run.ts';

export type RunAllState = 'waiting' | 'running' | 'done' | 'not-done';
export interface RunAllEntry { environmentId: string; name: string; state: RunAllState; runId: string | null; /** How it ended, or why it did not begin. */ word: string }

export interface RunAllOrder {
  environments: readonly { id: string; name: string }[];
  browser: CommandInput<'run.start'>['browser'];
  /** In the tracing browser, with its kept login. */
  atOnce: boolean;
  /** Called each time one has begun, with all that have, in the order of the environments. */
  onbegun?: (runIds: string[]) => void;
}

/** Runs several environments, one browser after another, or all at once where a kept login asks nobody. One that fails does not keep the others back. */
export class RunAll {
  #entries = $state.raw<RunAllEntry[]>([]);
  #going = $state(true);
  /** Environments whose Run is not wanted any more, also while it is just beginning. */
  readonly #dropped = new Set<string>();
  readonly #order: RunAllOrder;
  readonly #bridge: Bridge;
  readonly #waiting = new Map<string, (summary: RunSummary) => void>();

  constructor(bridge: Bridge, order: RunAllOrder) {
    this.#bridge = bridge;
    this.#order = order;
    this.#entries = order.environments.map(({ id, name }) => ({ environmentId: id, name, state: 'waiting', runId: null, word: 'waits for its turn' }));
  }

  get entries(): readonly RunAllEntry[] { return this.#entries; }
  get going(): boolean { return this.#going; }
  /** Runs that began, in the order of their environments. */
  get runIds(): string[] { return this.#entries.flatMap(({ runId }) => (runId === null ? [] : [runId])); }

  /** Once; resolves when the last one has ended. */
  async start(): Promise<void> {
    const off = this.#bridge.on('runs-changed', ({ runs }) => {
      for (const run of runs) if (run.state !== 'running') this.#waiting.get(run.id)?.(run);
    });
    const { environments, atOnce } = this.#order;
    if (atOnce) await Promise.all(environments.map(({ id }) => this.#one(id)));
    else for (const { id } of environments) await this.#one(id);
    off();
    this.#going = false;
  }

  /** Ends one, or with no id all of them and starts no further one. */
  async cancel(environmentId?: string): Promise<void> {
    const ended = this.#entries.filter((entry) => environmentId === undefined || entry.environmentId === environmentId);
    for (const entry of ended) {
      this.#dropped.add(entry.environmentId);
      if (entry.state === 'waiting') this.#set(entry.environmentId, { state: 'not-done', word: 'left out' });
    }
    await Promise.all(ended.map(({ state, runId }) => (state === 'running' && runId !== null ? this.#bridge.call('run.cancel', { runId }) : null)));
  }

  async #one(environmentId: string): Promise<void> {
    if (this.#dropped.has(environmentId)) return;
    this.#set(environmentId, { state: 'running', word: 'in the browser: sign in there' });
    const { browser } = this.#order;
    const started = await this.#bridge.call('run.start', { environmentId, browser, ...(browser === 'tracing' && { options: { keepLogin: true } }) });
    if (!started.ok) return this.#set(environmentId, { state: 'not-done', word: started.problem.message });
    const { runId } = started.value;
    const ended = new Promise<RunSummary>((resolve) => { this.#waiting.set(runId, resolve); });
    this.#set(environmentId, { runId });
    this.#order.onbegun?.(this.runIds);
    if (this.#dropped.has(environmentId)) await this.#bridge.call('run.cancel', { runId });
    // It may have ended before anybody listened.
    const listed = await this.#bridge.call('run.list', {});
    const now = listed.ok ? listed.value.find(({ id }) => id === runId) : undefined;
    const summary = now && now.state !== 'running' ? now : await ended;
    this.#waiting.delete(runId);
    this.#set(environmentId, { state: 'done', word: summary.error ?? (summary.state === 'ok' ? 'succeeded' : summary.state) });
  }

  #set(environmentId: string, change: Partial<RunAllEntry>): void {
    this.#entries = this.#entries.map((entry) => (entry.environmentId === environmentId ? { ...entry, ...change } : entry));
  }
}
