import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeInfo, PracticeProvider } from '../../src-main/practice/index.ts';
import { dial, getRequest, RealBrowser, sendRaw } from '../support/browser/index.ts';
import type { HostApp } from '../support/practice/host-app.ts';
import { startHostApp } from '../support/practice/host-app.ts';
import { startPractice } from '../support/practice/index.ts';

const portOf = ({ issuer }: PracticeInfo): number => Number(new URL(issuer).port);
const doorOf = (port: number) => dial(port).then((socket) => (socket.destroy(), 'open'), (error: NodeJS.ErrnoException) => error.code);

describe('attack 62: the practice provider from outside', () => {
  let practice: PracticeProvider;
  let port: number;
  beforeAll(async () => {
    practice = await startPractice();
    port = portOf(practice.info);
  });
  afterAll(() => practice.close());

  it('listens on 127.0.0.1 and on no other address of this machine', async () => {
    const others = Object.values(networkInterfaces()).flat().flatMap((address) => (address && address.address !== '127.0.0.1' && !address.scopeid ? [address.address] : []));
    for (const other of [...others, '127.0.0.2']) await expect(dial(port, other)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await doorOf(port)).toBe('open');
  });

  const login = '/auth?client_id=practice-public&response_type=code&scope=openid&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcb';
  const alone = { Connection: 'close' };
  for (const [name, headers, status] of [
    ['a rebound name', { Host: 'evil.example' }, 421],
    ['a rebound name with the port', { Host: 'evil.example:47640' }, 421],
    ['localhost', { Host: 'localhost' }, 421],
    ['no Host', { Host: null }, 400],
    ['a foreign Origin', { Origin: 'https://evil.example' }, 403],
    ['a sandboxed Origin', { Origin: 'null' }, 403],
    ['a fetch from another site', { 'Sec-Fetch-Mode': 'cors' }, 403],
    ['an image on another site', { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }, 403],
    ['a fetch from another port of this machine', { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors' }, 403],
  ] as const) {
    it(`refuses ${name}, at the login page, the token endpoint and the metadata alike`, async () => {
      for (const target of [login, '/token', '/interaction/any', '/.well-known/openid-configuration']) {
        const answer = await sendRaw(port, getRequest(port, target, { ...alone, ...headers }));
        expect([target, answer.status]).toEqual([target, status]);
        expect(answer.head.toLowerCase()).not.toMatch(/access-control|set-cookie/);
      }
    });
  }

  it('sends the browser nowhere but to this machine', async () => {
    for (const target of ['https://evil.example/cb', 'http://evil.example/cb', 'http://127.0.0.1.evil.example/cb', 'http://127.0.0.1@evil.example/cb', 'https://127.0.0.1/cb', 'http://127.0.0.1/cb#x', 'javascript:alert(1)', 'http:\\\\127.0.0.1\\cb']) {
      const answer = await sendRaw(port, getRequest(port, login.replace(/redirect_uri=.*/, `redirect_uri=${encodeURIComponent(target)}`), { ...alone, Accept: 'text/html' }));
      expect([target, answer.status]).toEqual([target, 400]);
      expect(answer.head).not.toMatch(/^location:/im);
      expect(answer.body).toContain('redirect_uri');
    }
  });

  describe('in a real browser', () => {
    let browser: RealBrowser;
    beforeAll(async () => { browser = await RealBrowser.launch(); }, 30_000);
    afterAll(() => browser.close());

    it('the login page says what it is, and cannot be framed', async () => {
      const page = await browser.open(`${practice.info.issuer}${login}`);
      expect(await page.evaluate(() => document.body.innerText)).toContain('Practice provider – not a real account');
      expect(await page.evaluate(() => getComputedStyle(document.querySelector('.mark') as Element).fontWeight)).toBe('600');
      const response = await page.reload();
      expect(response?.headers()).toMatchObject({ 'x-frame-options': 'DENY', 'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/) });
    });
  });
});

describe('attack 62: the practice provider\'s process', () => {
  const apps: HostApp[] = [];
  const start = async (): Promise<HostApp> => {
    const app = await startHostApp();
    apps.push(app);
    return app;
  };
  afterAll(async () => {
    for (const app of apps) {
      try {
        process.kill(app.pid, 'SIGKILL');
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('ESRCH');
      }
      await app.ended;
    }
  });

  it('starts when asked, once for two who ask, ends when told, and is a new one after that', async () => {
    const app = await start();
    expect(await app.order('look')).toEqual({ info: null, processes: [] });
    const { started, processes } = await app.order('start');
    expect(processes).toHaveLength(1);
    expect(processes).not.toContain(app.pid);
    const [first, second] = started ?? [];
    if (!first?.ok) throw new Error('not started');
    expect(second).toEqual(first);
    expect((await app.order('quicken')).started).toEqual([first]);
    const keys = await (await fetch(`${first.value.issuer}/jwks`)).text();

    expect(await app.order('stop')).toMatchObject({ info: null });
    expect(await doorOf(portOf(first.value))).toBe('ECONNREFUSED');
    const [again] = (await app.order('start')).started ?? [];
    if (!again?.ok) throw new Error('not started again');
    expect(again.value.clients.confidential.secret).not.toBe(first.value.clients.confidential.secret);
    expect(await (await fetch(`${again.value.issuer}/jwks`)).text()).not.toBe(keys);
  }, 30_000);

  it('leaves nothing listening 5 s after kill -9 of the app', async () => {
    const app = await start();
    const { started: [first] = [], processes: [pid] } = await app.order('start');
    if (!first?.ok || pid === undefined) throw new Error('not started');
    const port = portOf(first.value);
    expect(await doorOf(port)).toBe('open');
    process.kill(app.pid, 'SIGKILL');
    await expect.poll(() => doorOf(port), { timeout: 5000, interval: 100 }).toBe('ECONNREFUSED');
    await expect.poll(() => { try { return process.kill(pid, 0); } catch (error) { return (error as NodeJS.ErrnoException).code; } }, { timeout: 5000 }).toBe('ESRCH');
  }, 30_000);
});
