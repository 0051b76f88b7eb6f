import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { Harness } from '../support/harness.ts';
import type { View } from '../support/harness.ts';

let harness: Harness;
let page: Page;
let complaints: string[] = [];
beforeAll(async () => { harness = await Harness.start(); }, 60_000);
afterAll(async () => harness.stop());

async function open(scene: View['scene'], size: Partial<View> = {}): Promise<void> {
  complaints = [];
  page = await harness.open({ scene, width: 1440, height: 900, dark: false, ...size }, complaints);
  page.setDefaultTimeout(5000);
  await page.waitForSelector('[aria-label="Runs"] button[aria-current]');
  await page.evaluate(() => document.querySelector<HTMLElement>('[aria-label="Runs"] button[aria-current]')?.click());
  await page.waitForSelector('[aria-label="Sequence"]');
}
const tab = (name: string): Promise<void> => page.locator(`::-p-aria([name="${name}"][role="tab"])`).click();
const press = (name: string): Promise<void> => page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
const text = (): Promise<string> => page.$eval('[aria-label="Inspector"]', (element) => (element as HTMLElement).innerText);
const see = (wanted: string): Promise<unknown> => page.waitForFunction((part: string) => document.querySelector<HTMLElement>('[aria-label="Inspector"]')?.innerText.includes(part), {}, wanted);
const copied = (): Promise<{ text: string; secret?: boolean }[]> => page.evaluate(() =>
  (window.grantscope as FakeBridge).sent.filter(({ name }) => name === 'clipboard.copyText').map(({ input }) => input as { text: string; secret?: boolean }));
const mode = (value: 'raw' | 'pretty'): Promise<void> => page.evaluate((wanted) => document.querySelector<HTMLElement>(`[aria-label="Inspector"] input[value="${wanted}"]`)?.click(), value);
const arrow = (name: string): Promise<void> => page.locator(`[aria-label="Sequence"] button[aria-label*="${name}"]`).click();
async function find(query: string): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press('f');
  await page.keyboard.up('Control');
  await page.waitForSelector('[role="search"] input');
  await page.keyboard.type(query);
}
const count = (): Promise<string> => page.$eval('[role="search"] [role="status"]', (element) => element.textContent);
const counted = (wanted: string): Promise<unknown> => page.waitForFunction((part: string) => document.querySelector('[role="search"] [role="status"]')?.textContent === part, {}, wanted);
/** Milliseconds from a click until the frame after it is painted. */
const timed = (selector: string): Promise<number> => page.evaluate(async (wanted) => {
  const element = document.querySelector<HTMLElement>(wanted);
  const start = performance.now();
  element?.click();
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  return performance.now() - start;
}, selector);

describe('the inspector', () => {
  it('explains a header on focus and on a click, and says so where nobody knows it', async () => {
    await open('history');
    await tab('Request');
    await page.focus('[aria-label="Headers"] tr:nth-child(4) button');
    await page.waitForSelector('[role="tooltip"], .tip');
    expect(await page.$eval('.tip', (tip) => tip.textContent)).toContain('RFC 9110 §11.6.2');
    await page.keyboard.press('Enter');
    await see('Proves who asks: Basic holds client id and secret');
    expect(complaints).toEqual([]);
  });

  it('raw or pretty is remembered for other messages and for the next start', async () => {
    await mode('raw');
    await see('POST /token HTTP/1.1↵');
    await tab('Response');
    await see('HTTP/1.1 400 Bad Request↵');
    expect(await page.evaluate(() => localStorage.getItem('grantscope.message-mode'))).toBe('raw');
    await mode('pretty');
  });

  it('copies any part; a secret only in words until it is revealed', async () => {
    await tab('Request');
    const row = '[aria-label="Form parameters"] tbody tr:nth-child(4)';
    await page.hover(row);
    await page.click(`${row} button[aria-label="Copy decoded value"]`);
    await page.click(`${row} button[aria-label^="Reveal"]`);
    await see('CANARY-code_verifier');
    await page.click(`${row} button[aria-label="Copy decoded value"]`);
    await page.waitForFunction(() => (window.grantscope as FakeBridge).sent.filter(({ name }) => name === 'clipboard.copyText').length === 2);
    const [masked, revealed] = await copied();
    expect(masked).toEqual({ text: '[code verifier, 43 characters]' });
    expect(revealed).toMatchObject({ text: expect.stringContaining('CANARY-code_verifier'), secret: true });
  });

  it('the context menu offers what is pointed at and what it is part of, by the keyboard too', async () => {
    await page.click('[aria-label="Form parameters"] tbody tr:nth-child(3) td', { button: 'right' });
    await page.waitForSelector('[role="menuitem"]');
    expect(await page.$$eval('[role="menuitem"]', (items) => items.map(({ textContent }) => textContent))).toEqual(
      ['Copy decoded value', 'Copy value as sent', 'Copy name and value as sent', 'Copy name', 'Copy body', 'Copy whole request']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => (window.grantscope as FakeBridge).sent.some(({ name, input }) => name === 'clipboard.copyText' && (input as { text: string }).text === 'http%3A%2F%2F127.0.0.1%3A53412%2Fcallback'));
  });

  it('finds in request and response at once, walks through them, and Escape ends it', async () => {
    await page.focus('[aria-label="Inspector"] [role="tabpanel"]');
    await find('grant');
    await page.waitForFunction(() => /^1 of \d/.test(document.querySelector('[role="search"] [role="status"]')?.textContent ?? ''));
    const total = Number((await count()).split(' ').at(-1));
    expect(total).toBeGreaterThanOrEqual(3);
    const tabs: (string | null)[] = [];
    for (let step = 0; step < total; step += 1) {
      tabs.push(await page.$eval('[role="tab"][aria-selected="true"]', ({ textContent }) => textContent));
      await page.keyboard.press('Enter');
    }
    expect(new Set(tabs)).toEqual(new Set(['Request', 'Response']));
    expect(await count()).toBe(`1 of ${total}`);
    expect(await page.evaluate(() => CSS.highlights.get('found-here')?.size)).toBe(1);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('[role="search"]') && !CSS.highlights.has('found'));
  });

  it('lays the refused redemption beside the good one: nothing of the request differs but what must', async () => {
    await tab('Diff');
    await see('Compare with');
    const shown = await text();
    expect(shown).toContain('invalid_grant');
    expect(shown).not.toContain('redirect_uri');
    await press('Show all');
    await see('redirect_uri');
    await press('Open the other');
    await see('200 OK');
  });

  it('JSON is folded and walked by the keyboard, with the path of where one is', async () => {
    await arrow('openid-configuration');
    await tab('Response');
    await page.focus('[role="tree"]');
    for (const key of ['End', 'ArrowUp', 'ArrowUp'] as const) await page.keyboard.press(key);
    await see('$.token_endpoint_auth_methods_supported');
    // From the closing bracket to its member, then shut.
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await see('3 elements');
    expect(await text()).not.toContain('client_secret_post');
    await page.keyboard.press('ArrowRight');
    await see('client_secret_post');
    expect(complaints).toEqual([]);
  });
});

