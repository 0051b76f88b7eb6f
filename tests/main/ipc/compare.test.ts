import { describe, expect, it } from 'vitest';
import { commandSchemas, fail, ok } from '../../../src-main/contract/index.ts';
import { createLedger } from '../../../src-main/diagnosis/index.ts';
import { compareHandlers } from '../../../src-main/ipc/handlers/compare.ts';
import type { FilePort } from '../../../src-main/ipc/handlers/export.ts';
import { MaskedRuns } from '../../../src-main/ipc/masked-runs.ts';
import type { Services } from '../../../src-main/services.ts';
import { SecretClipboard } from '../../../src-main/shell/clipboard.ts';
import { canaryRun } from '../export/support/canary-run.ts';

const [first, second] = ['6f0e3f2e-7c7f-4c55-9b7e-1f6b6a6f7f10', '6f0e3f2e-7c7f-4c55-9b7e-1f6b6a6f7f11'];
const subjects = [{ kind: 'run' as const, runId: first }, { kind: 'run' as const, runId: second }];

function started(path: string | null = '/tmp/x') {
  const { raw } = canaryRun();
  const load = (id: string) => (id === first || id === second ? ok(raw) : fail({ code: 'unknown-run', message: 'There is no such run.' }));
  const services = { history: { read: load, list: () => [] }, environments: { get: () => null }, ledger: () => createLedger(new Uint8Array(32), []) } as unknown as Services;
  const runs = new MaskedRuns({ load, isRunning: () => false, clock: () => ({ at: 0, mono: 0, boot: 'b' }), fingerprintKey: () => new Uint8Array(32).fill(3) });
  let board = '';
  const files: { text: string; secret: boolean }[] = [];
  const port: FilePort = {
    askPath: async () => path, askText: async () => null,
    write: async (_path, chunks, { secret }) => {
      files.push({ text: [...chunks].join(''), secret });
      return ok(null);
    },
  };
  const clipboard = new SecretClipboard({ writeText: (text: string) => { board = text; }, readText: () => board, clear: () => { board = ''; } });
  return { handlers: compareHandlers(services, runs, clipboard, port, () => 0), files, board: () => board };
}

describe('comparisons and the window', () => {
  it('the contract refuses fewer than two, more than four, and what is no id', () => {
    const schema = commandSchemas['compare.open'];
    expect(schema.safeParse({ subjects: subjects.slice(0, 1) }).success).toBe(false);
    expect(schema.safeParse({ subjects: [...subjects, ...subjects, ...subjects] }).success).toBe(false);
    expect(schema.safeParse({ subjects: [...subjects, { kind: 'run', runId: '../x' }] }).success).toBe(false);
    expect(schema.safeParse({ subjects }).success).toBe(true);
  });

  it('a Run or an environment that is not there is a refusal, not an empty column', async () => {
    const { handlers } = started();
    expect(await handlers['compare.open']({ subjects: [subjects[0] as (typeof subjects)[0], { kind: 'run', runId: '6f0e3f2e-7c7f-4c55-9b7e-1f6b6a6f7f99' }] })).toMatchObject({ ok: false, problem: { code: 'unknown-run' } });
    expect(await handlers['compare.open']({ subjects: [subjects[0] as (typeof subjects)[0], { kind: 'environment', environmentId: first }] })).toMatchObject({ ok: false, problem: { code: 'unknown-environment' } });
  });

  it('attack 55: no answer, clipboard or file holds a secret', async () => {
    const { handlers, files, board } = started();
    const opened = await handlers['compare.open']({ subjects });
    expect(opened).toMatchObject({ ok: true, value: { columns: [{ letter: 'A' }, { letter: 'B' }] } });
    expect(JSON.stringify(opened)).not.toContain('CANARY');
    for (const format of ['html', 'markdown'] as const) {
      expect(await handlers['compare.copy']({ subjects, format, all: true })).toEqual({ ok: true, value: null });
      expect(board().length).toBeGreaterThan(200);
      expect(board()).not.toContain('CANARY');
      expect(await handlers['compare.save']({ subjects, format, all: true })).toEqual({ ok: true, value: { path: '/tmp/x' } });
      expect(files.at(-1)).toMatchObject({ secret: false, text: expect.not.stringContaining('CANARY') as string });
    }
  });

  it('nothing is written where the person closes the dialog', async () => {
    const { handlers, files } = started(null);
    expect(await handlers['compare.save']({ subjects, format: 'html', all: false })).toEqual({ ok: true, value: { path: null } });
    expect(files).toEqual([]);
  });
});
