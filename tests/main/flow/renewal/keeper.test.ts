import { afterAll, describe, expect, it } from 'vitest';
import { lifetimeOf, remaining, timelineOf } from '../../../../src-main/contract/index.ts';
import { systemClock } from '../../../../src-main/flow/index.ts';
import type { PracticeProvider } from '../../../../src-main/practice/index.ts';
import { House, until } from '../../../support/lifetimes/house.ts';
import { RuleServer } from '../../../support/lifetimes/rule-server.ts';
import type { Rules } from '../../../support/lifetimes/rule-server.ts';
import { startPractice } from '../../../support/practice/index.ts';

const open: (() => Promise<void>)[] = [];
afterAll(async () => { for (const close of open.splice(0).reverse()) await close(); });

const renewal = (share: number) => ({ enabled: true, share });

async function withRules(rules: Rules): Promise<{ house: House; server: RuleServer }> {
  const server = await new RuleServer(rules).start();
  const house = new House(server.client);
  open.push(() => server.close(), () => house.close());
  return { house, server };
}

async function withPractice(lifetimes: Parameters<typeof startPractice>[0]): Promise<{ house: House; practice: PracticeProvider }> {
  const practice = await startPractice(lifetimes);
  const { issuer, clients } = practice.info;
  const house = new House({ issuer, clientId: clients.confidential.id, authMethod: 'client_secret_basic', secret: clients.confidential.secret });
  open.push(() => practice.close(), () => house.close());
  return { house, practice };
}

const refreshes = (house: House, runId: string) => house.state(runId).steps.filter(({ kind }) => kind === 'refresh');

describe.concurrent('renewal against the practice provider', () => {
  it('renews before the end, again and again, as recorded exchanges of the same run; then stops when told', async () => {
    const { house } = await withPractice({ accessToken: 2 });
    const environment = house.environment({ renewal: renewal(0.5) });
    const runId = await house.run(environment);
    await until(() => refreshes(house, runId).filter(({ outcome }) => outcome === 'ok').length >= 2);
    const state = house.state(runId);
    const access = state.tokens.filter(({ record }) => record.kind === 'access_token');
    expect(access.length).toBeGreaterThanOrEqual(3);
    for (const [index, token] of access.slice(0, -1).entries()) {
      const lifetime = lifetimeOf(token, state.exchanges.get(token.exchangeId)?.exchange);
      const next = access[index + 1];
      expect(next && remaining(lifetime, { at: next.receivedAt, mono: next.receivedMono, boot: next.boot })).toMatchObject({ expired: false });
    }
    expect(house.list()).toHaveLength(1);
    expect(house.signIns).toBe(1);
    expect(house.keeper.stop(runId)).toBe(true);
    await house.flows.whenIdle(runId);
    const count = refreshes(house, runId).length;
    await new Promise((over) => { setTimeout(over, 1300); });
    expect(refreshes(house, runId)).toHaveLength(count);
    expect(house.keeper.list()).toMatchObject([{ state: 'stopped', dueMono: null }]);
  });

  it('without renewal the countdown reaches zero, and the provider agrees', async () => {
    const { house } = await withPractice({ accessToken: 2 });
    const runId = await house.run(house.environment());
    const token = house.state(runId).tokens.find(({ record }) => record.kind === 'access_token');
    if (!token) throw new Error('no token');
    const lifetime = lifetimeOf(token, house.state(runId).exchanges.get(token.exchangeId)?.exchange);
    expect(remaining(lifetime, systemClock.read())).toMatchObject({ expired: false, by: 'monotonic' });
    await until(() => remaining(lifetime, systemClock.read())?.expired === true);
    expect(remaining(lifetime, systemClock.read())).toMatchObject({ left: 0 });
    await house.flows.act(runId, { action: 'introspect', tokenId: token.record.id }, 'print');
    await house.flows.whenIdle(runId);
    expect(house.state(runId).tokens.find(({ record }) => record.id === token.record.id)?.active).toBe(false);
  });

  it('a refresh token that was rotated out and used again is seen as reused, and renewal ends with the refusal told once', async () => {
    const { house } = await withPractice({ accessToken: 2 });
    const environment = house.environment({ renewal: renewal(0.5) });
    const runId = await house.run(environment);
    await until(() => refreshes(house, runId).length >= 1);
    await house.flows.whenIdle(runId);
    const old = house.state(runId).tokens.find(({ record, fate }) => record.kind === 'refresh_token' && fate === 'superseded');
    await house.flows.act(runId, { action: 'refresh', tokenId: old?.record.id ?? '' }, 'print');
    await until(() => house.refused.length > 0);
    const bar = timelineOf(house.state(runId)).find(({ id }) => id === old?.record.id);
    expect(bar?.marks.map(({ what }) => what)).toEqual(['refreshed', 'reused']);
    expect(house.refused).toHaveLength(1);
    expect(house.refused[0]).toMatchObject({ runId, state: 'refused', exchangeId: house.state(runId).refusals.at(-1)?.exchangeId });
    const count = refreshes(house, runId).length;
    await new Promise((over) => { setTimeout(over, 1200); });
    expect(refreshes(house, runId)).toHaveLength(count);
  });
});

