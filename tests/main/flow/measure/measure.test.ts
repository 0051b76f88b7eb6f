import { afterAll, describe, expect, it } from 'vitest';
import type { Finding, MeasureOptions, Question } from '../../../../src-main/contract/index.ts';
import { timelineOf } from '../../../../src-main/contract/index.ts';
import { House, until } from '../../../support/lifetimes/house.ts';
import { RuleServer } from '../../../support/lifetimes/rule-server.ts';
import type { Rules } from '../../../support/lifetimes/rule-server.ts';
import { startPractice } from '../../../support/practice/index.ts';

const open: (() => Promise<void>)[] = [];
afterAll(async () => { for (const close of open.splice(0).reverse()) await close(); });

const options = (questions: Question[], longest: number, signIns = 2): MeasureOptions => ({ questions, longest, signIns });

async function withRules(rules: Rules): Promise<{ house: House; server: RuleServer }> {
  const server = await new RuleServer(rules).start();
  const house = new House(server.client);
  open.push(() => server.close(), () => house.close());
  return { house, server };
}

/** Measures to the end; gives the Run's id and the findings by question. */
async function measured(house: House, wanted: MeasureOptions, environment = house.environment()): Promise<{ runId: string; found: Partial<Record<Question, Finding>> }> {
  const first = await house.run(environment);
  const started = await house.measures.start(first, wanted, 'print');
  if (!started.ok) throw new Error(started.problem.message);
  await house.flows.whenIdle(started.value.runId);
  const state = house.state(started.value.runId);
  return { runId: started.value.runId, found: Object.fromEntries((state.measure?.findings ?? []).map((finding) => [finding.question, finding])) };
}

/** An access token is being watched: before that, the wait of the same question is for the sign-in that brings it. */
function isWatched(house: House, runId: string): boolean {
  const waiting = house.state(runId).measure?.waiting;
  return waiting?.question === 'access-token' && waiting.subject !== 'sign-in';
}

const seconds = (milliseconds: number | null | undefined): number => (milliseconds ?? NaN) / 1000;

describe.concurrent('measuring the practice provider', () => {
  it('finds every lifetime within a second of what is configured, that tokens rotate and reuse ends the grant', async () => {
    const practice = await startPractice({ accessToken: 3, refreshToken: 2 });
    open.push(() => practice.close());
    const { issuer, clients } = practice.info;
    const house = new House({ issuer, clientId: clients.confidential.id, authMethod: 'client_secret_basic', secret: clients.confidential.secret });
    open.push(() => house.close());
    const { runId, found } = await measured(house, options(['access-token', 'rotation', 'refresh-idle', 'reuse-grace'], 10, 6));
    expect(Math.abs(seconds(found['access-token']?.atMost) - 3)).toBeLessThanOrEqual(1);
    expect(found['access-token']).toMatchObject({ claimed: { seconds: 3, from: 'expires_in' } });
    expect(Math.abs(seconds(found['refresh-idle']?.atMost) - 2)).toBeLessThanOrEqual(1);
    expect(Math.abs(seconds(found['refresh-idle']?.atLeast) - 2)).toBeLessThanOrEqual(1.1);
    expect(found['rotation']).toMatchObject({ verdict: 'yes' });
    expect(found['reuse-grace']).toMatchObject({ verdict: 'no' });
    expect(found['reuse-grace']?.sentence).toContain('ended the whole grant');
    const state = house.state(runId);
    expect(state.ended?.outcome).toBe('ok');
    expect(state.refusals).toEqual([]);
    // The provider states nothing of its refresh tokens, but introspection did.
    expect(timelineOf(state).filter(({ kind, source }) => kind === 'refresh_token' && source === 'introspection').length).toBeGreaterThan(0);
    for (const finding of Object.values(found)) for (const id of finding.exchanges) expect(state.exchanges.has(id)).toBe(true);
  }, 30_000);

  it('finds how long a code can be redeemed', async () => {
    const practice = await startPractice({ authorizationCode: 2 });
    open.push(() => practice.close());
    const { issuer, clients } = practice.info;
    const house = new House({ issuer, clientId: clients.confidential.id, authMethod: 'client_secret_basic', secret: clients.confidential.secret });
    open.push(() => house.close());
    const environment = house.environment({ provider: { kind: 'practice', lifetimes: { authorizationCode: 2 } }, client: { id: '', authMethod: 'client_secret_basic' } });
    const { found } = await measured(house, options(['code'], 10, 4), environment);
    expect(found['code']).toMatchObject({ claimed: { seconds: 2 } });
    expect(Math.abs(seconds(found['code']?.atMost) - 2)).toBeLessThanOrEqual(1);
  });
});

