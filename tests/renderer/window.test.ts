import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import type { FakeBridge } from './support/fake-bridge.ts';
import { Harness } from './support/harness.ts';
import type { View } from './support/harness.ts';

let harness: Harness;
let page: Page;
let complaints: string[] = [];
beforeAll(async () => { harness = await Harness.start(); }, 60_000);
afterAll(async () => harness.stop());

async function open(scene: View['scene'], size: Partial<View> = {}): Promise<void> {
  complaints = [];
  page = await harness.open({ scene, width: 1440, height: 900, dark: false, ...size }, complaints);
  page.setDefaultTimeout(5000);
}
const press = async (name: string): Promise<void> => page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
const text = (label: string): Promise<string> => page.$eval(`[aria-label="${label}"]`, (element) => (element as HTMLElement).innerText);
const see = (label: string, wanted: string): Promise<unknown> => page.waitForFunction((name: string, part: string) =>
  document.querySelector<HTMLElement>(`[aria-label="${name}"]`)?.innerText.includes(part), {}, label, wanted);
const openRun = async (index: number): Promise<void> => {
  await page.waitForSelector('[aria-label="Runs"] button[aria-current]');
  await page.evaluate((at) => document.querySelectorAll<HTMLElement>('[aria-label="Runs"] button[aria-current]')[at]?.click(), index);
  await page.waitForSelector('[aria-label="Sequence"]');
};
const sent = (name: string): Promise<unknown[]> => page.evaluate((wanted) =>
  (window.grantscope as FakeBridge).sent.filter((command) => command.name === wanted).map(({ input }) => input), name);

describe('a run in the window', () => {
  it('runs under the policy of the app without a complaint, and lets no HTML in from a string', async () => {
    await open('first-start');
    await see('Environments', 'Practice provider');
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => { try { document.body.innerHTML = '<b>x</b>'; return 'ran'; } catch (error) { return (error as Error).name; } })).toBe('TypeError');
    complaints.length = 0;
  });

  it('Run: waits for the browser, shows what arrives live, selects the refusal', async () => {
    await press('Run');
    await see('Sequence', 'Waiting for your browser');
    expect(await text('Sequence')).toMatch(/\d:\d\d left/);
    expect(await sent('run.start')).toEqual([{ environmentId: '11111111-1111-4111-8111-111111111111', browser: 'system' }]);
    await page.evaluate(() => (window.grantscope as FakeBridge).goOn());
    await see('Inspector', 'invalid_grant');
    await see('Sequence', 'Provoked: redeem the code again');
    expect(await text('Sequence')).not.toContain('Waiting for your browser');
    expect(await text('Tokens')).toContain('Superseded');
    await see('Runs', 'invalid_grant');
    expect(complaints).toEqual([]);
  });

  it('reads the run again where an event got lost on the way', async () => {
    await open('first-start');
    await press('Run');
    await see('Sequence', 'Waiting for your browser');
    await page.evaluate(() => (window.grantscope as FakeBridge).goOn(3));
    await see('Sequence', 'Provoked: redeem the code again');
    expect(await sent('run.open')).not.toHaveLength(1);
  });

  it('Cancel sends the cancel', async () => {
    await open('first-start');
    await press('Run');
    await see('Sequence', 'Waiting for your browser');
    await press('Cancel');
    await page.waitForFunction(() => !document.querySelector('[data-testid="waiting"]'));
    expect(await sent('run.cancel')).toHaveLength(1);
  });
});

