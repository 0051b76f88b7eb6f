import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entriesOf, openBoth, recordRun } from '../support/keyring/runs.ts';
import { CURRENT_VERSION } from '../../src-main/history/migrations.ts';

const CHILD = resolve('tests/support/keyring/history-child.ts');

/** The parts of attack 45 that need no window: killed before, in and after commits, and in the middle of a migration. */
describe('attack 45: kill -9 while writing', () => {
  let folder = '';
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'grantscope-kill-')); });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function start(...args: string[]) {
    const child = spawn(process.execPath, [CHILD, ...args], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' }, stdio: ['pipe', 'pipe', 'inherit'] });
    return { child, lines: createInterface({ input: child.stdout }) };
  }

  it('twenty times: what was said to be durable is there, the file is sound, nothing passes for a success', async () => {
    const first = await openBoth(folder);
    first.history.close();
    const durable = new Map<string, number>();
    for (let round = 0; round < 20; round += 1) {
      const { child, lines } = start(folder, entriesOf(first.keychain), 'append');
      lines.on('line', (line) => {
        const [runId, seq] = JSON.parse(line) as [string, number];
        durable.set(runId, seq);
      });
      await once(lines, 'line');
      await setTimeout(randomInt(0, 60));
      const closed = once(lines, 'close');
      child.kill('SIGKILL');
      await closed;
    }
    const { history, problems } = await openBoth(folder, first.keychain);
    expect(problems).toEqual([]);
    expect(durable.size).toBe(20);
    const listed = new Map(history.list().map((line) => [line.id, line]));
    for (const [runId, seq] of durable) {
      const { events, problem } = history.examine(runId);
      expect(problem).toBeNull();
      expect(events.length).toBeGreaterThanOrEqual(seq + 1);
      expect(listed.get(runId)).toMatchObject({ state: 'interrupted', events: events.length });
    }
    history.close();
  }, 60_000);

  it('in the middle of a migration: version and data are as before', async () => {
    const first = await openBoth(folder);
    const runId = recordRun(first.history, 5);
    first.history.close();
    const path = join(folder, 'history.db');
    for (let round = 0; round < 5; round += 1) {
      const { child, lines } = start(mkdtempSync(join(folder, 'other-')), '[]', 'migrate', path);
      await once(lines, 'line');
      await setTimeout(randomInt(5, 40));
      const closed = once(child, 'exit');
      child.kill('SIGKILL');
      await closed;
      const db = new DatabaseSync(path);
      expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: CURRENT_VERSION });
      expect(db.prepare("SELECT count(*) AS half FROM sqlite_schema WHERE name = 'half'").get()).toEqual({ half: 0 });
      db.close();
    }
    const { history, problems } = await openBoth(folder, first.keychain);
    expect(problems).toEqual([]);
    expect(history.read(runId)).toMatchObject({ ok: true, value: { length: 5 } });
    history.close();
  });
});
