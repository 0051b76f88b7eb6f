import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { Harness } from '../support/harness.ts';
import type { View } from '../support/harness.ts';

let harness: Harness;
let page: Page;
beforeAll(async () => { harness = await Harness.start(); }, 60_000);
afterAll(async () => harness.stop());

async function open(scene: View['scene']): Promise<void> {
  page = await harness.open({ scene, width: 1440, height: 900, dark: false });
  page.setDefaultTimeout(5000);
  await page.waitForSelector('[aria-label="Runs"] h2');
  await page.waitForFunction(() => document.querySelector('[aria-label="Environments"] button[aria-current]') !== null);
}
const sent = (name: string): Promise<unknown[]> => page.evaluate((wanted) =>
  (window.grantscope as FakeBridge).sent.filter((command) => command.name === wanted).map(({ input }) => input), name);
async function chord(...keys: Parameters<Page['keyboard']['press']>[0][]): Promise<void> {
  for (const key of keys.slice(0, -1)) await page.keyboard.down(key);
  await page.keyboard.press(keys.at(-1) ?? 'Escape');
  for (const key of keys.slice(0, -1).reverse()) await page.keyboard.up(key);
}
const dialog = (name: string) => page.waitForSelector(`[role="dialog"][aria-label="${name}"], ::-p-aria([name="${name}"][role="dialog"])`);
const runs = (): Promise<number> => page.$$eval('[aria-label="Runs"] button[aria-current]', (all) => all.length);
const selected = (): Promise<string> => page.$eval('[role="option"][data-selected]', (item) => (item as HTMLElement).innerText);
const gone = () => page.waitForFunction(() => document.querySelector('[role="dialog"]') === null);

describe('the palette', () => {
  it('opens by its keys, finds by a few letters, does it, and offers it first the next time', async () => {
    await open('first-start');
    await chord('Control', 'k');
    await dialog('Command palette');
    await page.keyboard.type('dup env');
    await page.waitForFunction(() => document.querySelector<HTMLElement>('[role="option"][data-selected]')?.innerText.includes('Duplicate environment'));
    await page.keyboard.press('Enter');
    await gone();
    expect(await sent('environment.duplicate')).toHaveLength(1);
    await chord('Control', 'k');
    await dialog('Command palette');
    await page.waitForSelector('[role="option"][data-selected]');
    expect(await selected()).toContain('Duplicate environment');
    await page.keyboard.press('Escape');
    await gone();
  });

  it('asks in a second step what to do it with, and says why something cannot be done', async () => {
    await open('history');
    await page.waitForFunction(() => document.querySelectorAll('[aria-label="Runs"] button[aria-current]').length >= 4);
    await page.click('[aria-label="Runs"] button[aria-current]');
    await page.waitForSelector('[aria-label="Sequence"]');
    await chord('Control', 'p');
    await dialog('Provoke a failure');
    await page.keyboard.type('again');
    await page.waitForFunction(() => document.querySelector<HTMLElement>('[role="option"][data-selected]')?.innerText.includes('Redeem the code again'));
    await page.keyboard.press('Enter');
    await gone();
    expect(await sent('run.act')).toMatchObject([{ act: { action: 'provoke', provocation: 'reuse-code' } }]);
    await chord('Control', 'k');
    await dialog('Command palette');
    await page.keyboard.type('cancel the run');
    await page.waitForFunction(() => document.querySelector<HTMLElement>('[role="option"]')?.innerText.includes('Nothing is going on'));
    expect(await page.$eval('[role="option"]', (item) => item.getAttribute('aria-disabled'))).toBe('true');
  });

  it('jumps to a run and to a token of it', async () => {
    await open('history');
    await chord('Control', 'k');
    await dialog('Command palette');
    await page.keyboard.type('staging');
    await page.waitForFunction(() => document.querySelector<HTMLElement>('[role="option"][data-selected]')?.innerText.includes('Staging'));
    await page.keyboard.press('Enter');
    await gone();
    expect(await page.$eval('main h1', (heading) => (heading as HTMLElement).innerText)).toContain('Staging');
  });
});

