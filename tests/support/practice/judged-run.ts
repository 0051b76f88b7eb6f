/** A Run against the practice provider that goes on after the flow: mistakes, probes, fixes, sending again. */
import { randomUUID } from 'node:crypto';
import type { Environment, Exchange, RunAction, RunEvent, RunEventOf, RunState } from '../../../src-main/contract/index.ts';
import { environmentSchema, foldRun } from '../../../src-main/contract/index.ts';
import type { ResolvedClient } from '../../../src-main/flow/index.ts';
import { FlowService, systemClock } from '../../../src-main/flow/index.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { HttpUser } from '../browser/index.ts';

export class JudgedRun {
  readonly events: RunEvent[] = [];
  readonly #flows: FlowService;
  #runId = '';
  /** As the next piece of work resolves it; change it to store another secret meanwhile. */
  client: ResolvedClient;
  trips = 0;

  constructor(client: ResolvedClient) {
    this.client = client;
    this.#flows = new FlowService({
      clock: systemClock, versions: {},
      resolveClient: async () => ({ ok: true, value: this.client }),
      openBrowser: async ({ url }) => {
        this.trips += 1;
        void new HttpUser().signIn(url);
        return { ok: true, value: null };
      },
      sink: (_runId, event) => { this.events.push(event); },
      onRunning: () => undefined,
      load: () => ({ ok: true, value: this.events }),
    });
  }

  get state(): RunState { return foldRun(this.events); }
  get refused(): Exchange { return this.exchange(this.state.refusals.at(-1)?.exchangeId ?? ''); }
  get concluded(): RunEventOf<'probe-concluded'> | undefined { return this.state.probes.at(-1); }

  exchange(id: string): Exchange {
    const found = this.state.exchanges.get(id)?.exchange;
    if (!found) throw new Error('no such exchange');
    return found;
  }

  async start(change: Partial<Environment> = {}): Promise<void> {
    const environment = { ...plainEnvironment(), ...change };
    const started = await this.#flows.start(environment, 'print');
    if (!started.ok) throw new Error(started.problem.message);
    this.#runId = started.value.runId;
    await this.#flows.whenIdle(this.#runId);
  }

  /** @returns the code of the problem that kept it from being done; `null` where it was done */
  async act(act: RunAction): Promise<string | null> {
    const acted = await this.#flows.act(this.#runId, act, 'print');
    if (!acted.ok) return acted.problem.code;
    await this.#flows.whenIdle(this.#runId);
    return null;
  }
}

export function plainEnvironment(): Environment {
  return environmentSchema.parse({
    id: randomUUID(), name: 'Judged', provider: { kind: 'practice' }, client: { id: '', authMethod: 'client_secret_basic' }, scope: 'openid offline_access',
    redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256', authorizationParameters: [{ name: 'prompt', value: 'consent' }],
  });
}

export function confidentialClient({ info }: PracticeProvider): ResolvedClient {
  return { issuer: info.issuer, clientId: info.clients.confidential.id, authMethod: 'client_secret_basic', secret: info.clients.confidential.secret };
}

export function publicClient({ info }: PracticeProvider): ResolvedClient {
  return { issuer: info.issuer, clientId: info.clients.public.id, authMethod: 'none', secret: null };
}
