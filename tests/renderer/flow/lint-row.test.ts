import { describe, expect, it } from 'vitest';
import type { LintFinding } from '../../../src-main/contract/read/wire-lint.ts';
import { foldRun } from '../../../src-main/contract/read/run-state.ts';
import { lintRow } from '../../../src-renderer/flow/lint-row.ts';
import { rowsOf } from '../../../src-renderer/flow/rows-of.ts';
import { finishedRun } from '../support/runs.ts';

const run = foldRun(finishedRun('aaaaaaaa-aaaa-4aaa-8aaa-000000000001', 1_700_000_000_000, 5000, true));
const [exchangeId = ''] = [...run.exchanges.keys()].slice(-1);
const finding = (change: Partial<LintFinding>): LintFinding => ({ code: 'x', blame: 'sender', weight: 'wrong', message: 'Two at once.', section: 'RFC 6749 §2.3', target: { part: 'request-body' }, ...change });
const row = (...findings: LintFinding[]) => lintRow(run, new Map([[exchangeId, findings]]), exchangeId, 5);

describe('the note below an exchange', () => {
  it('is none where nothing is wrong, where it is only worth a name, or where only the server is a little off', () => {
    expect([row(), row(finding({ weight: 'note' })), row(finding({ blame: 'server', weight: 'odd' })), lintRow(run, new Map(), exchangeId, 5)]).toEqual([[], [], [], []]);
  });

  it('says who, what and where it stands, the gravest first', () => {
    expect(row(finding({ blame: 'configuration', weight: 'odd', message: 'Odd.' }), finding({}))).toMatchObject([{ kind: 'note', tone: 'bad', text: 'Grantscope: Two at once.', detail: 'RFC 6749 §2.3, and 1 more' }]);
    expect(row(finding({ blame: 'configuration', weight: 'odd', message: 'Odd.' }))).toMatchObject([{ tone: 'warn', text: 'Your configuration: Odd.', detail: 'RFC 6749 §2.3' }]);
    expect(row(finding({ blame: 'server' }))).toMatchObject([{ text: 'The server: Two at once.' }]);
  });

  it('does not blame Grantscope for what came from elsewhere', () => {
    const [started, ...rest] = finishedRun('aaaaaaaa-aaaa-4aaa-8aaa-000000000002', 0, 0, true);
    const imported = foldRun([{ ...started, origin: 'imported' } as never, ...rest]);
    expect(lintRow(imported, new Map([[exchangeId, [finding({})]]]), exchangeId, 5)).toMatchObject([{ text: 'The sender: Two at once.' }]);
  });

  it('stands right below its arrow and cannot be selected beside it', () => {
    const rows = rowsOf(run, false, new Map([[exchangeId, [finding({})]]]));
    const at = rows.findIndex(({ key }) => key === `lint:${exchangeId}`);
    expect(rows[at - 1]).toMatchObject({ kind: 'arrow', selection: { kind: 'exchange', id: exchangeId } });
    expect(rows[at]).toMatchObject({ selection: null });
    expect(rows).toHaveLength(rowsOf(run, false).length + 1);
  });
});
