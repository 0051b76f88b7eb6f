import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import type { Scene } from './fake-bridge.ts';
import { Harness } from './harness.ts';

/**
 * Takes pictures of every view in both themes and three sizes and runs axe-core over each. For looking at while working on the window.
 *
 * Arguments: the folder for the pictures, then optionally the part of a view's name, a size ("1440x900") and a theme ("dark").
 */
const [folder = 'out/window-pictures', only = '', size = '', theme = ''] = process.argv.slice(2);
const press = async (page: Page, name: string): Promise<void> => {
  await page.locator(`::-p-aria([name="${name}"][role="button"])`).setTimeout(3000).click();
};
const run = (index: number) => async (page: Page): Promise<void> => {
  await page.locator(`[aria-label="Runs"] li:nth-child(1) button[aria-current]`).setTimeout(3000).wait();
  await page.evaluate((at) => (document.querySelectorAll<HTMLElement>('[aria-label="Runs"] button[aria-current]')[at])?.click(), index);
};
const arrow = (name: string) => async (page: Page): Promise<void> => {
  await page.locator(`[aria-label="Sequence"] button[aria-label*="${name}"]`).setTimeout(3000).click();
};
const tab = async (page: Page, name: string): Promise<void> => page.locator(`::-p-aria([name="${name}"][role="tab"])`).setTimeout(3000).click();

const compare = (...indexes: number[]) => async (page: Page): Promise<void> => {
  await page.locator('[aria-label="Runs"] li:nth-child(1) button[aria-current]').setTimeout(3000).wait();
  await page.evaluate((all) => { for (const at of all) document.querySelectorAll<HTMLElement>('[aria-label="Runs"] button[aria-current]')[at]?.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: true })); }, indexes);
  await press(page, 'Compare');
  await page.locator('[aria-label="Columns"]').setTimeout(5000).wait();
};
const openImport = async (page: Page): Promise<void> => {
  await press(page, 'Import…');
  await page.locator('[role="dialog"] textarea').setTimeout(3000).wait();
};
const paste = (text: string) => async (page: Page): Promise<void> => {
  await openImport(page);
  await page.locator('[role="dialog"] textarea').fill(text);
  await press(page, 'Read');
  await page.locator('[role="dialog"] :is(#import-keep, [role="note"])').setTimeout(3000).wait();
};