describe('looking at a run', () => {
  it('arrow keys walk through the sequence and the inspector follows', async () => {
    await open('history');
    await openRun(0);
    await see('Inspector', 'invalid_grant');
    await page.focus('[aria-label="Sequence"] button[aria-pressed="true"]');
    await page.keyboard.press('Home');
    await see('Inspector', '/.well-known/openid-configuration');
    await page.keyboard.press('End');
    await see('Inspector', 'invalid_grant');
    await page.keyboard.press('ArrowUp');
    await see('Inspector', 'Access token');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-pressed'))).toBe('true');
  });

  it('a refusal opens with its reason; evidence lights up where it stands, and leads back', async () => {
    await open('history');
    await openRun(0);
    await see('Inspector', 'Likely');
    await page.locator('[aria-label="Evidence"] li button').click();
    await see('Inspector', 'Evidence:');
    await page.waitForSelector('[aria-label="Inspector"] :is(.masked > mark, .spot)');
    await press('Why');
    await see('Inspector', 'Likely');
    expect(await page.$('[aria-label="Inspector"] :is(.masked > mark, .spot)')).toBeNull();
  });

  it('a secret is a chip until it is revealed, and hidden again with another run', async () => {
    await open('history');
    await openRun(0);
    await page.locator('::-p-aria([name="Request"][role="tab"])').click();
    await see('Inspector', 'code verifier · 43 chars');
    expect(await text('Inspector')).not.toContain('CANARY');
    await page.locator('[aria-label="Inspector"] button[aria-label^="Reveal code verifier"]').click();
    await see('Inspector', 'CANARY-code_verifier');
    await openRun(1);
    await openRun(0);
    await page.locator('::-p-aria([name="Request"][role="tab"])').click();
    await see('Inspector', 'code verifier · 43 chars');
    expect(await text('Inspector')).not.toContain('CANARY');
  });

  it('text of a server cannot reorder what stands beside it', async () => {
    await page.locator('[aria-label="Sequence"] button[aria-label*="/me"]').click();
    await page.locator('::-p-aria([name="Response"][role="tab"])').click();
    await see('Inspector', 'Lovelace');
    expect(await text('Inspector')).toContain('Ada ⟨U+202E⟩Lovelace');
    expect(await page.$$eval('[aria-label="Inspector"] bdi', (all) => all.some((element) => element.textContent.includes('\u202e')))).toBe(false);
    await page.evaluate(() => document.querySelector<HTMLElement>('[aria-label="Inspector"] input[value="raw"]')?.click());
    await see('Inspector', '⟨U+202E⟩');
  });

  it('Copy as curl is masked; the one with secrets asks first', async () => {
    await page.locator('[aria-label="Sequence"] button[aria-label*="invalid_grant"]').click();
    await press('Copy as curl');
    await see('Inspector', '$CODE_VERIFIER');
    await press('More ways to copy');
    await page.locator('[role="menuitem"] ::-p-text(Copy with secrets…)').click();
    await page.waitForSelector('[role="dialog"]');
    expect((await sent('export.curl')).map((input) => (input as { secrets: boolean }).secrets)).toEqual([false]);
    await press('Copy with secrets');
    await page.waitForFunction(() => (window.grantscope as FakeBridge).sent.some(({ name, input }) => name === 'export.curl' && (input as { secrets: boolean }).secrets));
  });

  it('2,000 steps: only what can be seen is on the page, to the last row', async () => {
    await open('long');
    await openRun(0);
    await see('Sequence', 'Discover');
    const count = () => page.$$eval('[aria-label="Sequence"] button', (all) => all.length);
    expect(await count()).toBeLessThan(120);
    await page.focus('[aria-label="Sequence"] button[tabindex="0"]');
    await page.keyboard.press('End');
    await page.waitForSelector('[aria-label="Sequence"] button[aria-pressed="true"]');
    expect(await page.evaluate(() => Number(document.activeElement?.getAttribute('data-row')))).toBeGreaterThan(3900);
    expect(await count()).toBeLessThan(120);
  });
});

