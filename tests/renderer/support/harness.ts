import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Browser, Page } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import { build } from 'vite';
import type { Explained } from '../../../src-main/contract/commands.ts';
import type { RunEvent } from '../../../src-main/contract/run.ts';
import { foldRun } from '../../../src-main/contract/read/run-state.ts';
import { diagnose, fixesFor, probesFor } from '../../../src-main/diagnosis/index.ts';
import { CONTENT_SECURITY_POLICY, manifestOf } from '../../../src-main/shell/protocol.ts';
import { importHand } from './importing.ts';
import type { Scene } from './fake-bridge.ts';

function explain(events: RunEvent[], exchangeId?: string): Explained {
  const diagnosis = diagnose(events, exchangeId === undefined ? {} : { exchangeId });
  return { diagnosis, probes: diagnosis ? probesFor(diagnosis, foldRun(events)) : [], fixes: diagnosis ? Object.fromEntries(diagnosis.causes.map((cause) => [cause.id, fixesFor(cause, diagnosis, foldRun(events))])) : {} };
}

export interface View { scene: Scene; width: number; height: number; dark: boolean }

/** The built window in a real Chromium under the app's own content security policy, talking to the faked bridge. */
export class Harness {
  readonly browser: Browser;
  readonly origin: string;
  readonly bridge: string;
  readonly stop: () => Promise<void>;

  private constructor(browser: Browser, origin: string, bridge: string, stop: () => Promise<void>) {
    [this.browser, this.origin, this.bridge, this.stop] = [browser, origin, bridge, stop];
  }

  static async start(): Promise<Harness> {
    const folder = mkdtempSync(join(tmpdir(), 'grantscope-window-'));
    await build({
      configFile: false, logLevel: 'error', root: resolve('src-renderer'), plugins: [svelte({ configFile: false })],
      build: { outDir: join(folder, 'window'), modulePreload: { polyfill: false }, assetsInlineLimit: 0, emptyOutDir: true },
    });
    await build({
      configFile: false, logLevel: 'error',
      build: { outDir: join(folder, 'bridge'), lib: { entry: resolve('tests/renderer/support/fake-bridge-entry.ts'), formats: ['iife'], name: 'fake', fileName: () => 'bridge.js' } },
    });
    const files = manifestOf(join(folder, 'window'));
    const server = createServer((request, response) => {
      const file = files.get((request.url ?? '').replace(/[?#].*$/, ''));
      if (!file) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': file.type, 'content-security-policy': CONTENT_SECURITY_POLICY }).end(file.bytes);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const browser = await puppeteer.launch({ executablePath: process.env['GRANTSCOPE_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'] });
    const stop = async (): Promise<void> => {
      await browser.close();
      server.close();
    };
    return new Harness(browser, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, readFileSync(join(folder, 'bridge/bridge.js'), 'utf8'), stop);
  }

  /** A fresh page; what it complains about (policy violations, errors) is pushed to `complaints`. */
  async open(view: View, complaints: string[] = []): Promise<Page> {
    const context = await this.browser.createBrowserContext();
    const page = await context.newPage();
    page.on('console', (message) => { if (['error', 'warn'].includes(message.type())) complaints.push(message.text()); });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.setViewport({ width: view.width, height: view.height });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: view.dark ? 'dark' : 'light' }]);
    await page.exposeFunction('grantscopeExplain', explain);
    await page.exposeFunction('grantscopeImport', importHand());
    await page.evaluateOnNewDocument(this.bridge);
    await page.goto(`${this.origin}/index.html?scene=${view.scene}`, { waitUntil: 'load' });
    return page;
  }
}
