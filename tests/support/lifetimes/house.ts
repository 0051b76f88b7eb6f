/** The app's services over Runs in memory, for what goes on by itself: renewal and measurements. */
import { randomUUID } from 'node:crypto';
import type { Environment, RenewalView, RunEvent, RunState, RunSummary } from '../../../src-main/contract/index.ts';
import { environmentSchema, fail, foldRun, ok, summaryOf } from '../../../src-main/contract/index.ts';
import { codeLimitOf } from '../../../src-main/diagnosis/index.ts';
import type { ResolvedClient } from '../../../src-main/flow/index.ts';
import { FlowService, systemClock } from '../../../src-main/flow/index.ts';
import { MeasureService } from '../../../src-main/flow/measure/index.ts';
import { RenewalKeeper } from '../../../src-main/flow/renewal/index.ts';
import { Sleeps } from '../../../src-main/flow/sleeps.ts';
import { HttpUser } from '../browser/index.ts';

export class House {
  readonly runs = new Map<string, RunEvent[]>();
  readonly sleeps = new Sleeps(systemClock);
  readonly refused: RenewalView[] = [];
  readonly views: RenewalView[] = [];
  readonly flows: FlowService;
  readonly keeper: RenewalKeeper;
  readonly measures: MeasureService;
  environments: Environment[] = [];
  client: ResolvedClient;
  signIns = 0;
  /** Timers of the keeper run so many times faster. */
  hurry = 1;

  constructor(client: ResolvedClient) {
    this.client = client;
    this.flows = new FlowService({
      clock: systemClock, versions: {},
      resolveClient: async () => ok(this.client),
      openBrowser: async ({ url }) => {
        this.signIns += 1;
        void new HttpUser().signIn(url);
        return ok(null);
      },
      sink: (runId, event) => { this.runs.set(runId, [...(this.runs.get(runId) ?? []), event]); },
      onRunning: (runId, running) => this.keeper.ranOn(this.state(runId).environment?.id ?? null, running),
      load: (runId) => this.load(runId),
    });
    const reading = { runs: () => this.list(), load: (runId: string) => this.load(runId) };
    this.keeper = new RenewalKeeper({
      ...reading, clock: systemClock, sleeps: this.sleeps, flows: this.flows, random: () => 0.5,
      timer: (milliseconds, call) => {
        const timer = setTimeout(call, milliseconds / this.hurry);
        return () => clearTimeout(timer);
      },
      environments: () => this.environments,
      onChange: (views) => { this.views.push(...views); },
      onRefused: (view) => { this.refused.push(view); },
    });
    this.measures = new MeasureService({
      ...reading, flows: this.flows, sleeps: this.sleeps, environment: (id) => this.environments.find((one) => one.id === id) ?? null, codeLimit: codeLimitOf,
    });
  }

  load(runId: string) {
    const events = this.runs.get(runId);
    return events ? ok([...events]) : fail({ code: 'unknown-run', message: 'There is no such run.' });
  }

  list(): RunSummary[] {
    return [...this.runs.keys()].map((runId) => summaryOf(this.state(runId), this.flows.isRunning(runId))).sort((a, b) => b.startedAt - a.startedAt);
  }

  state(runId: string): RunState { return foldRun(this.runs.get(runId) ?? []); }

  /** An environment of this house. */
  environment(change: Record<string, unknown> = {}): Environment {
    const environment = environmentSchema.parse({
      id: randomUUID(), name: 'Lives', provider: { kind: 'discovery', issuer: this.client.issuer }, client: { id: 'client', authMethod: 'client_secret_basic' },
      scope: 'openid offline_access', redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256', limits: { browser: 8, request: 8 },
      authorizationParameters: [{ name: 'prompt', value: 'consent' }], ...change,
    });
    this.environments = [...this.environments.filter(({ id }) => id !== environment.id), environment];
    return environment;
  }

  /** A whole run. */
  async run(environment: Environment): Promise<string> {
    const started = await this.flows.start(environment, 'print');
    if (!started.ok) throw new Error(started.problem.message);
    await this.flows.whenIdle(started.value.runId);
    return started.value.runId;
  }

  async close(): Promise<void> {
    this.keeper.close();
    await this.flows.close();
  }
}

/** Waits until something holds, looking often. */
export async function until(holds: () => boolean, limit = 8000): Promise<void> {
  const end = performance.now() + limit;
  while (!holds()) {
    if (performance.now() > end) throw new Error('It did not come to that in time.');
    await new Promise((over) => { setTimeout(over, 20); });
  }
}