const views: { name: string; scene: Scene; act?: (page: Page) => Promise<void> }[] = [
  { name: 'first-start', scene: 'first-start' },
  { name: 'export-run', scene: 'history', act: async (page) => { await run(0)(page); await press(page, 'More actions'); await page.locator('::-p-text(Export…)').setTimeout(3000).click(); await page.locator('[role="dialog"] [aria-label="What leaves"]').setTimeout(5000).wait(); } },
  { name: 'export-exchange', scene: 'history', act: async (page) => { await run(0)(page); await press(page, 'More ways to copy'); await page.locator('::-p-text(Export…)').setTimeout(3000).click(); await page.locator('[role="dialog"] [aria-label="What leaves"]').setTimeout(5000).wait(); await page.evaluate(() => document.querySelector<HTMLElement>('[role="dialog"] input[value="har"]')?.click()); await page.locator('::-p-text("log")').setTimeout(3000).wait().catch(() => undefined); } },
  { name: 'compare-partner', scene: 'history', act: async (page) => { await run(0)(page); await press(page, 'More actions'); await page.locator('::-p-text(Compare with…)').setTimeout(3000).click(); await page.locator('[role="dialog"] input[type="checkbox"]').setTimeout(5000).wait(); } },
  { name: 'compare-two', scene: 'history', act: compare(0, 1) },
  { name: 'compare-four', scene: 'history', act: compare(0, 1, 2, 3) },
  { name: 'compare-all-rows', scene: 'history', act: async (page) => { await compare(0, 1)(page); await page.evaluate(() => { for (const box of document.querySelectorAll<HTMLElement>('[aria-label="Which differences are shown"] input[type="checkbox"]')) box.click(); document.querySelector('[aria-label="Which differences are shown"]')?.scrollIntoView(); }); } },
  { name: 'compare-scrolled', scene: 'history', act: async (page) => {
    await compare(0, 1, 2, 3)(page);
    await page.evaluate(() => { for (const box of document.querySelectorAll<HTMLElement>('[aria-label="Which differences are shown"] input[type="checkbox"]')) box.click(); document.querySelector('[aria-label="Configuration"]')?.scrollIntoView({ block: 'center' }); });
    await page.evaluate(() => { const box = document.querySelector('[aria-label="Configuration"]')?.parentElement; if (box) box.scrollLeft = 150; });
  } },
  { name: 'compare-environments', scene: 'history', act: async (page) => {
    await page.keyboard.down('Control');
    for (const index of [2, 3]) await page.locator(`[aria-label="Environments"] li:nth-child(${index}) button`).setTimeout(3000).click();
    await page.keyboard.up('Control');
    await press(page, 'Compare');
    await page.locator('[aria-label="Columns"]').setTimeout(5000).wait();
  } },
  { name: 'run-all', scene: 'history', act: async (page) => { await press(page, 'Environment files'); await page.locator('::-p-text(Run several and compare…)').setTimeout(3000).click(); await page.locator('[role="dialog"] input[value="tracing"]').setTimeout(5000).wait().catch(() => undefined); await page.evaluate(() => document.querySelector<HTMLElement>('[role="dialog"] input[value="tracing"]')?.click()); } },
  { name: 'environment-file', scene: 'history', act: async (page) => { await press(page, 'Environment files'); await page.locator('::-p-text(Open environments from a file…)').setTimeout(3000).click(); await page.locator('[role="dialog"] select').setTimeout(5000).wait(); } },
  { name: 'run-options', scene: 'first-start', act: (page) => press(page, 'Run options') },
  { name: 'with-options', scene: 'first-start', act: async (page) => { await press(page, 'Run options'); await page.locator('::-p-text(Run with options…)').setTimeout(3000).click(); await page.locator('[role="dialog"]').setTimeout(5000).wait(); } },
  { name: 'api-call', scene: 'history', act: async (page) => { await run(0)(page); await press(page, 'More actions'); await page.locator('::-p-text(Call an API…)').setTimeout(3000).click(); await page.locator('[role="dialog"]').setTimeout(5000).wait(); } },
  { name: 'no-environment', scene: 'empty' },
  { name: 'waiting', scene: 'waiting', act: run(0) },
  { name: 'refused', scene: 'history', act: run(0) },
  { name: 'followed', scene: 'history', act: async (page) => { await run(0)(page); await page.locator('[aria-label="Follow a value"] button::-p-text(code)').setTimeout(4000).wait(); await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('[aria-label="Follow a value"] button')].find((button) => button.textContent?.startsWith('code') && !button.textContent.startsWith('code_'))?.click()); await page.evaluate(() => document.querySelector('[aria-label="Sequence"] .scroll')?.scrollTo(0, 0)); } },
  { name: 'evidence', scene: 'history', act: async (page) => {
    await run(0)(page);
    await page.locator('[aria-label="Evidence"] li button').setTimeout(5000).click();
  } },
  { name: 'probes', scene: 'history', act: async (page) => {
    await run(0)(page);
    await page.locator('[aria-label="Probes"] summary').setTimeout(5000).click();
    await page.evaluate(() => document.querySelector('[aria-label="Probes"]')?.scrollIntoView());
  } },
  { name: 'timeline', scene: 'history', act: async (page) => { await run(0)(page); await page.locator('[aria-label="Tokens"] input[value="timeline"]').setTimeout(3000).wait().catch(() => undefined); await page.evaluate(() => document.querySelector<HTMLElement>('[aria-label="Tokens"] input[value="timeline"]')?.click()); } },
  { name: 'clocks', scene: 'history', act: async (page) => { await run(0)(page); await page.locator('[aria-label="Tokens"] li:nth-child(3) button').setTimeout(3000).click(); await page.evaluate(() => [...document.querySelectorAll('h3')].find(({ textContent }) => textContent === 'Three clocks')?.scrollIntoView()); } },
  { name: 'measure-dialog', scene: 'history', act: async (page) => { await run(0)(page); await press(page, 'Measure lifetimes…'); await page.locator('[role="dialog"] input[type="checkbox"]').setTimeout(5000).wait(); } },
  { name: 'measuring', scene: 'history', act: async (page) => { await run(0)(page); await press(page, 'Measure lifetimes…'); await page.locator('[role="dialog"] input[type="checkbox"]').setTimeout(5000).wait(); await press(page, 'Measure'); await page.locator('[aria-label="Measurement"] table').setTimeout(5000).wait(); } },
  { name: 'editor-renewal', scene: 'history', act: async (page) => { await press(page, 'Edit'); await page.locator('[data-path="renewal"] input[value="on"]').setTimeout(5000).wait().catch(() => undefined); await page.evaluate(() => document.querySelector<HTMLElement>('[data-path="renewal"] input[value="on"]')?.click()); await page.evaluate(() => document.querySelector('[data-path="renewal"]')?.scrollIntoView()); } },
  { name: 'causes', scene: 'history', act: async (page) => {
    await run(0)(page);
    await page.locator('[aria-label="Diagnosis"] details.group').setTimeout(5000).wait();
    await page.evaluate(() => { for (const group of document.querySelectorAll<HTMLDetailsElement>('details.group')) { group.open = true; group.scrollIntoView(); } });
  } },
  { name: 'provoke-menu', scene: 'history', act: async (page) => { await run(0)(page); await press(page, 'Provoke a failure'); } },
  { name: 'curl', scene: 'history', act: async (page) => { await run(0)(page); await press(page, 'Copy as curl'); } },
  { name: 'curl-secrets', scene: 'history', act: async (page) => { await run(0)(page); await press(page, 'More ways to copy'); await page.keyboard.press('Enter'); } },
  { name: 'overview', scene: 'history', act: async (page) => { await run(1)(page); await tab(page, 'Overview'); } },
  { name: 'response', scene: 'history', act: async (page) => { await run(1)(page); await tab(page, 'Response'); } },
  { name: 'exact', scene: 'history', act: async (page) => { await run(0)(page); await tab(page, 'Request'); await page.evaluate(() => document.querySelector<HTMLElement>('input[value="raw"]')?.click()); } },
  { name: 'callback', scene: 'history', act: async (page) => { await run(0)(page); await arrow('Callback wrong state')(page); } },
  { name: 'authorization', scene: 'history', act: async (page) => { await run(0)(page); await arrow('Authorization request')(page); } },
  { name: 'checks', scene: 'history', act: async (page) => { await run(0)(page); await arrow('ID token: all')(page); } },
  { name: 'token', scene: 'history', act: async (page) => { await run(0)(page); await page.locator('[aria-label="Tokens"] li:nth-child(3) button').setTimeout(3000).click(); } },
  { name: 'unreachable', scene: 'history', act: run(3) },
  { name: 'environment', scene: 'history', act: async (page) => page.locator('[aria-label="Environments"] li:nth-child(2) button').click() },
  { name: 'locked', scene: 'locked', act: run(0) },
  { name: 'editor-new', scene: 'history', act: async (page) => { await press(page, 'New environment'); await page.locator('[role="dialog"]').setTimeout(5000).wait(); } },
  { name: 'editor-errors', scene: 'history', act: async (page) => {
    await press(page, 'New environment');
    await page.locator('[role="dialog"] input').setTimeout(5000).wait();
    await press(page, 'Save');
  } },
  { name: 'editor-discovery', scene: 'history', act: async (page) => {
    await page.locator('[aria-label="Environments"] li:nth-child(2) button').click();
    await press(page, 'Edit');
    await page.locator('[role="dialog"] input').setTimeout(5000).wait();
    await press(page, 'Check discovery');
  } },
  { name: 'editor-trust', scene: 'history', act: async (page) => {
    await press(page, 'New environment');
    await page.locator('::-p-aria([name="Issuer"][role="textbox"])').setTimeout(5000).fill('https://idp.example');
    await page.locator('[data-path="pkce"] [id$="-advice"]').setTimeout(5000).wait();
    await page.evaluate(() => { for (const details of document.querySelectorAll<HTMLDetailsElement>('[role="dialog"] details')) details.open = true; });
    await page.evaluate(() => document.querySelector('[data-path="trust.proxy"]')?.scrollIntoView());
  } },
  { name: 'editor-advice', scene: 'history', act: async (page) => {
    await press(page, 'New environment');
    await page.locator('::-p-aria([name="Issuer"][role="textbox"])').setTimeout(5000).fill('https://idp.example');
    await page.locator('[data-path="pkce"] [id$="-advice"]').setTimeout(5000).wait();
    await page.evaluate(() => document.querySelector('[data-path="client.id"]')?.scrollIntoView());
  } },
  { name: 'editor-practice', scene: 'history', act: async (page) => { await press(page, 'Edit'); await page.locator('[role="dialog"] input').setTimeout(5000).wait(); } },
  { name: 'import-empty', scene: 'history', act: openImport },
  { name: 'import-curl', scene: 'history', act: paste("curl 'https://login.example.com/oauth/token' -H 'content-type: application/x-www-form-urlencoded' --data-raw 'grant_type=authorization_code&code=abc&client_secret=x' -o @file") },
  { name: 'import-preview', scene: 'history', act: paste('POST /oauth/token HTTP/1.1\nHost: login.example.com\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=refresh_token&refresh_token=abc&client_id=web\n\nHTTP/1.1 400 Bad Request\nContent-Type: application/json\nDate: Sun, 01 Mar 2026 10:00:00 GMT\n\n{"error":"invalid_grant","error_description":"Token is not active"}\nstray words\n') },
  { name: 'import-broken', scene: 'history', act: paste("curl 'https://login.example.com/oauth/token --data-raw 'a=1") },
  { name: 'import-run', scene: 'history', act: async (page) => {
    await paste('POST /oauth/token HTTP/1.1\nHost: login.example.com\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=refresh_token&refresh_token=abc&client_id=web\n\nHTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n{"error":"invalid_grant","error_description":"Token is not active"}')(page);
    await press(page, 'Keep as a run');
    await page.locator('[aria-label="Sequence"]').setTimeout(3000).wait();
  } },
  { name: 'undo', scene: 'history', act: async (page) => { await press(page, 'Delete'); } },
  { name: 'long', scene: 'long', act: run(0) },
];
const sizes = [[900, 600], [1024, 700], [1440, 900]] as const;

