/** A whole flow of the app against the practice provider, with the test as the browser. */
import { randomUUID } from 'node:crypto';
import type { Environment, RunEvent } from '../../../src-main/contract/index.ts';
import { environmentSchema } from '../../../src-main/contract/index.ts';
import type { OpenBrowser } from '../../../src-main/flow/index.ts';
import { FlowService, systemClock } from '../../../src-main/flow/index.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';

export interface PlayedFlow {
  flows: FlowService;
  runId: string;
  events: RunEvent[];
  /** Resolves when the flow has opened the browser: what it asked for. */
  opened: Promise<OpenBrowser>;
  /** Resolves when the flow has ended. */
  ended: Promise<void>;
  tokenRequests(): number;
  verdicts(): string[];
}

/** Starts the plain flow. Nobody signs in but the test. */
export async function playFlow(practice: PracticeProvider, change: Partial<Environment> = {}): Promise<PlayedFlow> {
  const events: RunEvent[] = [];
  const browser = Promise.withResolvers<OpenBrowser>();
  const { issuer, clients } = practice.info;
  const flows = new FlowService({
    clock: systemClock, versions: {},
    resolveClient: async () => ({ ok: true, value: { issuer, clientId: clients.confidential.id, authMethod: 'client_secret_basic', secret: clients.confidential.secret } }),
    openBrowser: async (request) => {
      browser.resolve(request);
      return { ok: true, value: null };
    },
    sink: (_runId, event) => { events.push(event); },
    onRunning: () => undefined,
    load: () => ({ ok: true, value: events }),
  });
  const environment = {
    ...environmentSchema.parse({
      id: randomUUID(), name: 'Attacked', provider: { kind: 'practice' }, client: { id: '', authMethod: 'client_secret_basic' }, scope: 'openid',
      redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256',
    }),
    ...change,
  };
  const started = await flows.start(environment, 'print');
  if (!started.ok) throw new Error(started.problem.message);
  const { runId } = started.value;
  return {
    flows, runId, events, opened: browser.promise, ended: flows.whenIdle(runId),
    tokenRequests: () => events.filter((event) => event.type === 'exchange-recorded' && event.exchange.purpose === 'token').length,
    verdicts: () => events.flatMap((event) => (event.type === 'callback-received' ? [event.verdict] : [])),
  };
}
