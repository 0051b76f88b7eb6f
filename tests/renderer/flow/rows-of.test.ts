import { describe, expect, it } from 'vitest';
import { foldRun } from '../../../src-main/contract/read/run-state.ts';
import type { ArrowRow, Row } from '../../../src-renderer/flow/rows.ts';
import { rowsOf } from '../../../src-renderer/flow/rows-of.ts';
import { finishedRun, unreachableRun, waitingRun } from '../support/runs.ts';

const id = 'aaaaaaaa-aaaa-4aaa-8aaa-000000000001';
const arrows = (rows: Row[]): ArrowRow[] => rows.filter((row) => row.kind === 'arrow');

describe('the rows of a Run', () => {
  const rows = rowsOf(foldRun(finishedRun(id, 1_700_000_000_000, 5000, true)), false);

  it('heads each step, a provoked one by what was done on purpose', () => {
    expect(rows.filter((row) => row.kind === 'step').map(({ title, outcome }) => `${title}: ${outcome}`)).toEqual([
      'Discover: ok', 'Authorize: ok', 'Receive the redirect: ok', 'Redeem the code: ok', 'Check the ID token: ok', 'UserInfo: ok', 'Refresh: ok',
      'Provoked: redeem the code again: refused',
    ]);
  });

  it('shows a refused exchange red, with the OAuth error on its arrow', () => {
    const refused = arrows(rows).at(-1);
    expect(refused).toMatchObject({ tone: 'bad', status: 400, label: 'POST /token', answer: { text: '400 Bad Request', error: 'invalid_grant' }, from: 'app', to: '127.0.0.1:41777|Token' });
    expect(refused?.name).toMatch(/^POST http:\/\/127\.0\.0\.1:41777\/token, from Grantscope to Token, answered 400 Bad Request, invalid_grant, 13 ms$/);
  });

  it('shows a rejected callback as an arrow of its own beside the accepted one', () => {
    const callbacks = arrows(rows).filter(({ to, from }) => from === 'browser' && to === 'app');
    expect(callbacks.map(({ answer, tone }) => [answer?.text, tone])).toEqual([['400 · wrong state', 'warn'], ['200 · accepted', 'ok']]);
  });

  it('says why a step failed below it, once', () => {
    const failed = rowsOf(foldRun(unreachableRun(id, 0)), false);
    expect(failed.filter((row) => row.kind === 'problem')).toHaveLength(1);
    expect(arrows(failed)[0]).toMatchObject({ status: null, tone: 'bad', answer: { text: 'Connection refused by 127.0.0.1:9.' } });
  });

  it('waits for the browser only while a flow runs', () => {
    const events = waitingRun(id, 0, 0);
    expect(rowsOf(foldRun(events), true).at(-1)).toMatchObject({ kind: 'waiting', limit: 300 });
    expect(rowsOf(foldRun(events), false).some(({ kind }) => kind === 'waiting')).toBe(false);
  });

  it('gives each row a key of its own', () => {
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });

  it('puts no secret and no marker in a name', () => {
    for (const { name } of arrows(rows)) expect(name).not.toMatch(/[\ue0f0\ue0f1?]/);
  });
});