describe('shortcuts', () => {
  it('run, and leave text fields and dialogs alone', async () => {
    await open('first-start');
    await chord('Control', 'Enter');
    await page.waitForFunction(() => (window.grantscope as FakeBridge).sent.some(({ name }) => name === 'run.start'));
    await open('first-start');
    await page.keyboard.type('?');
    await dialog('Keyboard shortcuts');
    await chord('Control', 'Enter');
    expect(await sent('run.start')).toEqual([]);
    await page.keyboard.press('Escape');
    await gone();
  });

  it('delete a run and bring it back; delete all of an environment and bring them back together', async () => {
    await open('history');
    await page.waitForFunction(() => document.querySelectorAll('[aria-label="Runs"] button[aria-current]').length >= 4);
    const before = await runs();
    await page.click('[aria-label="Runs"] button[aria-current]');
    await page.waitForSelector('[aria-label="Sequence"]');
    await chord('Control', 'Backspace');
    await page.waitForFunction((count) => document.querySelectorAll('[aria-label="Runs"] button[aria-current]').length === count, {}, before - 1);
    await chord('Control', 'k');
    await dialog('Command palette');
    await page.keyboard.type('delete all runs');
    await page.waitForFunction(() => document.querySelector<HTMLElement>('[role="option"][data-selected]')?.innerText.includes('Delete all runs'));
    await page.keyboard.press('Enter');
    await page.waitForFunction((count) => document.querySelectorAll('[aria-label="Runs"] button[aria-current]').length < count, {}, before - 1);
    await chord('Control', 'z');
    await page.waitForFunction((count) => document.querySelectorAll('[aria-label="Runs"] button[aria-current]').length === count, {}, before - 1);
    await chord('Control', 'z');
    await page.waitForFunction((count) => document.querySelectorAll('[aria-label="Runs"] button[aria-current]').length === count, {}, before);
  });

  it('walk through runs and steps', async () => {
    await open('history');
    await page.waitForFunction(() => document.querySelectorAll('[aria-label="Runs"] button[aria-current]').length >= 4);
    await chord('Alt', 'ArrowDown');
    await page.waitForSelector('[aria-label="Sequence"] [data-row]');
    const current = () => page.$eval('[aria-label="Runs"] button[aria-current="true"]', (element) => (element as HTMLElement).innerText);
    const first = await current();
    await chord('Alt', 'ArrowDown');
    await page.waitForFunction((text) => document.querySelector<HTMLElement>('[aria-label="Runs"] button[aria-current="true"]')?.innerText !== text, {}, first);
    await page.waitForSelector('[aria-label="Sequence"] [data-row]');
    const shown = () => page.$eval('[aria-label="Inspector"]', (element) => (element as HTMLElement).innerText);
    const at = await shown();
    await chord('Alt', 'ArrowLeft');
    await page.waitForFunction((text) => document.querySelector<HTMLElement>('[aria-label="Inspector"]')?.innerText !== text, {}, at);
  });
});

describe('find in all runs', () => {
  it('finds a text of any run, filters, and opens the place it stands in', async () => {
    await open('history');
    await chord('Control', 'Shift', 'f');
    await dialog('Find in all runs');
    await page.keyboard.type('invalid_grant');
    await page.waitForSelector('[aria-label="Found"] li button');
    expect(await page.$eval('[aria-label="Found"] mark', (mark) => mark.textContent)).toBe('invalid_grant');
    expect(await sent('find.start')).toHaveLength(1);
    await page.select('select[aria-label="Outcome"]', 'ok');
    await page.waitForFunction(() => (window.grantscope as FakeBridge).sent.filter(({ name }) => name === 'find.start').length === 2);
    await page.select('select[aria-label="Outcome"]', 'refused-any');
    await page.waitForSelector('[aria-label="Found"] li button');
    await page.click('[aria-label="Found"] li button');
    await gone();
    await page.waitForFunction(() => document.querySelector<HTMLElement>('[aria-label="Inspector"]')?.innerText.includes('invalid_grant'));
  });
});

describe('the first minute', () => {
  const hint = (part: string) => page.waitForFunction((wanted: string) => document.querySelector<HTMLElement>('[aria-label="First steps"]')?.innerText.includes(wanted), {}, part);

  it('leads from sign-in to a refusal in one place that does not move, and is gone for good when dismissed', async () => {
    await open('first-start');
    await chord('Control', 'Enter');
    await hint('sign-in page');
    const at = () => page.$eval('[aria-label="Sequence"]', (element) => element.getBoundingClientRect().top);
    const before = await at();
    await page.evaluate(() => {
      const seen = window as unknown as { shifted: number };
      seen.shifted = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) if (!entry.hadRecentInput) seen.shifted += entry.value;
      }).observe({ type: 'layout-shift' });
    });
    await page.evaluate(() => (window.grantscope as FakeBridge).goOn());
    await hint('Refused, and kept');
    expect(await at()).toBe(before);
    await new Promise((settled) => setTimeout(settled, 300));
    expect(await page.evaluate(() => (window as unknown as { shifted: number }).shifted)).toBeLessThan(0.02);
    await page.click('[aria-label="Hide the first steps"]');
    await page.waitForFunction(() => document.querySelector('[aria-label="First steps"]') === null);
    await page.reload({ waitUntil: 'load' });
    await page.waitForSelector('[aria-label="Environments"] button[aria-current]');
    await chord('Control', 'Enter');
    await page.waitForSelector('[aria-label="Sequence"]');
    expect(await page.$('[aria-label="First steps"]')).toBeNull();
  });
});

describe('context menus', () => {
  it('of a run and of an environment do what the window does', async () => {
    await open('history');
    await page.waitForFunction(() => document.querySelectorAll('[aria-label="Runs"] button[aria-current]').length >= 4);
    const before = await runs();
    await page.click('[aria-label="Runs"] button[aria-current]', { button: 'right' });
    await page.locator('::-p-aria([name="Delete"][role="menuitem"])').click();
    await page.waitForFunction((count) => document.querySelectorAll('[aria-label="Runs"] button[aria-current]').length === count, {}, before - 1);
    await page.click('[aria-label="Environments"] button[aria-current]', { button: 'right' });
    await page.waitForSelector('[role="menuitem"]');
    await page.locator('::-p-text(Edit…)').click();
    await page.waitForSelector('[role="dialog"]');
  });
});
