import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FindHit, RunSummary } from '../../../../src-main/contract/index.ts';
import { FIND_HITS, FIND_HITS_PER_RUN, fail, formatMarker, ok } from '../../../../src-main/contract/index.ts';
import { searchRuns } from '../../../../src-main/history/index.ts';
import { matchIn } from '../../../../src-main/history/search/match.ts';
import { passes } from '../../../../src-main/history/search/passes.ts';
import { canaryRun } from '../../export/support/canary-run.ts';

const line = (over: Partial<RunSummary> = {}): RunSummary => ({ id: randomUUID(), title: 'Run', environmentId: null, practice: false, startedAt: 1000, events: 10, state: 'ok', error: null, ...over });
const marker = formatMarker({ kind: 'access_token', length: 43, fingerprint: '0123456789abcdef' });

async function search(runs: RunSummary[], query: string, end?: AbortController): Promise<{ hits: FindHit[]; reports: { done: number; finished: boolean; cut: boolean }[]; longest: number }> {
  const { masked } = canaryRun();
  const [hits, reports]: [FindHit[], { done: number; finished: boolean; cut: boolean }[]] = [[], []];
  let [longest, last, over] = [0, performance.now(), false];
  const watch = (): void => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    if (!over) setImmediate(watch);
  };
  setImmediate(watch);
  await searchRuns({
    runs, read: (id) => (id === 'gone' ? fail({ code: 'unknown-run', message: 'x' }) : ok(masked)), query, filters: {}, signal: (end ?? new AbortController()).signal,
    onProgress: ({ hits: more, ...report }) => { hits.push(...more); reports.push(report); if (reports.length === 1) end?.abort(); },
  });
  over = true;
  return { hits, reports, longest };
}

describe('finding a text in a masked one', () => {
  it('does so whatever the case, says what stands around it, and shows markers as words', () => {
    expect(matchIn(`Authorization: Bearer ${marker}\r\nHost: as.example`, 'HOST')).toEqual({ before: expect.stringContaining('access token') as string, match: 'Host', after: ': as.example' });
  });
  it('reads what is percent-encoded as well', () => {
    expect(matchIn('scope=openid+offline_access&redirect_uri=http%3A%2F%2F127.0.0.1', 'openid offline')?.match).toBe('openid offline');
    expect(matchIn('redirect_uri=http%3A%2F%2F127.0.0.1', 'http://127')?.match).toBe('http://127');
  });
  it('does not search inside a marker, nor across one, nor in one cut in half', () => {
    for (const query of ['access_token', '0123456789', ':43:']) expect(matchIn(marker, query)).toBeNull();
    expect(matchIn(`ab${marker}cd`, 'abcd')).toBeNull();
    expect(matchIn(marker.slice(0, -4), 'access_token')).toBeNull();
  });
});

describe('searching all runs', () => {
  it('leads to what shows each place', async () => {
    const { hits, reports } = await search([line()], 'invalid_grant');
    expect(hits.map(({ place, selection }) => [place, selection])).toEqual([
      ['Token, response body', { kind: 'exchange', id: 'e2' }], ['Refusal', { kind: 'exchange', id: 'e2' }],
    ]);
    expect(reports.at(-1)).toMatchObject({ done: 1, total: 1, finished: true, cut: false });
  });

  it('filters by environment, outcome, error, refusal and time', () => {
    const run = line({ environmentId: 'a', state: 'refused', error: 'invalid_grant', startedAt: 500 });
    for (const filters of [{}, { environmentId: 'a' }, { outcome: 'refused' as const }, { error: 'invalid_grant' }, { refused: true }, { since: 500, until: 500 }]) expect(passes(run, filters)).toBe(true);
    for (const filters of [{ environmentId: 'b' }, { outcome: 'ok' as const }, { error: 'invalid_client' }, { since: 501 }, { until: 499 }]) expect(passes(run, filters)).toBe(false);
    expect(passes(line(), { refused: true })).toBe(false);
  });

  it('goes on past a run that cannot be read, and stops with enough found', async () => {
    expect((await search([line({ id: 'gone' }), line()], 'invalid_grant')).hits).toHaveLength(2);
    const many = await search(Array.from({ length: FIND_HITS }, () => line()), 'invalid_grant');
    expect(many.reports.at(-1)).toMatchObject({ finished: true, cut: true });
    expect(many.hits.length).toBeLessThanOrEqual(FIND_HITS + FIND_HITS_PER_RUN);
  });

  it('a thousand runs: in slices that leave the process live, reported on the way, ended by a cancel', async () => {
    const thousand = Array.from({ length: 1000 }, () => line());
    const { longest, reports } = await search(thousand, 'no such text anywhere');
    expect(reports.at(-1)).toMatchObject({ done: 1000, finished: true });
    expect(longest).toBeLessThan(150);
    const end = new AbortController();
    end.abort();
    expect((await search(thousand, 'no such text', end)).reports).toEqual([]);
  });
});
