import { describe, expect, it } from 'vitest';
import { ok } from '../../../src-main/contract/index.ts';
import type { ExportRequest } from '../../../src-main/contract/index.ts';
import { createLedger } from '../../../src-main/diagnosis/index.ts';
import type { FilePort } from '../../../src-main/ipc/handlers/export.ts';
import { exportHandlers } from '../../../src-main/ipc/handlers/export.ts';
import { MaskedRuns } from '../../../src-main/ipc/masked-runs.ts';
import type { Services } from '../../../src-main/services.ts';
import { SecretClipboard } from '../../../src-main/shell/clipboard.ts';
import { canaryRun } from '../export/support/canary-run.ts';

function started(path: string | null = '/tmp/x') {
  const { raw } = canaryRun();
  const services = { history: { read: () => ok(raw) }, ledger: () => createLedger(new Uint8Array(32), []) } as unknown as Services;
  const runs = new MaskedRuns({ load: () => ok(raw), isRunning: () => false, clock: () => ({ at: 0, mono: 0, boot: 'b' }), fingerprintKey: () => new Uint8Array(32).fill(3) });
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
  return { handlers: exportHandlers(services, runs, clipboard, port, '1', () => 0), files, clipboard, board: () => board };
}

const runId = '6f0e3f2e-7c7f-4c55-9b7e-1f6b6a6f7f10';
const requests: ExportRequest[] = [
  { runId, exchangeId: 'e1', format: 'curl-powershell' }, { runId, exchangeId: 'e1', format: 'http-raw' }, { runId, exchangeId: 'e2', format: 'har' }, { runId, format: 'har' },
  { runId, format: 'postman' }, { runId, exchangeId: 'e2', format: 'report-markdown' }, { runId, format: 'report-html' },
];

describe('exports and the window', () => {
  it('refuses a format of one exchange without one, and an exchange that is not there', async () => {
    const { handlers } = started();
    expect(await handlers['export.preview']({ runId, format: 'http-raw' })).toMatchObject({ ok: false, problem: { code: 'exchange-missing' } });
    expect(await handlers['export.preview']({ runId, exchangeId: 'no', format: 'curl-cmd' })).toMatchObject({ ok: false, problem: { code: 'unknown-exchange' } });
  });

  it.each(requests)('$format: no answer holds a secret; what is copied and saved masked holds none', async (request) => {
    const { handlers, files, board, clipboard } = started();
    const preview = await handlers['export.preview'](request);
    expect(preview.ok).toBe(true);
    expect(JSON.stringify(preview)).not.toContain('CANARY');
    await handlers['export.copy']({ ...request, secrets: false });
    expect(board().length).toBeGreaterThan(50);
    expect(board()).not.toContain('CANARY');
    await handlers['export.save']({ ...request, secrets: false });
    expect(files[0]?.secret).toBe(false);
    expect(files[0]?.text).not.toContain('CANARY');

    const answers = [await handlers['export.copy']({ ...request, secrets: true }), await handlers['export.save']({ ...request, secrets: true })];
    expect(answers.map((answer) => answer.ok)).toEqual([true, true]);
    expect(JSON.stringify(answers)).not.toContain('CANARY');
    expect(board()).toContain('CANARY');
    expect(files[1]).toMatchObject({ secret: true, text: expect.stringContaining('CANARY') as string });
    clipboard.clearSecret();
    expect(board()).toBe('');
  });

  it('writes nothing where the dialog was closed', async () => {
    const { handlers, files } = started(null);
    expect(await handlers['export.save']({ runId, format: 'har', secrets: true })).toEqual({ ok: true, value: { path: null, warnings: [] } });
    expect(files).toEqual([]);
  });
});
