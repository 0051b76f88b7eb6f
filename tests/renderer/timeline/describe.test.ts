import { describe, expect, it } from 'vitest';
import { foldRun } from '../../../src-main/contract/read/run-state.ts';
import type { TimelineBar } from '../../../src-main/contract/read/timeline.ts';
import { timelineOf } from '../../../src-main/contract/read/timeline.ts';
import { inWords, standing } from '../../../src-renderer/timeline/describe.ts';
import { nowOf } from '../../../src-renderer/timeline/now.ts';
import { BOOT } from '../support/recording.ts';
import { finishedRun } from '../support/runs.ts';

const start = 1_700_000_000_000;
const run = foldRun(finishedRun('aaaaaaaa-aaaa-4aaa-8aaa-000000000001', start, 5000, true));
const bars = timelineOf(run);
const bar = (id: string) => bars.find((one) => one.id === id) ?? (() => { throw new Error(`No bar ${id}`); })();

describe('the lifetimes of a run as rows', () => {
  it('a code is redeemed, and the second use of it is marked', () => {
    const code = bars.find(({ kind }) => kind === 'code');
    expect(code).toMatchObject({ kind: 'code', ending: 'redeemed', expiresAt: null });
    expect(code?.marks.map(({ what }) => what)).toEqual(['redeemed', 'reused']);
  });

  it('a rotated refresh token ends where it gave the next generation', () => {
    const [old, next] = [bar('refresh-0'), bar('refresh-1')];
    expect(old).toMatchObject({ ending: 'superseded', generation: 0 });
    expect(next.parent).toBe('refresh-0');
    expect(old.endedAt).toBeLessThanOrEqual(next.issuedAt);
    expect(old.marks.map(({ what }) => what)).toContain('refreshed');
  });

  it('an unknown end stays unknown, a stated one says by what, in both time zones', () => {
    const now = bar('access-1').issuedAt + 1000;
    expect(standing(bar('refresh-1'), now).text).toBe('end unknown');
    expect(inWords(bar('access-1'), now)).toMatch(/^Access token, generation 1: live; issued .*ends .*UTC.*by expires_in/);
    expect(standing(bar('access-1'), now + 1e9)).toEqual({ text: 'expired', tone: 'warn' });
  });

  it('the session stands there with what its ID token tells, and an end nobody tells stays unknown', () => {
    const session = bars.find(({ kind }) => kind === 'session');
    expect(session).toMatchObject({ expiresAt: null, source: 'not told by the provider', ending: null });
    expect(inWords(session as TimelineBar, start)).toMatch(/^Session: end unknown; /);
  });

  it('introspection that states another end than the answer is a contradiction, in words', () => {
    const access = bar('access-1');
    const exchange = run.exchanges.get(run.tokens.find(({ record }) => record.id === 'access-1')?.exchangeId ?? '')?.exchange;
    if (!exchange?.response) throw new Error('No exchange');
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n';
    const said = (exp: number) => {
      const body = JSON.stringify({ active: true, exp });
      const asked = { ...exchange, id: 'asked', purpose: 'introspection' as const, response: { status: 200, reason: 'OK', raw: head + body, headLength: head.length, body } };
      const events = [...run.steps.flatMap((step) => step.events)];
      const changed = { ...run, exchanges: new Map([...run.exchanges, ['asked', { exchange: asked, step: 's', at: start }]]), steps: [...run.steps, { id: 's', kind: 'introspect' as const, startedAt: start, startedMono: 0, events: [{ ...events[0], type: 'token-introspected', exchangeId: 'asked', tokenId: 'access-1', active: true } as never] }] };
      return timelineOf(changed as typeof run).find(({ id }) => id === 'access-1')?.contradictions;
    };
    const end = (access.expiresAt ?? 0) / 1000;
    expect(said(Math.floor(end))).toEqual([]);
    expect(said(Math.floor(end) + 3600)).toEqual([expect.stringMatching(/^introspection says \d+ min.* later than expires_in\.$/)]);
  });

  it('a changed system time moves nothing in the process that made the run', () => {
    const mono = (run.started?.mono ?? 0) + 60_000;
    expect(nowOf(run, { at: start - 1e9, mono, boot: BOOT })).toBe((run.started?.at ?? 0) + 60_000);
    expect(nowOf(run, { at: start + 5, mono, boot: 'another' })).toBe(start + 5);
  });
});
