import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provocation, RunEvent } from '../../../src-main/contract/index.ts';
import { environmentSchema } from '../../../src-main/contract/index.ts';
import { diagnose } from '../../../src-main/diagnosis/index.ts';
import { FlowService, systemClock } from '../../../src-main/flow/index.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { HttpUser } from '../../support/browser/index.ts';
import { startPractice } from '../../support/practice/index.ts';
import { order } from './runs.ts';

let practice: PracticeProvider;
beforeAll(async () => { practice = await startPractice(); });
afterAll(() => practice.close());

/** A whole flow of the app against the practice provider, then one mistake on purpose. */
async function provoked(provocation: Provocation): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const { issuer, clients } = practice.info;
  const flows = new FlowService({
    clock: systemClock, versions: {},
    resolveClient: async () => ({ ok: true, value: { issuer, clientId: clients.confidential.id, authMethod: 'client_secret_basic', secret: clients.confidential.secret } }),
    openBrowser: async ({ url }) => {
      void new HttpUser().signIn(url);
      return { ok: true, value: null };
    },
    sink: (_runId, event) => { events.push(event); },
    onRunning: () => undefined,
    load: () => ({ ok: true, value: events }),
  });
  const environment = environmentSchema.parse({
    id: randomUUID(), name: 'Provoked', provider: { kind: 'practice' }, client: { id: '', authMethod: 'client_secret_basic' }, scope: 'openid offline_access',
    redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256', authorizationParameters: [{ name: 'prompt', value: 'consent' }],
  });
  const started = await flows.start(environment, 'print');
  if (!started.ok) throw new Error(started.problem.message);
  await flows.whenIdle(started.value.runId);
  const acted = await flows.act(started.value.runId, { action: 'provoke', provocation }, 'print');
  if (!acted.ok) throw new Error(acted.problem.message);
  await flows.whenIdle(started.value.runId);
  return events;
}

const expected: Record<Provocation, string> = {
  'reuse-code': 'code_reused', 'wrong-redirect': 'redirect_uri_mismatch_token', 'wrong-verifier': 'pkce_mismatch', 'wrong-secret': 'client_secret_invalid',
  'reuse-refresh': 'refresh_reused', 'refresh-revoked': 'refresh_revoked',
};

describe('the provocations, at the real practice provider', () => {
  it.each(Object.entries(expected) as [Provocation, string][])('%s is %s', async (provocation, cause) => {
    const diagnosis = diagnose(await provoked(provocation));
    if (diagnosis === null) throw new Error('nothing was refused');
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe(cause);
    expect(diagnosis.causes[0]?.verdict).toBe('likely');
    expect(JSON.stringify(diagnosis)).not.toContain(practice.info.clients.confidential.secret);
  });
});
