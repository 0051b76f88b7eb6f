import { randomUUID } from 'node:crypto';
import type { BrowserMode, Environment, GoOn, Problem, Result, RunAction, RunEvent, RunOptions } from '../contract/index.ts';
import { emptyRunState, fail, foldRun, ok } from '../contract/index.ts';
import { missingFor, performAction } from './actions.ts';
import { CLOSING } from './closing.ts';
import type { FlowContext, FlowPorts } from './context.ts';
import { withFreshLogin } from './fresh-login.ts';
import { Gate } from './gate.ts';
import { plainFlow } from './plain-flow.ts';
import { cannotProvoke } from './provoke.ts';
import { Recorder } from './recorder.ts';

interface Live { recorder: Recorder; cancel: AbortController; finished: Promise<void> }

export interface ServicePorts extends FlowPorts {
  /** Every event of every Run, as it happens. */
  sink(runId: string, event: RunEvent): void;
  /** A Run's work began or ended. */
  onRunning(runId: string, running: boolean): void;
  /** The events of a Run that is not in memory. */
  load(runId: string): Result<RunEvent[]>;
}

/**
 * Starts flows, lets them be cancelled, and does what can be done with a Run afterwards. One piece of work per Run at a time,
 * so two refreshes of one token can never race by accident.
 */
export class FlowService {
  readonly #ports: ServicePorts;
  readonly #live = new Map<string, Live>();

  constructor(ports: ServicePorts) {
    this.#ports = ports;
  }

  isRunning(runId: string): boolean { return this.#live.has(runId); }
  /** Resolves when the Run's present work has ended; at once where there is none. */
  async whenIdle(runId: string): Promise<void> { await this.#live.get(runId)?.finished; }

  /** Starts the plain flow in a new Run. The options say what is to be otherwise than usual. */
  async start(configured: Environment, browser: BrowserMode, options: RunOptions = {}): Promise<Result<{ runId: string }>> {
    const environment = withFreshLogin(configured, options);
    const client = await this.#ports.resolveClient(environment);
    if (!client.ok) return client;
    const impossible = options.mistake && cannotProvoke(emptyRunState(), client.value.authMethod, options.mistake);
    if (impossible) return fail(impossible);
    const runId = randomUUID();
    const recorder = new Recorder(this.#ports.clock, (event) => this.#ports.sink(runId, event), [], new Gate(options, this.#ports.asks));
    recorder.record({
      type: 'run-started', runId, origin: 'live', environment, browser,
      client: { id: client.value.clientId, authMethod: client.value.authMethod },
      versions: this.#ports.versions, hasSecret: client.value.secret !== null,
    });
    this.#work(runId, recorder, (cancel) => plainFlow({ ports: this.#ports, recorder, environment, client: client.value, browser, cancel, options }, options));
    return ok({ runId });
  }

  /** Begins a new Run that something other than a plain flow works on. */
  async begin(environment: Environment, browser: BrowserMode, title: string, body: (context: FlowContext) => Promise<void>): Promise<Result<{ runId: string }>> {
    const client = await this.#ports.resolveClient(environment);
    if (!client.ok) return client;
    const runId = randomUUID();
    const recorder = new Recorder(this.#ports.clock, (event) => this.#ports.sink(runId, event), [], new Gate({}));
    recorder.record({
      type: 'run-started', runId, origin: 'live', environment, browser, title,
      client: { id: client.value.clientId, authMethod: client.value.authMethod },
      versions: this.#ports.versions, hasSecret: client.value.secret !== null,
    });
    this.#work(runId, recorder, (cancel) => body({ ports: this.#ports, recorder, environment, client: client.value, browser, cancel }));
    return ok({ runId });
  }

  /** Goes on with such a Run, also in another process. */
  async proceed(runId: string, body: (context: FlowContext) => Promise<void>): Promise<Result<null>> {
    if (this.#live.has(runId)) return fail(busy);
    const events = this.#ports.load(runId);
    if (!events.ok) return events;
    const started = events.value[0]?.type === 'run-started' ? events.value[0] : null;
    const environment = started?.environment;
    if (!environment) return fail(notRunnable);
    const client = await this.#ports.resolveClient(environment);
    if (!client.ok) return client;
    if (this.#live.has(runId)) return fail(busy);
    const recorder = new Recorder(this.#ports.clock, (event) => this.#ports.sink(runId, event), events.value, new Gate({}));
    this.#work(runId, recorder, (cancel) => body({ ports: this.#ports, recorder, environment, client: client.value, browser: started.browser, cancel }));
    return ok(null);
  }

  /**
   * Does one thing with a Run that has been started before, also one read back from history.
   *
   * @param attended the person asked for it and can be asked; what happens by itself fails instead
   */
  async act(runId: string, act: RunAction, browser: BrowserMode, attended = true): Promise<Result<null>> {
    if (this.#live.has(runId)) return fail(busy);
    const events = this.#ports.load(runId);
    if (!events.ok) return events;
    const environment = events.value[0]?.type === 'run-started' ? events.value[0].environment : null;
    if (!environment) return fail(notRunnable);
    const client = await this.#ports.resolveClient(environment);
    if (!client.ok) return client;
    const missing = missingFor(foldRun(events.value), client.value.authMethod, act);
    if (missing) return fail(missing);
    if (this.#live.has(runId)) return fail(busy);
    const recorder = new Recorder(this.#ports.clock, (event) => this.#ports.sink(runId, event), events.value, new Gate({}, attended && this.#ports.asks === true));
    this.#work(runId, recorder, (cancel) => performAction({ ports: this.#ports, recorder, environment, client: client.value, browser, cancel }, act));
    return ok(null);
  }

  /** Goes on with a Run that waits for the person; false where it does not. */
  goOn(runId: string, answer: GoOn): boolean {
    return this.#live.get(runId)?.recorder.gate.goOn(answer) ?? false;
  }

  /** Cancels what a Run is doing; false where it does nothing. */
  cancel(runId: string): boolean {
    this.#live.get(runId)?.cancel.abort();
    return this.#live.has(runId);
  }

  /** Cancels everything and waits for it, for quitting. */
  async close(): Promise<void> {
    for (const live of this.#live.values()) live.cancel.abort(CLOSING);
    await Promise.allSettled([...this.#live.values()].map(({ finished }) => finished));
  }

  #work(runId: string, recorder: Recorder, body: (cancel: AbortSignal) => Promise<void>): void {
    const cancel = new AbortController();
    const finished = body(cancel.signal).catch((error: unknown) => {
      recorder.record({ type: 'flow-ended', outcome: 'failed', problem: internal(error) });
    }).finally(() => {
      this.#live.delete(runId);
      this.#ports.onRunning(runId, false);
    });
    this.#live.set(runId, { recorder, cancel, finished });
    this.#ports.onRunning(runId, true);
  }
}

const busy: Problem = { code: 'run-busy', message: 'This run is still working on something.', next: 'Wait for it, or cancel it first.' };
const notRunnable: Problem = { code: 'run-imported', message: 'This run was imported and has no environment to send requests with.' };

function internal(error: unknown): Problem {
  // The name only: a message may quote a value.
  return { code: 'internal', message: 'Grantscope made a mistake in this flow.', why: error instanceof Error ? error.name : 'unknown' };
}
