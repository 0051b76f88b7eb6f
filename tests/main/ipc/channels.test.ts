import type { IpcMainInvokeEvent } from 'electron';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandName } from '../../../src-main/contract/index.ts';
import { commandNames, commandSchemas, ok } from '../../../src-main/contract/index.ts';
import type { Handlers } from '../../../src-main/ipc/channels.ts';
import { channelOf, registerCommands } from '../../../src-main/ipc/channels.ts';

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>;

/** Registers the whole contract with handlers that only note that they were reached. */
function register(trusted = true) {
  const channels = new Map<string, Listener>();
  const reached: string[] = [];
  const refused: string[] = [];
  const names = Object.keys(commandSchemas) as CommandName[];
  const handlers = Object.fromEntries(names.map((name) => [name, async () => { reached.push(name); return ok(null); }])) as unknown as Handlers;
  registerCommands({ handle: (channel: string, listener: Listener) => { channels.set(channel, listener); } } as never, handlers, {
    isTrusted: () => trusted, onRefused: (name, code) => refused.push(`${name} ${code}`),
  });
  const call = (name: string, ...args: unknown[]) => (channels.get(channelOf(name as CommandName)) as Listener)({} as IpcMainInvokeEvent, ...args);
  return { channels, reached, refused, names, call };
}

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;
const hostile: unknown[] = [
  undefined, null, 0, -1, NaN, '', 'x'.repeat(100_000), true, [], [[]], { toString: 1 }, cyclic, new Map(), new Date(), Symbol.iterator,
  new Proxy({}, { get: () => { throw new Error('trap'); } }), { get runId(): string { throw new Error('getter'); } },
  JSON.parse('{"__proto__": {"runId": "00000000-0000-4000-8000-000000000000"}}'), { runId: '../../etc/passwd' }, { environmentId: '%2e%2e%2f' },
  { runId: 'not-a-uuid', environmentId: 'not-a-uuid', issuer: 'file:///etc', url: 'javascript:1', text: 5, marker: {}, config: {}, confirm: 'yes', act: { action: 'rm' } },
];

describe('attack 33: every channel of the contract with malformed arguments', () => {
  const { reached, refused, names, call } = register();

  it.each(names)('%s refuses them with a typed error', async (name) => {
    for (const argument of hostile) {
      const takesNothing = commandSchemas[name].safeParse({}).success;
      let passes = false;
      try { passes = commandSchemas[name].safeParse(argument).success; } catch { passes = false; }
      if (takesNothing && passes) continue;
      const result = await call(name, argument).catch((error: unknown) => ({ thrown: error }));
      expect(result).toMatchObject({ ok: false, problem: { code: expect.stringMatching(/^(invalid-argument|internal)$/) as string } });
    }
    expect(await call(name)).toMatchObject({ ok: false, problem: { code: 'invalid-argument' } });
    expect(await call(name, {}, {})).toMatchObject({ ok: false, problem: { code: 'invalid-argument' } });
    expect(reached.filter((command) => command === name)).toEqual([]);
    expect(refused.length).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>)['runId']).toBeUndefined();
  });

  it('whatever comes, the answer is typed', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...names), fc.anything({ withNullPrototype: true, withBigInt: true }), async (name, argument) => {
      const result = await call(name, argument) as { ok: boolean };
      return typeof result.ok === 'boolean';
    }), { numRuns: 300 });
  });
});

describe('attack 34: untrusted senders and unlisted channels', () => {
  it('an untrusted sender reaches no handler, not even with a good argument', async () => {
    const { call, reached, refused } = register(false);
    expect(await call('app.info', {})).toEqual({ ok: false, problem: { code: 'untrusted-sender', message: 'This page may not send commands.' } });
    expect(reached).toEqual([]);
    expect(refused).toEqual(['app.info untrusted-sender']);
  });

  it('the channels are those of the contract, and the bridge knows the same names', () => {
    const { channels, names } = register();
    expect([...channels.keys()].sort()).toEqual(names.map(channelOf).sort());
    expect([...commandNames].sort()).toEqual([...names].sort());
  });

  it('a trusted sender with a good argument is answered', async () => {
    const { call, reached } = register();
    expect(await call('app.info', {})).toEqual({ ok: true, value: null });
    expect(reached).toEqual(['app.info']);
  });
});
