import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VaultStatus } from '../../src-main/contract/index.ts';
import { entriesOf, openBoth, recordRun } from '../support/keyring/runs.ts';

interface Reported { status: VaultStatus; onDisk: boolean; kept: boolean; listed: number; problems: string[] }

describe('attack 47: the data folder is not what it should be', () => {
  let parent = '';
  beforeEach(() => { parent = mkdtempSync(join(tmpdir(), 'grantscope-folder-')); });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  /** An ordinary user, since root may write anywhere. */
  function asNobody(folder: string, entries: string): Reported {
    const ran = spawnSync(process.execPath, [resolve('tests/support/keyring/history-child.ts'), folder, entries, 'as-nobody'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' }, encoding: 'utf8',
    });
    expect(ran.stderr).toBe('');
    return JSON.parse(ran.stdout) as Reported;
  }

  it('read-only and empty: memory only, with the reason', () => {
    const folder = join(parent, 'data');
    mkdirSync(folder, { mode: 0o555 });
    chmodSync(parent, 0o755);
    expect(asNobody(folder, '[]')).toMatchObject({
      status: { memory: true, problem: { code: 'data-folder-not-writable', why: expect.stringContaining('not writable') } }, onDisk: false, kept: true, listed: 1,
    });
  });

  it('read-only with runs in it: the session goes on, and what is there stays', async () => {
    const folder = join(parent, 'data');
    const first = await openBoth(folder);
    const runId = recordRun(first.history, 3);
    first.history.close();
    chmodSync(parent, 0o755);
    chmodSync(folder, 0o555);
    for (const file of ['vault.json', 'history.db']) chmodSync(join(folder, file), 0o444);
    const reported = asNobody(folder, entriesOf(first.keychain));
    expect(reported).toMatchObject({ status: { state: 'available' }, onDisk: false, kept: true, problems: ['history-not-opened'] });
    const again = await openBoth(folder, first.keychain);
    expect(again.history.read(runId)).toMatchObject({ ok: true, value: { length: 3 } });
    again.history.close();
  });

  it('of another owner: memory only, nothing thrown', async () => {
    // Somebody who is not root cannot make such a folder, but has one: root's.
    const root = process.getuid?.() === 0;
    const folder = root ? join(parent, 'data') : '/root/data';
    const first = await openBoth(root ? folder : join(parent, 'data'));
    first.history.close();
    chmodSync(parent, 0o755);
    expect(asNobody(folder, entriesOf(first.keychain))).toMatchObject({ status: { state: 'failed', memory: true }, kept: true, listed: 1 });
  });

  it.each(['with spaces and 100 % of # ? & signs', 'mit Umlauten äöü', '📁 emoji 🔑', 'quote\'s "double"', 'd'.repeat(200)])('a path %s works', async (name) => {
    const folder = join(parent, name, 'data');
    const { history, problems, keychain, vault } = await openBoth(folder);
    const runId = recordRun(history, 3);
    history.close();
    expect(vault.status().memory).toBe(false);
    keychain.state = 'locked';
    const locked = await openBoth(folder, keychain);
    locked.history.close();
    keychain.state = 'available';
    const again = await openBoth(folder, keychain);
    expect(again.history.read(runId).ok).toBe(true);
    expect([...problems, ...locked.problems, ...again.problems]).toEqual([]);
    again.history.close();
  });

  it('a name that the system refuses: memory only, with the reason', async () => {
    const { history, vault } = await openBoth(join(parent, 'd'.repeat(300)));
    expect(vault.status()).toMatchObject({ memory: true, problem: { code: expect.stringMatching(/key-marker-unreadable|data-folder-not-writable/), why: expect.stringContaining('too long') } });
    recordRun(history, 3);
    expect(history.list()).toHaveLength(1);
    history.close();
  });
});
