/** A whole flow of the app against any provider, with a browser given by the test. */
import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import type { Environment, RunEvent, RunEventOf } from '../../../src-main/contract/index.ts';
import { environmentSchema } from '../../../src-main/contract/index.ts';
import type { OpenBrowser, ResolvedClient } from '../../../src-main/flow/index.ts';
import { FlowService, systemClock } from '../../../src-main/flow/index.ts';
import { HttpUser } from '../browser/index.ts';
import type { Featured } from './provider.ts';

export interface Played {
  events: RunEvent[];
  of<T extends RunEvent['type']>(type: T): RunEventOf<T>[];
  /** Each step with its outcome. */
  steps(): string[];
  /** All exchanges of a purpose as they went over the wire. */
  sent(purpose: string): string[];
}

export type Visit = (request: OpenBrowser) => Promise<void>;

/** A browser without scripts: follows redirects and submits the form of form_post by itself. */
export const plainVisit: Visit = async ({ url }) => { await new HttpUser().signIn(url); };

export async function play(provider: Pick<Featured, 'issuer' | 'secret' | 'key'>, change: Record<string, unknown> = {}, visit: Visit = plainVisit, client: Partial<ResolvedClient> = {}): Promise<Played> {
  const events: RunEvent[] = [];
  const visits: Promise<void>[] = [];
  const flows = new FlowService({
    clock: systemClock, versions: {},
    resolveClient: async () => ({
      ok: true, value: {
        issuer: provider.issuer, clientId: 'client', authMethod: 'client_secret_basic', secret: provider.secret,
        signingKey: async () => ({ jwk: provider.key as JWK, alg: 'ES256', kid: 'client-key' }), ...client,
      },
    }),
    openBrowser: async (request) => {
      visits.push(visit(request));
      return { ok: true, value: null };
    },
    sink: (_runId, event) => { events.push(event); }, onRunning: () => undefined, load: () => ({ ok: true, value: events }),
  });
  const environment: Environment = environmentSchema.parse({
    id: randomUUID(), name: 'Featured', provider: { kind: 'discovery', issuer: provider.issuer }, client: { id: 'client', authMethod: 'client_secret_basic' },
    scope: 'openid', redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256', limits: { browser: 8, request: 8 }, ...change,
  });
  const started = await flows.start(environment, 'print');
  if (!started.ok) throw new Error(started.problem.message);
  await flows.whenIdle(started.value.runId);
  await Promise.all(visits);
  const of = <T extends RunEvent['type']>(type: T) => events.filter((event): event is RunEventOf<T> => event.type === type);
  const kinds = new Map(of('step-started').map(({ step, kind }) => [step, kind]));
  return {
    events, of,
    steps: () => of('step-ended').map(({ step, outcome }) => `${kinds.get(step)}: ${outcome}`),
    sent: (purpose) => of('exchange-recorded').filter(({ exchange }) => exchange.purpose === purpose).map(({ exchange }) => exchange.request),
  };
}
