import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../src-main/contract/run.ts';
import { groupByDay } from '../../../src-renderer/format/days.ts';

const run = (startedAt: Date): RunSummary => ({ id: String(startedAt), title: 'x', environmentId: null, practice: false, startedAt: startedAt.getTime(), events: 1, state: 'ok', error: null });

describe('runs by day', () => {
  const now = new Date(2026, 2, 1, 0, 30);

  it('groups by the local day, midnight apart', () => {
    const days = groupByDay([run(new Date(2026, 2, 1, 0, 10)), run(new Date(2026, 1, 28, 23, 50)), run(new Date(2026, 1, 28, 1, 0)), run(new Date(2025, 11, 31, 12))], now);
    expect(days.map(({ label, runs }) => [label, runs.length])).toEqual([['Today', 1], ['Yesterday', 2], [expect.stringContaining('2025'), 1]]);
  });

  it('keeps the order within a day and is empty without runs', () => {
    const [later, earlier] = [run(new Date(2026, 2, 1, 0, 20)), run(new Date(2026, 2, 1, 0, 10))];
    expect(groupByDay([later, earlier], now)[0]?.runs).toEqual([later, earlier]);
    expect(groupByDay([], now)).toEqual([]);
  });
});
