import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { $, browser, expect } from '@wdio/globals';
import { button, call, press, region, stateOf, value } from './support/app.ts';
import { keepOutput } from './support/logs.ts';
import { quitApp } from './support/quit.ts';
import { stage } from './support/stage.ts';

const canary = `CANARY-code-${randomBytes(24).toString('base64url')}`;
const refused = `curl 'https://login.example.com/oauth/token' \\
  -H 'content-type: application/x-www-form-urlencoded' \\
  --data-raw 'grant_type=authorization_code&client_id=web&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&code=${canary}'

HTTP/1.1 400 Bad Request
content-type: application/json
date: Sun, 01 Mar 2026 10:00:00 GMT

{"error":"invalid_grant","error_description":"Code not valid"}`;

/** Ctrl+V or Cmd+V as a person does it: the real clipboard of the private desktop, the real paste command. */
async function paste(text: string): Promise<void> {
  await browser.electron.execute((electron, pasted) => {
    electron.clipboard.writeText(pasted);
    const [window] = electron.BrowserWindow.getAllWindows();
    window?.focus();
    window?.webContents.focus();
    window?.webContents.paste();
  }, text);
}

const dialog = () => $('[role="dialog"]');

describe('a run recorded elsewhere', () => {
  let runId = '';

  it('pasted, shown, kept: the refusal is selected and explained', async () => {
    await keepOutput();
    await button('Import…').waitForClickable();
    // A window that has just opened may not have the focus yet, and a paste without it goes nowhere.
    await browser.waitUntil(async () => {
      await paste(refused);
      return dialog().waitForExist({ timeout: 1500 }).then(() => true, () => false);
    }, { timeout: 15_000, timeoutMsg: 'The paste reached nobody' });
    await expect(dialog()).toHaveText(expect.stringContaining('1 refused'));
    await browser.electron.execute((electron) => electron.clipboard.clear());
    await press('Keep as a run');
    await dialog().waitForExist({ reverse: true });
    await expect(region('Inspector')).toHaveText(expect.stringContaining('invalid_grant'));
    await expect(region('Diagnosis')).toHaveText(expect.stringContaining('was refused with invalid_grant'));
    const [run] = await value('run.list', {});
    runId = run?.id ?? '';
    expect(run).toMatchObject({ title: 'login.example.com: invalid_grant', state: 'refused', environmentId: null });
    expect(JSON.stringify(await value('run.open', { runId }))).not.toContain(canary);
  });

  it('cannot be acted on, and says why', async () => {
    const acted = await call('run.act', { runId, browser: 'system', act: { action: 'refresh' } });
    expect(acted).toMatchObject({ ok: false, problem: { code: 'run-imported' } });
    await expect(region('Inspector')).toHaveText(expect.stringContaining('invalid_grant'));
    expect(await $('[aria-label^="Send again"]').isEnabled()).toBe(false);
  });

  it('the menu opens the dialog', async () => {
    await browser.electron.execute((electron) => {
      const file = electron.Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File');
      file?.submenu?.items.find(({ label }) => label === 'Import…')?.click();
    });
    await dialog().waitForExist();
    await browser.keys('Escape');
    await dialog().waitForExist({ reverse: true });
  });

  it('attack 40: no file of the data folder and no log holds what was in it', () => {
    const holding = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => statSync(path).size < 50_000_000)
      .filter((path) => [Buffer.from(canary), Buffer.from(canary, 'utf16le')].some((needle) => readFileSync(path).includes(needle)));
    expect([...holding(stage().userData), ...holding(stage().logs)]).toEqual([]);
  });

  it('is there after a restart', async () => {
    await quitApp();
    await browser.reloadSession();
    await expect(region('Runs')).toHaveText(expect.stringContaining('login.example.com: invalid_grant'));
    const state = await stateOf(runId);
    expect(state.started?.origin).toBe('imported');
    expect(state.refusals).toHaveLength(1);
  });

  it('attack 53: a large HAR is read in a process of its own while other commands are answered, and can be cancelled', async () => {
    const read = await browser.executeAsync((done: (read: unknown) => void) => {
      const { grantscope } = window as unknown as { grantscope: { call(name: string, input: unknown): Promise<{ ok: boolean; problem?: { code: string }; value?: unknown }> } };
      const entry = JSON.stringify({ startedDateTime: '2026-03-01T10:00:00Z', request: { method: 'GET', url: 'https://app.example.com/', headers: [] }, response: { status: 200, headers: [], content: { text: 'x'.repeat(5000) } } });
      const text = `{"log":{"entries":[${`${entry},`.repeat(4000)}${entry}]}}`;
      const importId = crypto.randomUUID();
      const preview = grantscope.call('import.preview', { importId, text });
      let answered = 0;
      let slowest = 0;
      const ask = async (): Promise<void> => {
        const began = performance.now();
        await grantscope.call('run.list', {});
        slowest = Math.max(slowest, performance.now() - began);
        answered += 1;
      };
      void (async () => {
        for (let i = 0; i < 5; i += 1) await ask();
        const whole = await preview;
        const second = crypto.randomUUID();
        const cancelled = grantscope.call('import.preview', { importId: second, text });
        await grantscope.call('import.cancel', { importId: second });
        done({ ok: whole.ok, value: whole.value, answered, slowest, code: (await cancelled).problem?.code });
      })();
    }) as { ok: boolean; value: { exchanges: number; kind: string }; answered: number; slowest: number; code: string };
    expect(read).toMatchObject({ ok: true, answered: 5, code: 'import-cancelled', value: { exchanges: 4001, kind: 'har' } });
    expect(read.slowest).toBeLessThan(3000);
  });

  it('is removed and brought back like any other', async () => {
    await value('run.remove', { runId });
    expect((await value('run.list', {})).some(({ id }) => id === runId)).toBe(false);
    await value('run.restore', { runId });
    await expect(region('Runs')).toHaveText(expect.stringContaining('login.example.com: invalid_grant'));
  });
});