mkdirSync(folder, { recursive: true });
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const harness = await Harness.start();
const findings = new Map<string, string>();
for (const view of views.filter(({ name }) => name.includes(only))) {
  for (const [width, height] of sizes) for (const dark of [false, true]) {
    const name = `${view.name}-${width}x${height}-${dark ? 'dark' : 'light'}`;
    if (!name.includes(size) || !name.includes(theme)) continue;
    const complaints: string[] = [];
    const page = await harness.open({ scene: view.scene, width, height, dark }, complaints);
    try {
      await page.waitForFunction(() => document.querySelector('[aria-label="Environments"]'));
      await view.act?.(page);
      await new Promise((painted) => setTimeout(painted, 350));
    } catch (error) {
      complaints.push(String(error));
    }
    await page.screenshot({ path: join(folder, `${name}.png`) as `${string}.png` });
    for (const line of complaints) findings.set(`${view.name}: ${line.slice(0, 300)}`, name);
    await page.setBypassCSP(true);
    const script = (await import('node:fs')).readFileSync(axe, 'utf8');
    await page.evaluate(`(() => { const policy = null; ${script} })()`).catch(() => undefined);
    const violations = await page.evaluate(async () => {
      const { axe: engine } = window as unknown as { axe?: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string; any: { message: string }[] }[] }[] }> } };
      if (!engine) return ['axe-core did not load'];
      const { violations: all } = await engine.run();
      return all.flatMap(({ id, impact, nodes }) => nodes.slice(0, 3).map((node) => `${impact} ${id}: ${node.html.slice(0, 140)} ${node.any[0]?.message ?? ''}`));
    });
    for (const violation of violations) findings.set(`${view.name}${dark ? ' (dark)' : ''} axe: ${violation}`, name);
    await page.browserContext().close();
  }
}
await harness.stop();
for (const [finding, where] of findings) process.stdout.write(`${where}\t${finding}\n`);
process.stdout.write(`${findings.size} findings\n`);
