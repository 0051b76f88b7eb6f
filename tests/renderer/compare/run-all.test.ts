import { describe, expect, it } from 'vitest';
import type { Bridge, Notices } from '../../../src-main/contract/commands.ts';
import { fail, ok } from '../../../src-main/contract/result.ts';
import type { RunSummary } from '../../../src-main/contract/run.ts';
import { RunAll } from '../../../src-renderer/compare/run-all.svelte.ts';

const environments = ['a', 'b', 'c'].map((id) => ({ id, name: id.toUpperCase() }));
const settled = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0); });

/** A main process that starts what it is told, and ends it when the test says so. */
function machine(refused: readonly string[] = [], quick: readonly string[] = []) {
  const started: string[] = [];
  const cancelled: string[] = [];
  const done = new Map<string, RunSummary>();
  const listeners = new Set<(notice: Notices['runs-changed']) => void>();
  const end = (id: string, state: RunSummary['state'] = 'ok', error: string | null = null): void => {
    done.set(id, { id: `run-${id}`, state, error } as RunSummary);
    for (const listener of listeners) listener({ runs: [...done.values()] });
  };
  let hold: Promise<void> = Promise.resolve();
  const answers: Record<string, (input: never) => unknown> = {
    'run.start': async ({ environmentId: id }: { environmentId: string }) => {
      started.push(id);
      await hold;
      if (refused.includes(id)) return fail({ code: 'secret-missing', message: 'The client secret is missing.' });
      if (quick.includes(id)) end(id);
      return ok({ runId: `run-${id}` });
    },
    'run.list': () => ok([...done.values()]),
    'run.cancel': ({ runId }: { runId: string }) => { cancelled.push(runId); end(runId.slice(4), 'cancelled'); return ok(null); },
  };
  const bridge = {
    call: async (name: string, input: never) => answers[name]?.(input),
    on: (_: string, listener: (notice: never) => void) => { listeners.add(listener as never); return () => listeners.delete(listener as never); },
  } as unknown as Bridge;
  return { bridge, started, cancelled, end, listeners, holdStart: (until: Promise<void>): void => { hold = until; } };
}
const words = (all: RunAll): string[] => all.entries.map(({ word }) => word);

describe('several environments, one after another', () => {
  it('starts the next when one has ended, also when it was refused or ended before anybody listened', async () => {
    const { bridge, started, end, listeners } = machine([], ['b']);
    const begun: string[][] = [];
    const all = new RunAll(bridge, { environments, browser: 'system', atOnce: false, onbegun: (ids) => { begun.push(ids); } });
    const whole = all.start();
    await settled();
    expect(started).toEqual(['a']);
    end('a', 'refused', 'invalid_grant');
    await settled();
    expect(started).toEqual(['a', 'b', 'c']);
    expect(all.going).toBe(true);
    end('c');
    await whole;
    expect(words(all)).toEqual(['invalid_grant', 'succeeded', 'succeeded']);
    expect(begun).toEqual([['run-a'], ['run-a', 'run-b'], ['run-a', 'run-b', 'run-c']]);
    expect([all.going, listeners.size]).toEqual([false, 0]);
  });

  it('says why one did not begin, and goes on', async () => {
    const { bridge } = machine(['a'], ['b', 'c']);
    const all = new RunAll(bridge, { environments, browser: 'system', atOnce: false });
    await all.start();
    expect(words(all)).toEqual(['The client secret is missing.', 'succeeded', 'succeeded']);
    expect(all.runIds).toEqual(['run-b', 'run-c']);
  });

  it('cancel one: the next has its turn; cancel all: nothing further begins', async () => {
    const { bridge, started, cancelled } = machine();
    const all = new RunAll(bridge, { environments, browser: 'system', atOnce: false });
    const whole = all.start();
    await settled();
    await all.cancel('a');
    await settled();
    expect([started, cancelled]).toEqual([['a', 'b'], ['run-a']]);
    await all.cancel();
    await whole;
    expect([started, cancelled]).toEqual([['a', 'b'], ['run-a', 'run-b']]);
    expect(words(all)).toEqual(['cancelled', 'cancelled', 'left out']);
  });

  it('cancels one that was only just beginning, once it has begun', async () => {
    const { bridge, cancelled, holdStart } = machine();
    let begin = (): void => undefined;
    holdStart(new Promise((resolve) => { begin = resolve; }));
    const all = new RunAll(bridge, { environments: environments.slice(0, 2), browser: 'system', atOnce: false });
    const whole = all.start();
    await all.cancel();
    begin();
    await whole;
    expect(cancelled).toEqual(['run-a']);
    expect(words(all)).toEqual(['cancelled', 'left out']);
  });

  it('all at once: begins all before any has ended', async () => {
    const { bridge, started, end } = machine();
    const all = new RunAll(bridge, { environments, browser: 'tracing', atOnce: true });
    const whole = all.start();
    await settled();
    expect(started).toEqual(['a', 'b', 'c']);
    for (const { id } of environments) end(id);
    await whole;
    expect(all.going).toBe(false);
  });
});
