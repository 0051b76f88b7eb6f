import { resolve } from 'node:path';
import { browser, expect } from '@wdio/globals';
import { call } from './support/app.ts';
import type { CommandName } from '../../src-main/contract/index.ts';
import { commandSchemas } from '../../src-main/contract/index.ts';

const inPage = <T>(script: string): Promise<T> => browser.execute(`return (${script})`) as Promise<T>;

describe('the boundary of the window', () => {
  it('attack 32: no eval, no inline script, no HTML from strings', async () => {
    // A string timer, because WebDriver's own scripts are exempt from the policy while they run.
    await inPage('void setTimeout("window.__evaluated = 1", 0)').catch(() => undefined);
    expect(await inPage('(() => { try { document.body.innerHTML = "<b>x</b>"; return "ran"; } catch (error) { return error.name; } })()')).toBe('TypeError');
    expect(await inPage('(() => { const script = document.createElement("script"); try { script.textContent = "window.__ran = 1"; document.head.append(script); } catch { return "refused"; } return window.__ran ?? "refused"; })()')).toBe('refused');
    await browser.pause(100);
    expect(await inPage('typeof window.__evaluated')).toBe('undefined');
  });

  it('isolated and sandboxed: no Node in the page, one frozen bridge', async () => {
    expect(await inPage('[typeof require, typeof process, typeof module, typeof Buffer].join()')).toBe('undefined,undefined,undefined,undefined');
    expect(await inPage('Object.keys(window.grantscope).sort().join()')).toBe('call,on');
    const preferences = await browser.electron.execute((electron) => {
      const [window] = electron.BrowserWindow.getAllWindows();
      const { contextIsolation, sandbox, nodeIntegration, webviewTag } = (window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
      return { contextIsolation, sandbox, nodeIntegration, webviewTag };
    });
    expect(preferences).toEqual({ contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false });
  });

  it('attack 35: the page stays where it is and opens nothing', async () => {
    const before = await browser.getUrl();
    for (const script of [
      'void (location.href = "https://example.invalid/")', 'void window.open("https://example.invalid/")', 'void window.open("file:///etc/passwd")',
      'void window.open("about:blank")', 'void window.open("data:text/html,x")',
      '(() => { const link = document.createElement("a"); link.href = "https://example.invalid/"; link.target = "_blank"; document.body.append(link); link.click(); link.remove(); })()',
      '(() => { const form = document.createElement("form"); form.action = "https://example.invalid/"; document.body.append(form); form.submit(); form.remove(); })()',
      '(() => { const frame = document.createElement("iframe"); frame.src = "https://example.invalid/"; document.body.append(frame); frame.remove(); })()',
    ]) await inPage(script).catch(() => undefined);
    await browser.pause(300);
    expect(await browser.getUrl()).toBe(before);
    expect(await browser.electron.execute((electron) => electron.BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('nothing remote: a request to anywhere but the app itself is refused by the policy', async () => {
    expect(await inPage('fetch("http://127.0.0.1:9/").then(() => "sent", (error) => error.name)')).toBe('TypeError');
    expect(await inPage('new Promise((done) => { const image = new Image(); image.onload = () => done("loaded"); image.onerror = () => done("refused"); image.src = "http://127.0.0.1:9/x.png"; })')).toBe('refused');
  });

  it('attack 33: every command refuses malformed arguments through the real bridge', async () => {
    for (const name of Object.keys(commandSchemas) as CommandName[]) {
      for (const argument of [null, 7, 'x', [], { runId: '../x', environmentId: '../x' }]) {
        if (commandSchemas[name].safeParse(argument).success) continue;
        expect(await call(name, argument as never)).toMatchObject({ ok: false, problem: { code: 'invalid-argument' } });
      }
    }
  });

  it('attack 34: unlisted channels and other windows are refused', async () => {
    expect(await call('process.exit' as CommandName, {} as never)).toMatchObject({ thrown: expect.stringContaining('Unknown command') });
    const answer = await browser.electron.execute(async (electron, preload) => {
      const stranger = new electron.BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } });
      await stranger.loadURL('about:blank');
      const result = await stranger.webContents.executeJavaScript('window.grantscope ? window.grantscope.call("app.info", {}) : "no bridge"') as unknown;
      stranger.destroy();
      return result;
    }, resolve('out/preload/preload.cjs'));
    expect(answer).toMatchObject({ ok: false, problem: { code: 'untrusted-sender' } });
  });
});