describe('bodies that are made to be hard to show', () => {
  it('attack 19: a page is text: nothing of it runs or loads', async () => {
    await open('hostile');
    await arrow('/token/page');
    await tab('Response');
    await see('<script>window.ran = true</script>');
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('attack 19: what is no text is bytes, pretty and raw', async () => {
    await arrow('/token/picture');
    await tab('Response');
    await see('89 50 4e 47 0d 0a 1a 0a');
    await mode('raw');
    await see('89 50 4e 47 0d 0a 1a 0a');
    await mode('pretty');
  });

  it('attack 7: direction marks, empty and repeated names and broken encodings are seen', async () => {
    await arrow('/token/marks');
    await tab('Response');
    await see('"a⟨U+202E⟩gnp.exe"');
    await see('12345678901234567890');
    await tab('Request');
    for (const note of ['no name', 'more than once', 'Some bytes are no UTF-8', 'encoded twice', '“%20” stands for each space', 'A “+” stands', 'two hexadecimal digits', 'without “=”']) await see(note);
    for (const remark of ['nobody signed it', 'must bring its public key', 'typ should be dpop+jwt', 'Required and not there: jti, htu, iat']) await see(remark);
  });

  it('a token whose times and audience are wrong says so', async () => {
    await arrow('/token/token');
    await tab('Response');
    for (const remark of ['exp is given in milliseconds', 'iat has to be a number', 'no azp', 'shared secret']) await see(remark);
    await see('Not checked');
  });

  it('attack 19: 20,000 levels, a line of a mebibyte and 120,000 lines: only what can be seen is on the page', async () => {
    for (const [name, needle] of [['deep', ''], ['line', 'needle'], ['many', 'needle']] as const) {
      await arrow(`/token/${name}`);
      await tab('Response');
      await page.waitForSelector('[aria-label="Inspector"] [data-row]');
      expect(await page.$$eval('[aria-label="Inspector"] [data-row]', (rows) => rows.length)).toBeLessThan(60);
      if (needle === '') continue;
      await page.focus('[aria-label="Inspector"] [role="tabpanel"]');
      await find(needle);
      await counted('1 of 1');
      await page.waitForFunction(() => CSS.highlights.get('found-here')?.size === 1);
      await page.keyboard.press('Escape');
    }
    expect(complaints).toEqual([]);
  });

  it('turning to a message of a mebibyte keeps an answer within a tenth of a second', async () => {
    await arrow('/token/line');
    await tab('Overview');
    const times: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      times.push(await timed('[role="tab"][data-tab="response"]'));
      await see('xxxxxxxx');
      await tab('Overview');
    }
    // The least disturbed of them, since other work on the machine is no work of the window.
    expect(Math.min(...times)).toBeLessThan(100);
  });
});
