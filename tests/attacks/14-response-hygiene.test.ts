import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listening, RealBrowser } from '../support/browser/index.ts';

const headersOf = (head: string): Record<string, string> => Object.fromEntries(head.split('\r\n').slice(1).map((line) => line.split(/: (.*)/s) as [string, string]).map(([name, value]) => [name.toLowerCase(), value]));

describe('attack 14: what the callback pages leave behind', () => {
  it('every answer is uncached, without referrer, without anything loaded', async () => {
    const open = await listening();
    const answers = [
      await open.navigate('/callback?code=CANARY-x&state=wrong'), await open.navigate('/other'), await open.navigate(open.right, { Host: 'evil.example' }),
      await open.navigate('/callback', { 'X-Long': 'x'.repeat(20_000) }), await open.navigate(open.right), await open.navigate(open.right), await open.navigate('/grantscope-done'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 404, 421, 431, 303, 410, 200]);
    for (const { head, body, text } of answers) {
      const headers = headersOf(head);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', connection: 'close' });
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; frame-ancestors 'none'/);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control') || name === 'set-cookie' || name === 'server' || name === 'x-powered-by')).toEqual([]);
      expect(body).not.toMatch(/https?:|<script|<img|url\(/);
      expect(text).not.toContain('CANARY');
    }
    await open.receiver.close();
  });

  describe('in a real browser', () => {
    let browser: RealBrowser;
    beforeAll(async () => { browser = await RealBrowser.launch(); }, 30_000);
    afterAll(() => browser.close());

    it('the code leaves the address bar and the history, the page obeys its own policy, and no icon is asked for', async () => {
      const open = await listening({ limits: { grace: 5000 } });
      const page = await browser.open('about:blank');
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      await page.goto(`http://127.0.0.1:${open.receiver.port}${open.right}`);
      await open.receiver.close();
      expect(page.url()).toBe(`http://127.0.0.1:${open.receiver.port}/grantscope-done`);
      expect(await page.evaluate(() => [document.querySelector('h1')?.textContent, document.referrer, history.length, getComputedStyle(document.querySelector('main') as Element).paddingTop]))
        .toEqual(['Grantscope has the answer', '', 2, '24px']);
      expect(complaints).toEqual([]);
      expect(open.verdicts()).toEqual(['accepted']);
    });

    it('a page of another origin cannot fetch, load or frame its way in', async () => {
      const open = await listening();
      const hostile = await listening();
      const page = await browser.open(`http://127.0.0.1:${hostile.receiver.port}/any`);
      await page.setBypassCSP(true);
      await page.reload();
      const target = `http://127.0.0.1:${open.receiver.port}${open.right}`;
      await page.evaluate(async (url) => {
        const tries = [fetch(url), fetch(url, { mode: 'no-cors' }), fetch(url, { method: 'POST', mode: 'no-cors' })];
        for (const [element, attribute] of [['img', 'src'], ['script', 'src'], ['iframe', 'src']] as const) {
          const made = document.createElement(element);
          tries.push(new Promise((tried, failed) => {
            made.addEventListener('load', tried as () => void);
            made.addEventListener('error', failed);
          }));
          made.setAttribute(attribute, url);
          document.body.append(made);
        }
        await Promise.allSettled(tries);
      }, target);
      expect(open.verdicts().length).toBeGreaterThanOrEqual(5);
      expect([...new Set(open.verdicts())].sort()).toEqual(['cross-origin', 'method']);
      expect(await open.accepted()).toBeNull();
      await Promise.all([open.receiver.close(), hostile.receiver.close()]);
    });
  });
});
