import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { practiceEnvironment } from '../../../src-main/environment/index.ts';
import { ScriptedKeychain } from '../../support/keyring/scripted-keychain.ts';
import { endEvent, openBoth, recordRun, startEvent, tokenEvent } from '../../support/keyring/runs.ts';

describe('History', () => {
  let folder = '';
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'grantscope-history-')); });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('refuses an event out of its order and keeps what was there', async () => {
    const { history } = await openBoth(folder);
    const runId = recordRun(history, 4);
    for (const seq of [0, 3, 5]) expect(() => history.append(runId, tokenEvent(seq, 'x'))).toThrow(RangeError);
    expect(history.read(runId)).toMatchObject({ ok: true, value: { length: 4 } });
    expect(history.read(randomUUID())).toMatchObject({ ok: false, problem: { code: 'unknown-run' } });
    history.close();
  });

  it('gives the same events and the same line after a restart, and goes on from there', async () => {
    const first = await openBoth(folder);
    const runId = recordRun(first.history, 6);
    const [events, line] = [first.history.read(runId), first.history.list()];
    expect(line).toMatchObject([{ id: runId, events: 6, state: 'ok' }]);
    first.history.close();

    const second = await openBoth(folder, first.keychain);
    expect(second.history.read(runId)).toEqual(events);
    expect(second.history.list()).toEqual(line);
    expect(second.history.append(runId, tokenEvent(6, 'later'))).toEqual({ ok: true, value: null });
    second.history.close();
    const third = await openBoth(folder, first.keychain);
    expect(third.history.read(runId)).toMatchObject({ ok: true, value: { length: 7 } });
    expect(third.problems).toEqual([]);
    third.history.close();
  });

  it('a run under way is running here and interrupted after a restart', async () => {
    const first = await openBoth(folder);
    const runId = randomUUID();
    first.history.append(runId, startEvent(runId));
    expect(first.history.list()).toMatchObject([{ state: 'running' }]);
    const second = await openBoth(folder, first.keychain);
    expect(second.history.list()).toMatchObject([{ state: 'interrupted' }]);
    first.history.append(runId, endEvent(1));
    expect(first.history.list()).toMatchObject([{ state: 'ok' }]);
    first.history.close();
    second.history.close();
  });

  it('takes a run away and brings it back, across a restart; purging is for good', async () => {
    const first = await openBoth(folder);
    const [kept, removed] = [recordRun(first.history, 3), recordRun(first.history, 3)];
    expect(first.history.remove(removed)).toEqual({ ok: true, value: null });
    expect(first.history.remove(removed)).toMatchObject({ ok: false, problem: { code: 'unknown-run' } });
    expect(first.history.list().map(({ id }) => id)).toEqual([kept]);
    first.history.close();
    const { history } = await openBoth(folder, first.keychain);
    expect(history.restore(removed)).toMatchObject({ ok: true, value: { id: removed, events: 3 } });
    expect(history.list()).toHaveLength(2);
    history.remove(removed);
    expect(history.purge(Date.now() - 60_000)).toEqual({ ok: true, value: { runs: [], environments: [] } });
    expect(history.purge(Date.now() + 1)).toEqual({ ok: true, value: { runs: [removed], environments: [] } });
    expect(history.restore(removed)).toMatchObject({ ok: false });
    expect(history.read(removed)).toMatchObject({ ok: false, problem: { code: 'unknown-run' } });
    expect(statSync(join(folder, 'history.db-wal')).size).toBe(0);
    history.close();
  });

  it('keeps environments in their order, with removal and return', async () => {
    const first = await openBoth(folder);
    const [a, b, c] = [practiceEnvironment(), practiceEnvironment(), practiceEnvironment()];
    for (const environment of [a, b, c]) first.history.environments.put(environment);
    first.history.environments.put({ ...a, name: 'Renamed' });
    first.history.environments.remove(b.id);
    first.history.close();
    const second = await openBoth(folder, first.keychain);
    const rows = second.history.environments;
    expect(rows.all()).toEqual([{ ...a, name: 'Renamed' }, c]);
    expect(rows.restore(b.id)).toEqual(b);
    expect(rows.restore(b.id)).toBeNull();
    expect(rows.all()).toEqual([{ ...a, name: 'Renamed' }, b, c]);
    rows.remove(c.id);
    expect(second.history.purge(Date.now() + 1)).toEqual({ ok: true, value: { runs: [], environments: [c.id] } });
    second.history.close();
    const third = await openBoth(folder, first.keychain);
    expect(third.history.environments.all()).toEqual([{ ...a, name: 'Renamed' }, b]);
    expect(third.history.environments.restore(c.id)).toBeNull();
    third.history.close();
  });

  it('without a keychain writes nothing, and takes all of it to disk when one comes', async () => {
    const keychain = new ScriptedKeychain();
    keychain.state = 'absent';
    const { vault, history, problems } = await openBoth(folder, keychain);
    const environment = practiceEnvironment();
    history.environments.put(environment);
    const [done, going] = [recordRun(history, 4), randomUUID()];
    history.append(going, startEvent(going));
    expect(readdirSync(folder)).toEqual([]);
    expect(history.onDisk).toBe(false);

    keychain.state = 'available';
    await vault.retry();
    expect(history.onDisk).toBe(true);
    expect(history.list().map(({ id, state }) => [id, state])).toEqual(expect.arrayContaining([[done, 'ok'], [going, 'running']]));
    expect(history.append(going, endEvent(1))).toEqual({ ok: true, value: null });
    history.close();
    const after = await openBoth(folder, keychain);
    expect(after.history.read(done)).toMatchObject({ ok: true, value: { length: 4 } });
    expect(after.history.read(going)).toMatchObject({ ok: true, value: { length: 2 } });
    expect(after.history.environments.all()).toEqual([environment]);
    expect(problems).toEqual([]);
    after.history.close();
  });

  it('a locked keychain leaves the file alone, shows its environments, and a retry joins both', async () => {
    const first = await openBoth(folder);
    const [stored, environment] = [recordRun(first.history, 3), practiceEnvironment()];
    first.history.environments.put(environment);
    first.history.close();
    const before = readdirSync(folder).sort();
    first.keychain.state = 'locked';
    const { vault, history } = await openBoth(folder, first.keychain);
    expect(history.environments.all()).toEqual([environment]);
    expect(history.list()).toEqual([]);
    const session = recordRun(history, 3);
    history.environments.put({ ...environment, name: 'Changed meanwhile' });
    expect(readdirSync(folder).sort()).toEqual(before);
    first.keychain.state = 'available';
    await vault.retry();
    expect(history.list().map(({ id }) => id).sort()).toEqual([stored, session].sort());
    expect(history.environments.all()).toEqual([{ ...environment, name: 'Changed meanwhile' }]);
    history.close();
  });

  it('attack 42: a reset sets the database aside, carries the environments and the run under way on', async () => {
    const first = await openBoth(folder);
    const old = recordRun(first.history, 3);
    first.history.close();
    const { vault, history, keychain } = await openBoth(folder, first.keychain);
    const [going, environment] = [randomUUID(), practiceEnvironment()];
    history.environments.put(environment);
    history.append(going, startEvent(going));
    expect(await vault.reset()).toMatchObject({ state: 'available', memory: false });
    const backup = readdirSync(folder).find((name) => name.startsWith('backup-')) as string;
    expect(readdirSync(join(folder, backup)).sort()).toEqual(['history.db', 'vault.json']);
    expect(history.list().map(({ id }) => id)).toEqual([going]);
    expect(history.append(going, endEvent(1))).toEqual({ ok: true, value: null });
    expect(history.environments.all()).toEqual([environment]);
    expect(history.read(old).ok).toBe(false);
    history.close();
    const after = await openBoth(folder, keychain);
    expect(after.history.read(going)).toMatchObject({ ok: true, value: { length: 2 } });
    expect(after.problems).toEqual([]);
    after.history.close();
  });

  it('keeps its files to the owner, log and index included', async () => {
    const { history } = await openBoth(folder);
    recordRun(history, 3);
    for (const name of ['history.db', 'history.db-wal', 'history.db-shm']) expect((statSync(join(folder, name)).mode & 0o777).toString(8)).toBe('600');
    history.close();
    expect(readdirSync(folder).sort()).toEqual(['history.db', 'vault.json']);
  });

  it('lists a thousand runs quickly, without opening their events', async () => {
    const first = await openBoth(folder);
    first.history.close();
    const { history } = await openBoth(folder, first.keychain);
    for (let index = 0; index < 1000; index += 1) {
      const runId = randomUUID();
      history.append(runId, startEvent(runId, `Run ${index}`));
    }
    history.close();
    const again = await openBoth(folder, first.keychain);
    const started = performance.now();
    expect(again.history.list()).toHaveLength(1000);
    expect(performance.now() - started).toBeLessThan(500);
    again.history.close();
  });

  it('after closing, an event is kept for the session and the caller is told', async () => {
    const { history, problems } = await openBoth(folder);
    const runId = recordRun(history, 3);
    history.close();
    history.close();
    const late = randomUUID();
    expect(history.append(late, startEvent(late))).toMatchObject({ ok: false, problem: { code: 'history-closed' } });
    expect(history.read(late)).toMatchObject({ ok: true, value: { length: 1 } });
    expect(problems).toHaveLength(1);
    expect(history.list().map(({ id }) => id)).toEqual([late]);
    expect(history.read(runId).ok).toBe(false);
  });
});
