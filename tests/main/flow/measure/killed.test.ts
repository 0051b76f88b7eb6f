import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { foldRun } from '../../../../src-main/contract/index.ts';
import { until } from '../../../support/lifetimes/house.ts';
import { RuleServer } from '../../../support/lifetimes/rule-server.ts';
import { entriesOf, openBoth } from '../../../support/keyring/runs.ts';

const CHILD = resolve('tests/support/lifetimes/measure-child.ts');
interface Said { runId?: string; type?: string; measuring?: string; ended?: string; browser?: boolean }

it('killed with -9 in the middle, a measurement goes on in the next process and comes to the same end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'grantscope-measure-'));
  const server = await new RuleServer({ access: 4000, states: 4, introspection: true, grace: 0 }).start();
  const begun = await openBoth(folder);
  begun.history.close();

  function start(mode: string) {
    const child = spawn(process.execPath, [CHILD, folder, entriesOf(begun.keychain), mode, server.issuer], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' }, stdio: ['ignore', 'pipe', 'inherit'] });
    const said: Said[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => { said.push(JSON.parse(line) as Said); });
    return { child, said };
  }
  async function kill(child: ReturnType<typeof start>['child']): Promise<void> {
    // After its last word it ends by itself, which may be before this.
    if (child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  try {
    const first = start('start');
    await until(() => first.said.filter(({ type }) => type === 'measure-observed').length >= 2, 15_000);
    await kill(first.child);
    const runId = first.said.find(({ type }) => type === 'measure-planned')?.runId ?? '';

    const second = start('resume');
    await until(() => second.said.some(({ ended }) => ended !== undefined), 15_000);
    await kill(second.child);
    expect(second.said.filter(({ ended }) => ended !== undefined)).toEqual([{ ended: 'done' }]);
    // The token that was watched before the kill is watched on: no sign-in, no new grant for it.
    expect(second.said.some(({ browser }) => browser)).toBe(false);

    const { history, problems } = await openBoth(folder, begun.keychain);
    expect(problems).toEqual([]);
    const events = history.read(runId);
    const state = foldRun(events.ok ? events.value : []);
    expect(new Set(state.steps.flatMap(({ events: all }) => all.map(({ boot }) => boot))).size).toBe(2);
    const [access, rotation] = state.measure?.findings ?? [];
    expect(Math.abs((access?.atMost ?? 0) / 1000 - 4)).toBeLessThanOrEqual(1);
    expect(new Set(state.measure?.observations.slice(0, 3).map(({ subject }) => subject)).size).toBe(1);
    expect(rotation).toMatchObject({ question: 'rotation', verdict: 'yes' });
    expect(history.list().find(({ id }) => id === runId)).toMatchObject({ state: 'ok' });
    expect(history.list().find(({ id }) => id === runId)?.measuring).toBeUndefined();
    history.close();
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 40_000);