describe.concurrent('measuring servers with rules of their own', () => {
  it('sees an access token that ends earlier than stated, by using it at UserInfo', async () => {
    const { house } = await withRules({ access: 1500, states: 3, userinfo: true, grace: 0 });
    const { found } = await measured(house, options(['access-token'], 5));
    expect(found['access-token']).toMatchObject({ verdict: 'shorter' });
    expect(seconds(found['access-token']?.atLeast)).toBeGreaterThan(1.2);
    expect(seconds(found['access-token']?.atMost)).toBeLessThan(1.9);
  });

  it('measures a reuse grace period and says that the grant survives', async () => {
    const { house } = await withRules({ grace: 1200, states: 60, userinfo: true });
    const { found } = await measured(house, options(['rotation', 'reuse-grace'], 5));
    expect(found['reuse-grace']).toMatchObject({ verdict: 'yes' });
    expect(seconds(found['reuse-grace']?.atLeast)).toBeGreaterThanOrEqual(0.9);
    expect(seconds(found['reuse-grace']?.atMost)).toBeLessThan(2);
    expect(found['reuse-grace']?.sentence).toContain('did not end the grant');
  });

  it('finds the absolute end of a grant that is kept busy, and the idle end without introspection', async () => {
    const { house } = await withRules({ grace: 0, idle: 1500, absolute: 3000, states: 60, userinfo: true });
    const { runId, found } = await measured(house, options(['refresh-idle', 'refresh-absolute'], 6, 4));
    expect(timelineOf(house.state(runId)).map(({ source }) => source)).toContain('measured here');
    expect(seconds(found['refresh-idle']?.atMost)).toBeLessThan(2.5);
    expect(seconds(found['refresh-idle']?.atMost)).toBeGreaterThan(1.4);
    expect(Math.abs(seconds(found['refresh-absolute']?.atMost) - 3)).toBeLessThanOrEqual(1);
  });

  it('says that tokens are not rotated, and then there is no reuse to measure', async () => {
    const { house } = await withRules({ states: 60, userinfo: true });
    const { found } = await measured(house, options(['rotation', 'reuse-grace'], 5));
    expect(found['rotation']).toMatchObject({ verdict: 'no' });
    expect(found['reuse-grace']).toMatchObject({ verdict: 'unknown' });
  });

  it('what lives longer than we look is "at least", and a network that fails for a while ends nothing', async () => {
    const { house, server } = await withRules({ grace: 0, states: 60, userinfo: true });
    const first = await house.run(house.environment());
    const started = await house.measures.start(first, options(['rotation', 'access-token'], 2), 'print');
    if (!started.ok) throw new Error(started.problem.message);
    await until(() => isWatched(house, started.value.runId));
    server.failing = 0;
    await until(() => house.state(started.value.runId).steps.some(({ kind, outcome }) => kind === 'refresh' && outcome === 'failed'));
    server.failing = null;
    await house.flows.whenIdle(started.value.runId);
    expect(house.state(started.value.runId).measure?.findings.find(({ question }) => question === 'rotation')).toMatchObject({ verdict: 'yes' });
    expect(house.state(started.value.runId).measure?.findings.find(({ question }) => question === 'access-token')).toMatchObject({ atMost: null, verdict: 'unknown' });
  });
});

describe.concurrent('plan, stop and progress', () => {
  it('says beforehand what it takes and costs, and what cannot be measured', async () => {
    const { house } = await withRules({ states: 60, grace: 0 });
    const runId = await house.run(house.environment());
    const plan = house.measures.plan(runId, options(['reuse-grace', 'access-token', 'code'], 600, 3));
    if (!plan.ok) throw new Error(plan.problem.message);
    expect(plan.value.questions.map(({ question }) => question)).toEqual(['code', 'access-token', 'reuse-grace']);
    expect(plan.value.questions[1]).toMatchObject({ claimed: { seconds: 60, from: 'expires_in' }, impossible: expect.stringContaining('neither an introspection nor a UserInfo') as string });
    expect(plan.value.questions[0]?.signIns).toEqual({ from: 1, to: 2 });
    const started = await house.measures.start(runId, options(['access-token'], 600), 'print');
    expect(started).toMatchObject({ ok: false, problem: { code: 'nothing-to-measure' } });
  });

  it('can be stopped: what is known until then is told, the run ends as cancelled', async () => {
    const { house } = await withRules({ states: 600, grace: 0, userinfo: true });
    const first = await house.run(house.environment());
    const started = await house.measures.start(first, options(['rotation', 'access-token'], 3600), 'print');
    if (!started.ok) throw new Error(started.problem.message);
    const { runId } = started.value;
    await until(() => isWatched(house, runId));
    expect(house.measures.status()).toMatchObject([{ runId, running: true, done: 0, of: 2, needsPerson: false }]);
    expect(house.list().find(({ id }) => id === runId)).toMatchObject({ measuring: true });
    expect(house.measures.stop(runId)).toBe(true);
    await house.flows.whenIdle(runId);
    expect(house.state(runId)).toMatchObject({ measure: { ended: { outcome: 'stopped' } }, ended: { outcome: 'cancelled' } });
    expect(house.measures.status()).toEqual([]);
    expect(house.measures.stop(runId)).toBe(false);
  });

  it('goes on after the app was closed, does not open a browser unasked, and marks a late end as a wide bound', async () => {
    const { house, server } = await withRules({ access: 1500, states: 2, introspection: true, grace: 0 });
    const first = await house.run(house.environment());
    const started = await house.measures.start(first, options(['access-token'], 60, 3), 'print');
    if (!started.ok) throw new Error(started.problem.message);
    const { runId } = started.value;
    await until(() => house.state(runId).measure?.observations.some(({ alive }) => alive) === true);
    await house.flows.close();
    expect(house.state(runId).measure?.ended).toBeNull();
    expect(house.list().find(({ id }) => id === runId)).toMatchObject({ state: 'interrupted', measuring: true });
    await new Promise((over) => { setTimeout(over, 3500); });
    server.failing = 400;
    const next = new House(server.client);
    open.push(() => next.close());
    for (const [id, events] of house.runs) next.runs.set(id, events);
    await next.measures.resumeAll();
    await until(() => next.state(runId).measure?.waiting?.subject === 'sign-in');
    expect(next.state(runId).measure?.observations.at(-1)).toMatchObject({ alive: false, late: true });
    expect(next.signIns).toBe(0);
    expect(next.measures.status()).toMatchObject([{ needsPerson: true }]);
    server.failing = null;
    expect(next.measures.continue(runId)).toBe(true);
    await next.flows.whenIdle(runId);
    expect(next.signIns).toBe(1);
    const finding = next.state(runId).measure?.findings[0];
    expect(finding?.late).toBe(false);
    expect(seconds(finding?.atMost)).toBeLessThan(2.2);
  }, 30_000);
});
