import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';

const flags = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** The person's own browser: a real Chromium with a fresh profile, gone with `close()`. */
export class RealBrowser {
  readonly #browser: Browser;
  readonly #profile: string;

  private constructor(browser: Browser, profile: string) {
    this.#browser = browser;
    this.#profile = profile;
  }

  static async launch(): Promise<RealBrowser> {
    const profile = mkdtempSync(join(tmpdir(), 'test-chromium-'));
    const browser = await puppeteer.launch({
      executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium', userDataDir: profile, headless: false, args: flags,
    });
    return new RealBrowser(browser, profile);
  }

  /** Opens a URL in a new tab. */
  async open(url: string): Promise<Page> {
    const page = await this.#browser.newPage();
    await page.goto(url);
    return page;
  }

  /**
   * Opens an authorization URL and signs in at the practice provider as a person does, with the mouse.
   *
   * @returns the tab, on the page the sign-in ended at
   */
  async signIn(url: string, options: { account?: string; deny?: boolean } = {}): Promise<Page> {
    const page = await this.open(url);
    const button = await page.$(`button[name="decision"][value="${options.deny ? 'deny' : 'continue'}"]`);
    if (!button) return page;
    if (options.account !== undefined) await page.click(`input[name="account"][value="${options.account}"]`);
    await Promise.all([page.waitForNavigation(), button.click()]);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 3 });
  }
}
