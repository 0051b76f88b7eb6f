import { describe, expect, it } from 'vitest';
import { foldRun } from '../../../src-main/contract/read/run-state.ts';
import { actionsOf } from '../../../src-renderer/token/actions.ts';
import { countdownOf } from '../../../src-renderer/token/countdown.ts';
import { orderedTokens } from '../../../src-renderer/token/order.ts';
import { BOOT } from '../support/recording.ts';
import { finishedRun } from '../support/runs.ts';

const run = foldRun(finishedRun('aaaaaaaa-aaaa-4aaa-8aaa-000000000001', 1_700_000_000_000, 5000, true));
const token = (id: string) => {
  const found = run.tokens.find(({ record }) => record.id === id);
  if (!found) throw new Error(`No token ${id} in the recording.`);
  return found;
};

describe('the list of tokens', () => {
  it('has the living first, the newest before the older, and keeps the dead', () => {
    expect(orderedTokens(run).map(({ record }) => record.id)).toEqual(['access-1', 'refresh-1', 'id-1', 'access-0', 'id-0', 'refresh-0']);
    expect(token('refresh-0').fate).toBe('superseded');
  });

  it('counts down on the monotonic clock and says where the end comes from', () => {
    const access = token('access-1');
    const exchange = run.exchanges.get(access.exchangeId)?.exchange;
    const clock = { at: access.receivedAt - 3_600_000, mono: access.receivedMono + 60_000, boot: BOOT };
    expect(countdownOf(access, exchange, clock)).toMatchObject({ text: '1:00', source: 'expires_in', expired: false });
    expect(countdownOf(access, exchange, { ...clock, mono: access.receivedMono + 180_000 })).toMatchObject({ text: 'expired 1 min ago', share: 0, expired: true });
  });

  it('says so where no end is stated', () => {
    expect(countdownOf(token('refresh-1'), undefined, { at: 0, mono: 0, boot: BOOT })).toEqual({ text: 'unknown', share: null, expired: false, source: 'not stated' });
  });
});

describe('what can be done with a token', () => {
  it('a refresh token can be spent, an ID token can only be read', () => {
    expect(actionsOf(token('refresh-1'), run).map(({ name }) => name)).toEqual(['Refresh', 'Introspect', 'Revoke']);
    expect(actionsOf(token('id-1'), run)).toEqual([]);
  });

  it('UserInfo only with the latest access token, which is the one that is sent', () => {
    expect(actionsOf(token('access-1'), run).map(({ name }) => name)).toContain('UserInfo');
    expect(actionsOf(token('access-0'), run).map(({ name }) => name)).not.toContain('UserInfo');
  });

  it('says which endpoint is missing', () => {
    const bare = { ...run, metadata: run.metadata && { ...run.metadata, metadata: {} } };
    expect(actionsOf(token('access-1'), bare).every(({ missing }) => missing?.includes('endpoint'))).toBe(true);
  });
});
