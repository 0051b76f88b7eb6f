import type { Bridge, CommandInput } from '../../src-main/contract/commands.ts';
import type { RunSummary } from '../../src-main/contract/run.ts';

export type RunAllState = 'waiting' | 'running' | 'done' | 'not-done';
export interface RunAllEntry { environmentId: string; name: string; state: RunAllState; runId: string | null; /** How it ended, or why it did not begin. */ word: string }

/** Runs several environments, one browser after another, or all at once where a kept login asks nobody. One that fails does not keep the others back. */
export class RunAll {
  #entries = $state.raw<RunAllEntry[]>([]);
  #going = $state(false);
  #stopped = false;
  readonly #bridge: Bridge;
  readonly #waiting = new Map<string, (summary: RunSummary) => void>();
  readonly #off: () => void;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    this.#off = bridge.on('runs-changed', ({ runs }) => {
      for (const run of runs) if (run.state !== 'running') this.#waiting.get(run.id)?.(run);
    });
  }

  get entries(): readonly RunAllEntry[] { return this.#entries; }
  get going(): boolean { return this.#going; }
  /** Runs that began, in the order of their environments. */
  get runIds(): string[] { return this.#entries.flatMap(({ runId }) => (runId === null ? [] : [runId])); }

  /** @param atOnce in the tracing browser with its kept login */
  async start(environments: readonly { id: string; name: string }[], browser: CommandInput<'run.start'>['browser'], atOnce: boolean): Promise<void> {
    this.#stopped = false;
    this.#going = true;
    this.#entries = environments.map(({ id, name }) => ({ environmentId: id, name, state: 'waiting', runId: null, word: 'waits' }));
    const options = browser === 'tracing' ? { keepLogin: true } : undefined;
    if (atOnce) await Promise.all(environments.map(({ id }) => this.#one(id, browser, options)));
    else for (const { id } of environments) await this.#one(id, browser, options);
    this.#going = false;
  }

  /** Ends one, or with no id all of them and starts no further one. */
  async cancel(environmentId?: string): Promise<void> {
    if (environmentId === undefined) this.#stopped = true;
    const ended = this.#entries.filter((entry) => environmentId === undefined || entry.environmentId === environmentId);
    for (const entry of ended) {
      if (entry.state === 'waiting') this.#set(entry.environmentId, { state: 'not-done', word: 'left out' });
      else if (entry.state === 'running' && entry.runId !== null) await this.#bridge.call('run.cancel', { runId: entry.runId });
    }
  }

  close(): void { this.#off(); }

  async #one(environmentId: string, browser: CommandInput<'run.start'>['browser'], options: { keepLogin: boolean } | undefined): Promise<void> {
    if (this.#stopped || this.#entries.find((entry) => entry.environmentId === environmentId)?.state !== 'waiting') return;
    this.#set(environmentId, { state: 'running', word: 'in the browser' });
    const started = await this.#bridge.call('run.start', { environmentId, browser, ...(options && { options }) });
    if (!started.ok) return this.#set(environmentId, { state: 'not-done', word: started.problem.message });
    const { runId } = started.value;
    const ended = new Promise<RunSummary>((resolve) => { this.#waiting.set(runId, resolve); });
    this.#set(environmentId, { runId });
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
