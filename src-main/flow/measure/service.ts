import type { BrowserMode, Claim, Environment, MeasureOptions, MeasurePlan, MeasureStatus, Problem, Result, RunEvent, RunState, RunSummary } from '../../contract/index.ts';
import { fail, foldRun, ok } from '../../contract/index.ts';
import type { FlowService } from '../service.ts';
import type { Sleeps } from '../sleeps.ts';
import { measure } from './measure.ts';
import type { MeasurePorts } from './measuring.ts';
import { planOf } from './plan.ts';

export interface MeasureServicePorts {
  flows: Pick<FlowService, 'begin' | 'proceed' | 'cancel' | 'isRunning'>;
  sleeps: Sleeps;
  runs(): readonly RunSummary[];
  load(runId: string): Result<RunEvent[]>;
  /** The environment as it is configured now. */
  environment(id: string): Environment | null;
  /** How long the provider's codes are known to live. */
  codeLimit(state: RunState): Claim | null;
}

/**
 * Plans, starts and stops measurements of what a provider's tokens really do, and goes on with those that the end of the last process
 * interrupted. Each is a Run of its own.
 */
export class MeasureService {
  readonly #ports: MeasureServicePorts;
  /** Runs gone on with unasked: they open no browser before the person says yes. */
  readonly #unasked = new Map<string, { wanted: boolean; agree: () => void; agreed: Promise<void> }>();

  constructor(ports: MeasureServicePorts) {
    this.#ports = ports;
  }

  /** @param runId a Run of the environment to measure, which shows what is claimed */
  plan(runId: string, options: MeasureOptions): Result<MeasurePlan> {
    const state = this.#stateOf(runId);
    return state.ok ? ok(planOf(options, { state: state.value, codeLimit: this.#ports.codeLimit(state.value) })) : state;
  }

  async start(runId: string, options: MeasureOptions, browser: BrowserMode): Promise<Result<{ runId: string }>> {
    const state = this.#stateOf(runId);
    if (!state.ok) return state;
    const own = state.value.environment;
    const environment = own && (this.#ports.environment(own.id) ?? own);
    if (!environment) return fail(imported);
    const plan = planOf(options, { state: state.value, codeLimit: this.#ports.codeLimit(state.value) });
    if (plan.questions.every(({ impossible }) => impossible !== undefined)) return fail({ code: 'nothing-to-measure', message: 'None of this can be measured here.', ...(plan.questions[0]?.impossible !== undefined && { why: plan.questions[0].impossible }) });
    return this.#ports.flows.begin(environment, browser, `Measuring ${environment.name}`, (context) => measure(context, this.#measurePorts(), plan));
  }

  /** False where nothing is being measured in that Run. */
  stop(runId: string): boolean {
    return this.#measuring().some(({ id }) => id === runId) && this.#ports.flows.cancel(runId);
  }

  /** The person's yes to opening the browser; false where it was not waited for. */
  continue(runId: string): boolean {
    const unasked = this.#unasked.get(runId);
    unasked?.agree();
    this.#unasked.delete(runId);
    return unasked?.wanted === true;
  }

  /** Everything that is being measured, and what was interrupted and could not go on. */
  status(): MeasureStatus[] {
    return this.#measuring().flatMap(({ id }) => {
      const state = this.#stateOf(id);
      const known = state.ok ? state.value.measure : null;
      if (!state.ok || !known) return [];
      return [{
        runId: id, environmentId: state.value.environment?.id ?? null, running: this.#ports.flows.isRunning(id), needsPerson: this.#unasked.get(id)?.wanted === true,
        done: known.findings.length, of: known.plan.questions.filter(({ impossible }) => impossible === undefined).length, waiting: known.waiting,
      }];
    });
  }

  /** Goes on with what the end of the last process interrupted. Call it once, at the start. */
  async resumeAll(): Promise<void> {
    for (const { id, practice } of this.#measuring()) {
      if (this.#ports.flows.isRunning(id)) continue;
      const gate = Promise.withResolvers<void>();
      this.#unasked.set(id, { wanted: false, agree: gate.resolve, agreed: gate.promise });
      await this.#ports.flows.proceed(id, async (context) => {
        if (!practice) return measure(context, this.#measurePorts());
        context.recorder.record({ type: 'measure-ended', end: { outcome: 'failed', problem: forgotten } });
        context.recorder.record({ type: 'flow-ended', outcome: 'failed', problem: forgotten });
      });
    }
  }

  #measuring(): RunSummary[] { return this.#ports.runs().filter(({ measuring }) => measuring === true); }

  #measurePorts(): MeasurePorts {
    return {
      sleeps: this.#ports.sleeps, codeLimit: this.#ports.codeLimit,
      mayOpenBrowser: async (runId, cancel) => {
        const unasked = this.#unasked.get(runId);
        if (!unasked) return;
        unasked.wanted = true;
        const stopped = Promise.withResolvers<void>();
        cancel.addEventListener('abort', () => stopped.resolve(), { once: true });
        if (!cancel.aborted) await Promise.race([unasked.agreed, stopped.promise]);
      },
    };
  }

  #stateOf(runId: string): Result<RunState> {
    const events = this.#ports.load(runId);
    return events.ok ? ok(foldRun(events.value)) : events;
  }
}

const imported: Problem = { code: 'run-imported', message: 'This run was imported and has no environment to measure.' };
const forgotten: Problem = {
  code: 'practice-forgot', message: 'The practice provider was started anew and has forgotten the tokens that were measured.', next: 'Start the measurement again.',
};
