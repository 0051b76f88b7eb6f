import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entriesOf, openBoth } from '../support/keyring/runs.ts';

/** The window's lock keeps a second one from opening the file; the command line may still write beside it. */
describe('attack 48: two processes on one data folder', () => {
  let folder = '';
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'grantscope-two-')); });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('both write at the same time, both are killed, no event is lost and no lock is left', async () => {
    const first = await openBoth(folder);
    first.history.close();
    const durable = new Map<string, number>();
    const writers = [1, 2].map(() => spawn(process.execPath, [resolve('tests/support/keyring/history-child.ts'), folder, entriesOf(first.keychain), 'append'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' }, stdio: ['ignore', 'pipe', 'inherit'],
    }));
    const read = writers.map((writer) => createInterface({ input: writer.stdout }).on('line', (line) => {
      const [runId, seq] = JSON.parse(line) as [string, number];
      durable.set(runId, seq);
    }));
    await expect.poll(() => durable.size === 2 && Math.min(...durable.values()), { timeout: 10_000 }).toBeGreaterThan(30);
    const closed = read.map((lines) => once(lines, 'close'));
    for (const writer of writers) writer.kill('SIGKILL');
    await Promise.all(closed);
    const started = performance.now();
    const { history, problems } = await openBoth(folder, first.keychain);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(problems).toEqual([]);
    for (const [runId, seq] of durable) {
      const { events, problem } = history.examine(runId);
      expect(problem).toBeNull();
      expect(events.length).toBeGreaterThanOrEqual(seq + 1);
    }
    history.close();
  });
});