describe('environments', () => {
  it('a refused save says why beside the field and loses nothing', async () => {
    await open('history');
    await press('New environment');
    await page.waitForSelector('[role="dialog"] input');
    await press('Save');
    await page.waitForSelector('[role="dialog"] [role="alert"]');
    expect(await page.$$eval('[role="dialog"] [role="alert"]', (all) => all.map(({ textContent }) => textContent))).toEqual([
      'Give the environment a name', expect.stringContaining('absolute http'),
    ]);
    const fill = (label: string, value: string) => page.locator(`::-p-aria([name="${label}"][role="textbox"])`).fill(value);
    await fill('Name', 'refuse');
    await fill('Issuer', 'https://idp.example');
    await press('Save');
    await page.waitForFunction(() => document.querySelector<HTMLElement>('[role="dialog"]')?.innerText.includes('The disk is full'));
    expect(await page.$eval('[role="dialog"] [data-path="name"] input', (input) => input.value)).toBe('refuse');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector<HTMLElement>('[role="dialog"]')?.innerText.includes('unsaved changes'));
    await fill('Name', 'Mine');
    await press('Save');
    await see('Environments', 'Mine');
    expect((await sent('environment.save')).at(-1)).toMatchObject({ config: { name: 'Mine' }, secret: { action: 'keep' } });
  });

  it('what a setup will fail on stands beside its field, and saving is not kept from it', async () => {
    await open('history');
    await press('New environment');
    await page.waitForSelector('[role="dialog"] input');
    await page.locator('::-p-aria([name="Issuer"][role="textbox"])').fill('https://idp.example');
    await page.waitForSelector('[data-path="pkce"] [id$="-advice"]');
    expect(await page.$eval('[data-path="pkce"]', (field) => (field as HTMLElement).innerText)).toContain('PKCE is off. Choose S256 unless you test this on purpose.');
    expect(await page.$eval('[data-path="client.secret"] input', (input) => document.getElementById(input.getAttribute('aria-describedby')?.split(' ').at(-1) ?? '')?.innerText)).toContain('needs a client secret');
    expect((await sent('environment.check')).at(-1)).toMatchObject({ discover: false, config: { name: 'New', provider: { issuer: 'https://idp.example' } } });
    await press('Check discovery');
    await page.waitForFunction(() => (window.grantscope as FakeBridge).sent.some(({ name, input }) => name === 'environment.check' && (input as { metadata?: object }).metadata !== undefined));
    expect(complaints).toEqual([]);
  });

  it('a known provider is found and taken by the keyboard, and Enter in the search box saves nothing', async () => {
    await open('history');
    await press('New environment');
    await page.locator('[aria-label="Search for a provider"]').fill('KEY');
    await page.waitForFunction(() => document.querySelectorAll('[aria-label="Known providers"] button').length === 1);
    await page.focus('[aria-label="Search for a provider"]');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('[aria-label="Known providers"] [aria-pressed="true"]')?.textContent === 'Keycloak');
    expect(await page.$$('[role="dialog"] [role="alert"]')).toEqual([]);
    await page.locator('[aria-label="Search for a provider"]').fill('a');
    await page.waitForFunction(() => document.querySelectorAll('[aria-label="Known providers"] button').length === 3);
    await page.focus('[aria-label="Search for a provider"]');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp'] as const) await page.keyboard.press(key);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Microsoft Entra ID');
  });

  it('delete can be undone', async () => {
    await open('history');
    await press('Delete');
    await page.waitForFunction(() => !document.querySelector<HTMLElement>('[aria-label="Environments"]')?.innerText.includes('Practice provider'));
    await press('Undo');
    await see('Environments', 'Practice provider');
    await page.hover('[aria-label="Runs"] li');
    await page.locator('[aria-label="Runs"] li button[aria-label="Delete run"]').click();
    await page.waitForFunction(() => document.querySelectorAll('[aria-label="Runs"] li').length === 3);
    await press('Undo');
    await page.waitForFunction(() => document.querySelectorAll('[aria-label="Runs"] li').length === 4);
  });

  it('a locked keychain is said, with what happens meanwhile', async () => {
    await open('locked');
    await page.waitForSelector('[data-testid="vault-banner"]');
    expect(await page.$eval('[data-testid="vault-banner"]', (element) => (element as HTMLElement).innerText)).toMatch(/locked[\s\S]*memory only/);
    await press('Try again');
    await page.waitForFunction(() => (window.grantscope as FakeBridge).sent.some(({ name }) => name === 'vault.retry'));
  });
});
