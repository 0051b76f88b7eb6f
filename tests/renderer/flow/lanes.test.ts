import { describe, expect, it } from 'vitest';
import { emptyRunState, foldRun } from '../../../src-main/contract/read/run-state.ts';
import { geometryOf } from '../../../src-renderer/flow/geometry.ts';
import { lanesOf } from '../../../src-renderer/flow/lanes.ts';
import { finishedRun } from '../support/runs.ts';

const run = foldRun(finishedRun('aaaaaaaa-aaaa-4aaa-8aaa-000000000001', 0, 0, true));

describe('the lanes of a Run', () => {
  it('one for each endpoint, grouped by host, where there is room', () => {
    const { lanes, groups, indexOf } = lanesOf(run, 800);
    expect(lanes.map(({ name }) => name)).toEqual(['Browser', 'Grantscope', 'Authorize', 'Discovery', 'JWKS', 'Token', 'UserInfo']);
    expect(groups).toEqual([{ host: '127.0.0.1:41777', first: 2, count: 5 }]);
    expect(indexOf('127.0.0.1:41777|Token')).toBe(5);
  });

  it('one for each host where the endpoints would be too narrow', () => {
    const { lanes, indexOf } = lanesOf(run, 500);
    expect(lanes.map(({ name }) => name)).toEqual(['Browser', 'Grantscope', 'Provider']);
    expect(indexOf('127.0.0.1:41777|Token')).toBe(2);
    expect(indexOf('app')).toBe(1);
  });

  it('a provider lane even before anything was sent', () => {
    expect(lanesOf(emptyRunState(), 800).lanes).toHaveLength(3);
  });

  it('stand evenly, between the column of times and that of results', () => {
    const geometry = geometryOf(766, 3);
    expect([0, 1, 2].map(geometry.x)).toEqual([162, 362, 562]);
    expect(geometry.left + geometry.drawing + geometry.right).toBe(766);
  });
});