describe.concurrent('what renewal refuses and endures', () => {
  it('does nothing for an environment that does not want it, and says why where nothing states a lifetime', async () => {
    const { house } = await withRules({ grace: 0 });
    await house.run(house.environment());
    expect(house.keeper.list()).toEqual([]);
    await house.run(house.environment({ renewal: renewal(0.5) }));
    expect(house.keeper.list()).toMatchObject([{ state: 'idle', why: 'Nothing states how long the access token lives.' }]);
  });

  it('a failing network is tried again ever more slowly, then it goes on; no second refresh is ever sent beside one', async () => {
    const { house, server } = await withRules({ grace: 0, states: 2, slow: 100 });
    const runId = await house.run(house.environment({ renewal: renewal(0.5) }));
    server.failing = 0;
    house.hurry = 4;
    await until(() => house.keeper.list()[0]?.state === 'retrying');
    const first = house.keeper.list()[0]?.dueMono ?? 0;
    expect(first - systemClock.read().mono).toBeGreaterThan(1500);
    server.failing = 503;
    await until(() => (house.keeper.list()[0]?.dueMono ?? 0) > first + 1000);
    expect((house.keeper.list()[0]?.dueMono ?? 0) - systemClock.read().mono).toBeGreaterThan(3000);
    expect(house.refused).toEqual([]);
    server.failing = null;
    // The person is quicker than the keeper; both never at once.
    const token = house.state(runId).tokens.find(({ record }) => record.kind === 'refresh_token');
    const acted = await Promise.all([1, 2].map(() => house.flows.act(runId, { action: 'refresh', tokenId: token?.record.id ?? '' }, 'print')));
    expect(acted.filter(({ ok }) => ok)).toHaveLength(1);
    await house.flows.whenIdle(runId);
    expect(house.keeper.list()[0]?.state).toBe('waiting');
    await until(() => refreshes(house, runId).at(-1)?.outcome === 'ok' && house.state(runId).tokens.length > 4);
    expect(server.refreshes.every(({ open: atOnce }) => atOnce === 1)).toBe(true);
  });

  it('sends nothing while the machine sleeps, and catches up when it wakes', async () => {
    const { house, server } = await withRules({ grace: 0, states: 2 });
    await house.run(house.environment({ renewal: renewal(0.5) }));
    expect(house.keeper.list()[0]?.state).toBe('waiting');
    house.sleeps.suspend();
    house.keeper.suspend();
    await new Promise((over) => { setTimeout(over, 1300); });
    expect(house.keeper.list()[0]?.state).toBe('asleep');
    expect(server.refreshes).toEqual([]);
    house.sleeps.resume();
    house.keeper.resume();
    await until(() => server.refreshes.length === 1, 600);
  });

  it('turns to the newest run of the environment', async () => {
    const { house } = await withRules({ grace: 0, states: 60 });
    const environment = house.environment({ renewal: renewal(0.5) });
    await house.run(environment);
    const second = await house.run(environment);
    expect(house.keeper.list()).toMatchObject([{ runId: second, state: 'waiting' }]);
    const measured = await house.measures.start(second, { questions: ['rotation'], longest: 5, signIns: 1 }, 'print');
    if (!measured.ok) throw new Error(measured.problem.message);
    await house.flows.whenIdle(measured.value.runId);
    expect(house.keeper.list()).toMatchObject([{ runId: second, state: 'waiting' }]);
    house.environments = [];
    house.keeper.check();
    expect(house.keeper.list()).toEqual([]);
  });
});
