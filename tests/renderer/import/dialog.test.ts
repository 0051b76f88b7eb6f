import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { Harness } from '../support/harness.ts';

const refused = "curl 'https://login.example.com/oauth/token' -d 'grant_type=refresh_token&refresh_token=abc&client_id=web'\n\nHTTP/1.1 400 Bad Request\ncontent-type: application/json\n\n{\"error\":\"invalid_grant\"}";

let harness: Harness;
let page: Page;
let complaints: string[] = [];
beforeAll(async () => { harness = await Harness.start(); }, 60_000);
afterAll(async () => harness.stop());
beforeEach(async () => {
  complaints = [];
  page = await harness.open({ scene: 'history', width: 1440, height: 900, dark: false }, complaints);
  page.setDefaultTimeout(5000);
  await page.waitForSelector('[aria-label="Runs"] button[aria-current]');
});

const press = async (name: string): Promise<void> => page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
const dialogSays = (part: string): Promise<unknown> => page.waitForFunction((wanted: string) => document.querySelector<HTMLElement>('[role="dialog"]')?.innerText.includes(wanted), {}, part);
const gone = (): Promise<unknown> => page.waitForFunction(() => !document.querySelector('[role="dialog"]'));
const sent = (name: string): Promise<unknown[]> => page.evaluate((wanted) => (window.grantscope as FakeBridge).sent.filter((command) => command.name === wanted).map(({ input }) => input), name);
/** What the browser does on Ctrl+V: the page may not read the clipboard of this machine. */
const pasteInto = (selector: string, text: string): Promise<void> => page.evaluate((target, pasted) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', pasted);
  document.querySelector(target)?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}, selector, text);
const drag = (kind: string, name: string, content: string): Promise<void> => page.evaluate((type, fileName, text) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], fileName));
  document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}, kind, name, content);

describe('ways in', () => {
  it('a paste into an input or with another dialog open is not an import', async () => {
    await press('New environment');
    await page.waitForSelector('[role="dialog"] input');
    await pasteInto('[role="dialog"] input', refused);
    await pasteInto('body', refused);
    await page.keyboard.down('Control');
    await page.keyboard.press('i');
    await page.keyboard.up('Control');
    expect(await sent('import.preview')).toEqual([]);
    expect(await page.$$('[role="dialog"]')).toHaveLength(1);
  });

  it('a paste anywhere else shows what was recognised, Keep shows the run and its refusal, Undo takes it away', async () => {
    await pasteInto('body', refused);
    await dialogSays('1 refused');
    await dialogSays('curl command');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Keep as a run');
    await page.keyboard.press('Enter');
    await gone();
    await page.waitForFunction(() => document.querySelector<HTMLElement>('[aria-label="Inspector"]')?.innerText.includes('invalid_grant'));
    expect(await page.$eval('main h1', (heading) => heading.textContent)).toBe('login.example.com: invalid_grant');
    expect(await page.$eval('main header', (header) => (header as HTMLElement).innerText)).toContain('Imported');
    expect(await page.$eval('[aria-label="Sequence"]', (section) => (section as HTMLElement).innerText)).not.toMatch(/Going on|0\.0 ms/);
    await press('Undo');
    await page.waitForFunction(() => !document.querySelector<HTMLElement>('[aria-label="Runs"]')?.innerText.includes('login.example.com'));
    expect(complaints).toEqual([]);
  });

  it('a file held over the window is announced, dropped it is read under its name, and no path leaves', async () => {
    await drag('dragenter', 'ticket-4711.txt', refused);
    await page.waitForSelector('[data-testid="drop-overlay"]');
    await drag('dragleave', 'ticket-4711.txt', refused);
    await page.waitForFunction(() => !document.querySelector('[data-testid="drop-overlay"]'));
    await drag('drop', 'ticket-4711.txt', refused);
    await dialogSays('ticket-4711.txt');
    expect(await page.$eval('[role="dialog"] input', (input) => (input as HTMLInputElement).value)).toBe('ticket-4711.txt');
    expect(await sent('import.preview')).toMatchObject([{ fileName: 'ticket-4711.txt', text: refused }]);
  });

  it('Ctrl+I opens it, Ctrl+Enter reads', async () => {
    await page.keyboard.down('Control');
    await page.keyboard.press('i');
    await page.keyboard.up('Control');
    await page.locator('[role="dialog"] textarea').fill(refused);
    await page.keyboard.down('Control');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Control');
    await dialogSays('1 refused');
  });
});

describe('the dialog', () => {
  it('a text that cannot be read is not lost: the reason, the position, the cursor there', async () => {
    const broken = "curl 'https://login.example.com/oauth/token --data-raw a=1";
    await pasteInto('body', broken);
    await dialogSays('never closed (line 1, column 6)');
    expect(await page.$eval('[role="dialog"] textarea', (area) => [(area as HTMLTextAreaElement).value, (area as HTMLTextAreaElement).selectionStart])).toEqual([broken, 5]);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await page.keyboard.press('Escape');
    await dialogSays('Escape once more discards it');
    await page.keyboard.press('Escape');
    await gone();
  });

  it('a curl command alone asks for the answer, which may be kept without pressing Add', async () => {
    await pasteInto('body', refused.split('\n')[0] as string);
    await dialogSays('What came back');
    await page.locator('[role="dialog"] textarea').fill('{"error":"invalid_client"}');
    await press('Keep as a run');
    await gone();
    await page.waitForFunction(() => document.querySelector<HTMLElement>('[aria-label="Inspector"]')?.innerText.includes('invalid_client'));
    expect(await sent('import.keep')).toMatchObject([{ title: 'login.example.com: invalid_client' }]);
  });

  it('of a long log only the grant is kept unless all is asked for', async () => {
    const entry = (url: string) => ({ startedDateTime: '2026-03-01T10:00:00Z', request: { method: 'GET', url, headers: [] }, response: { status: 200, headers: [] } });
    const token = { startedDateTime: '2026-03-01T10:00:09Z', request: { method: 'POST', url: 'https://as.test/token', headers: [], postData: { text: 'grant_type=refresh_token' } }, response: { status: 400, headers: [], content: { text: '{"error":"invalid_grant"}' } } };
    await drag('drop', 'log.har', JSON.stringify({ log: { entries: [...Array.from({ length: 80 }, (_, at) => entry(`https://app.test/${at}`)), token] } }));
    await dialogSays('81 requests');
    await press('Keep as a run');
    await gone();
    expect(await sent('import.keep')).toMatchObject([{ what: 'sign-in', title: 'log.har' }]);
  });

  it('actions of an imported run say why they cannot be done', async () => {
    await pasteInto('body', "curl https://as.test/token -d grant_type=refresh_token -d refresh_token=old\n\nHTTP/1.1 200 OK\ncontent-type: application/json\n\n{\"access_token\":\"a-1\",\"refresh_token\":\"r-1\",\"token_type\":\"Bearer\"}");
    await dialogSays('none refused');
    await press('Keep as a run');
    await gone();
    await page.waitForSelector('[aria-label="Tokens"]');
    const buttons = await page.$$eval('[aria-label="Tokens"] .actions button', (all) => all.map((button) => (button as HTMLButtonElement).disabled));
    expect(buttons.length).toBeGreaterThan(0);
    expect(buttons).not.toContain(false);
  });
});
