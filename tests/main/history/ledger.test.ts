import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src-main/contract/index.ts';
import type { Ledger } from '../../../src-main/diagnosis/index.ts';
import { diagnose, ledgerEntriesOf, ledgerHash } from '../../../src-main/diagnosis/index.ts';
import type { History } from '../../../src-main/history/index.ts';
import type { ImportedExchange } from '../../../src-main/import/imported.ts';
import { toRun } from '../../../src-main/import/to-run.ts';
import { openBoth } from '../../support/keyring/runs.ts';
import { redeem, token } from '../diagnosis/runs.ts';

const code = 'CANARY-code-3f9a7c1e5b';
const key = Buffer.alloc(32, 7);
let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'grantscope-ledger-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function record(history: History, exchanges: ImportedExchange[]): { runId: string; events: RunEvent[] } {
  const events = toRun(exchanges, '');
  const first = events[0];
  if (first?.type !== 'run-started') throw new Error('A run starts with run-started');
  for (const event of events) history.append(first.runId, event);
  return { runId: first.runId, events };
}

function ledgerOf(history: History, withKey: Uint8Array = key): Ledger {
  const find = history.ledger((events) => ledgerEntriesOf(events, withKey));
  return { find: (kind, value) => find(ledgerHash(withKey, kind, value)) };
}

const redeemed = { at: 0, status: 200, body: { access_token: 'CANARY-access-1', token_type: 'Bearer', refresh_token: 'CANARY-refresh-1' }, parameters: redeem({ code }) };

describe('the ledger over all runs', () => {
  it('finds nothing under another key, for another kind, for a value never sent', async () => {
    const { history } = await openBoth(folder);
    record(history, token(redeemed));
    expect(ledgerOf(history, Buffer.alloc(32, 8)).find('code', 'other')).toEqual([]);
    expect(ledgerOf(history).find('refresh_token', code)).toEqual([]);
    history.close();
  });

  it('knows a code that another run redeemed, and the diagnosis says so; without the ledger it cannot', async () => {
    const { history } = await openBoth(folder);
    const first = record(history, token(redeemed));
    const second = record(history, token({ at: 5, parameters: redeem({ code }) }));
    expect(ledgerOf(history).find('code', code)).toMatchObject([
      { what: 'sent', accepted: true, runId: first.runId }, { what: 'sent', accepted: false, runId: second.runId },
    ]);
    const reused = (ledger?: Ledger) => diagnose(second.events, ledger ? { ledger } : {})?.causes.find(({ id }) => id === 'code_reused');
    expect(reused()?.verdict).not.toBe('likely');
    expect(reused(ledgerOf(history))?.verdict).toBe('likely');
    history.close();
  });

  it('grows with a run, is there after a restart, forgets what is purged, and keeps no value in the clear', async () => {
    const opened = await openBoth(folder);
    const { runId, events } = record(opened.history, token(redeemed));
    expect(ledgerOf(opened.history).find('refresh_token', 'CANARY-refresh-1')).toMatchObject([{ what: 'received' }]);
    const last = events.at(-1) as RunEvent;
    const again = toRun(token({ at: 9, parameters: { grant_type: 'refresh_token', refresh_token: 'CANARY-refresh-1' } }), '').slice(1);
    again.forEach((event, index) => opened.history.append(runId, { ...event, seq: last.seq + 1 + index }));
    expect(ledgerOf(opened.history).find('refresh_token', 'CANARY-refresh-1')).toHaveLength(2);
    opened.history.close();
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file)).includes('CANARY'), file).toBe(false);

    const { history } = await openBoth(folder, opened.keychain);
    expect(ledgerOf(history).find('code', code)).toHaveLength(1);
    history.remove(runId);
    expect(ledgerOf(history).find('code', code)).toHaveLength(1);
    history.purge(Date.now() + 1);
    expect(ledgerOf(history).find('code', code)).toEqual([]);
    history.close();
  });

  it('attack 44: a row that was changed, or moved under another hash, is no evidence', async () => {
    const opened = await openBoth(folder);
    record(opened.history, token(redeemed));
    ledgerOf(opened.history);
    opened.history.close();
    const file = readdirSync(folder).find((name) => name.endsWith('.db') || name.endsWith('.sqlite'));
    const db = new DatabaseSync(join(folder, file as string));
    db.prepare('UPDATE ledger SET hash = ?').run(ledgerHash(key, 'code', 'innocent'));
    db.close();
    const { history } = await openBoth(folder, opened.keychain);
    expect(ledgerOf(history).find('code', 'innocent')).toEqual([]);
    history.close();
  });
});
