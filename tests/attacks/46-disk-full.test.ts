import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../src-main/contract/index.ts';
import { entriesOf, openBoth, recordRun } from '../support/keyring/runs.ts';

interface Filled { runId: string; events: number; kept: Result<null>; readable: number; listed: number; problems: string[] }

const CHILD = resolve('tests/support/keyring/history-child.ts');

/** RLIMIT_FSIZE, with its signal ignored, makes writes fail as on a disk without room; raising it gives the room back. */
describe('attack 46: no room for the history', () => {
  let folder = '';
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'grantscope-full-')); });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('goes on in memory, says so once, loses nothing, and writes it all when there is room again', async () => {
    const first = await openBoth(folder);
    const before = recordRun(first.history, 5);
    first.history.close();
    const command = 'trap "" XFSZ; exec prlimit --fsize=600000:unlimited "$0" "$@"';
    const child = spawn('sh', ['-c', command, process.execPath, CHILD, folder, entriesOf(first.keychain), 'fill'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' }, stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const full = JSON.parse((await lines.next()).value as string) as Filled;
    expect(full.kept).toMatchObject({ ok: false, problem: { code: 'history-not-saved', why: expect.any(String), next: expect.any(String) } });
    expect(full.events).toBeGreaterThan(5);
    expect([full.readable, full.listed]).toEqual([full.events, full.events]);
    expect(full.problems).toEqual(['history-not-saved']);

    expect(spawnSync('prlimit', [`--pid=${child.pid}`, '--fsize=unlimited']).status).toBe(0);
    child.stdin.write('go on\n');
    expect(JSON.parse((await lines.next()).value as string)).toEqual({ kept: { ok: true, value: null }, problems: ['history-not-saved'] });
    const { history, problems } = await openBoth(folder, first.keychain);
    expect(problems).toEqual([]);
    expect(history.read(full.runId)).toMatchObject({ ok: true, value: { length: full.events + 1 } });
    expect(history.read(before)).toMatchObject({ ok: true, value: { length: 5 } });
    history.close();
  });
});
