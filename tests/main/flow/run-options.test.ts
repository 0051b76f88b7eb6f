import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GoOn, RunEvent, RunOptions, RunState } from '../../../src-main/contract/index.ts';
import { environmentSchema, foldRun, runOptionsSchema } from '../../../src-main/contract/index.ts';
import { diagnose } from '../../../src-main/diagnosis/index.ts';
import { FlowService, systemClock } from '../../../src-main/flow/index.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { SecretBook } from '../../../src-main/wire/secrets/index.ts';
import { HttpUser } from '../../support/browser/index.ts';
import { startPractice } from '../../support/practice/index.ts';

let practice: PracticeProvider;
beforeAll(async () => { practice = await startPractice(); });
afterAll(() => practice.close());

interface Played { events: RunEvent[]; state: RunState; flows: FlowService; runId: string }

/** A whole flow with options; `onPause` is what the person does at each pause. */
async function play(options: RunOptions, onPause?: (paused: Extract<RunEvent, { type: 'paused' }>, goOn: (answer: GoOn) => void, cancel: () => void) => void): Promise<Played> {
  const events: RunEvent[] = [];
  const { issuer, clients } = practice.info;
  let runId = '';
  const flows: FlowService = new FlowService({
    clock: systemClock, versions: {},
    resolveClient: async () => ({ ok: true, value: { issuer, clientId: clients.confidential.id, authMethod: 'client_secret_basic', secret: clients.confidential.secret } }),
    openBrowser: async ({ url }) => {
      void new HttpUser().signIn(url);
      return { ok: true, value: null };
    },
    sink: (id, event) => {
      runId = id;
      events.push(event);
      if (event.type === 'paused') setTimeout(() => onPause?.(event, (answer) => { flows.goOn(id, answer); }, () => { flows.cancel(id); }), 5);
    },
    onRunning: () => undefined, load: () => ({ ok: true, value: events }),
  });
  const environment = environmentSchema.parse({
    id: randomUUID(), name: 'Options', provider: { kind: 'practice' }, client: { id: '', authMethod: 'client_secret_basic' }, scope: 'openid offline_access',
    redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256', authorizationParameters: [{ name: 'prompt', value: 'consent' }],
  });
  const started = await flows.start(environment, 'print', options);
  if (!started.ok) throw new Error(started.problem.message);
  await flows.whenIdle(started.value.runId);
  return { events, state: foldRun(events), flows, runId };
}

const tokenRequests = ({ state }: Played) => [...state.exchanges.values()].filter(({ exchange }) => exchange.purpose === 'token').map(({ exchange }) => exchange);

describe('what is otherwise in one run', () => {
  it('refuses options out of their range', () => {
    for (const wrong of [{ holdSeconds: -1 }, { holdSeconds: 1e9 }, { redeem: 'thrice' }, { mistake: 'reuse-code' }]) expect(runOptionsSchema.safeParse(wrong).success).toBe(false);
  });

  it('a run that does not wait cannot be told to go on', async () => {
    const { flows, runId } = await play({});
    expect(flows.goOn(runId, {})).toBe(false);
    expect(flows.goOn(randomUUID(), {})).toBe(false);
  });

  it('holds the code for the seconds asked, says so, and ends early when told', async () => {
    const held = await play({ holdSeconds: 1 });
    const [paused, resumed] = [held.events.find(({ type }) => type === 'paused'), held.events.find(({ type }) => type === 'resumed')];
    expect((resumed?.mono ?? 0) - (paused?.mono ?? 0)).toBeGreaterThanOrEqual(990);
    expect(held.state.ended?.outcome).toBe('ok');
    const early = await play({ holdSeconds: 3600 }, (_paused, goOn) => goOn({}));
    expect(early.state.ended?.outcome).toBe('ok');
  });

  it('redeems twice: one answer with tokens, one refusal, and the reuse is named', async () => {
    const played = await play({ redeem: 'twice' });
    expect(tokenRequests(played).map(({ response }) => response?.status)).toEqual([200, 400]);
    expect(diagnose(played.events)?.causes[0]).toMatchObject({ id: 'code_reused', verdict: 'likely' });
  });

  it('redeems over two connections at once: never two answers with tokens', async () => {
    const played = await play({ redeem: 'concurrently' });
    const [one, other] = tokenRequests(played);
    expect(one?.connection?.localPort).not.toBe(other?.connection?.localPort);
    expect(tokenRequests(played).filter(({ response }) => response?.status === 200).length).toBeLessThanOrEqual(1);
    expect(played.state.refusals.length).toBeGreaterThanOrEqual(1);
    expect(diagnose(played.events)?.causes[0]).toMatchObject({ id: 'code_reused' });
  });

  it('makes the mistake with the very code that arrives', async () => {
    const { state } = await play({ mistake: 'wrong-verifier' });
    expect(state.callbacks.filter(({ verdict }) => verdict === 'accepted')).toHaveLength(1);
    expect(state.refusals).toMatchObject([{ error: { error: 'invalid_grant' }, provocation: 'wrong-verifier' }]);
  });

  it('asks for another login', async () => {
    const { state } = await play({ freshLogin: 'max_age' });
    expect(state.authorizations[0]?.parameters).toContainEqual({ name: 'max_age', value: '0' });
  });

  it('waits before each step, and a cancelled wait ends the run', async () => {
    const before: string[] = [];
    const walked = await play({ stepByStep: true }, ({ before: kind }, goOn) => { before.push(kind); goOn({}); });
    expect(before.slice(0, 4)).toEqual(['discover', 'authorize', 'receive', 'exchange']);
    expect(walked.state.ended?.outcome).toBe('ok');
    const stopped = await play({ stepByStep: true }, (_paused, _goOn, cancel) => cancel());
    expect(stopped.state.ended?.outcome).toBe('cancelled');
    expect(stopped.state.exchanges.size).toBe(0);
  });

  it('sends the token request as it was changed by hand; what was kept is the secret itself, which the window never saw', async () => {
    let shown: Extract<RunEvent, { type: 'paused' }> | undefined;
    const played = await play({ editRequest: true }, (paused, goOn) => {
      shown = paused;
      const parameters = (paused.request?.parameters ?? []).map(({ name }, keep) => (name === 'redirect_uri' ? { name, value: 'https://else.test/' } : { name, keep }));
      const headers = (paused.request?.headers ?? []).map(({ name }, keep) => ({ name, keep }));
      goOn({ request: { parameters: [...parameters, { name: 'extra', value: 'a b' }], headers: [...headers, { name: 'X-Debug', value: '1' }] } });
    });
    const [sent] = tokenRequests(played);
    expect(sent?.request).toMatch(/redirect_uri=https%3A%2F%2Felse\.test%2F&/);
    expect(sent?.request).toMatch(/&extra=a\+b/);
    expect(sent?.request).toMatch(/^x-debug: 1\r$/im);
    expect(played.state.refusals).toHaveLength(1);
    const book = new SecretBook(Buffer.alloc(32, 1));
    for (const event of played.events) book.learn(event);
    const code = shown?.request?.parameters.find(({ name }) => name === 'code')?.value ?? '';
    const authorization = shown?.request?.headers.find(({ name }) => name.toLowerCase() === 'authorization')?.value ?? '';
    expect(code.length).toBeGreaterThan(20);
    const masked = JSON.stringify(book.maskEvent(shown as RunEvent));
    expect(masked).not.toContain(code);
    expect(masked).not.toContain(authorization.replace(/^Basic /, ''));
  });
});
