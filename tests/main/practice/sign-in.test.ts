import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { signInPage } from '../../../src-main/practice/sign-in-page.ts';
import { HttpUser, RealBrowser } from '../../support/browser/index.ts';
import { startPractice } from '../../support/practice/index.ts';

describe('sign-in page', () => {
  it('writes what the client sent as text', () => {
    const html = signInPage({ clientId: '<b>', redirectUri: '"><script>x</script>', scope: `openid <img src=x> '"`, current: undefined });
    expect(html).not.toMatch(/<b>|<script|<img/);
    expect(html).toContain('&#60;b&#62;');
  });
});

describe('signing in with a real browser', () => {
  let practice: PracticeProvider;
  let browser: RealBrowser;
  let client: Server;
  beforeAll(async () => {
    practice = await startPractice();
    browser = await RealBrowser.launch();
    client = createServer((_request, response) => response.end('the client'));
    await new Promise<void>((listening) => { client.listen(0, '127.0.0.1', listening); });
  }, 30_000);
  afterAll(async () => {
    client.close();
    await browser.close();
    await practice.close();
  });

  const redirect = () => `http://127.0.0.1:${(client.address() as AddressInfo).port}/cb`;
  const authorization = (more: Record<string, string> = {}) => `${practice.info.issuer}/auth?${new URLSearchParams({
    client_id: 'practice-public', response_type: 'code', scope: 'openid profile', redirect_uri: redirect(), state: 's', ...more,
  }).toString()}`;
  const subjectOf = async (callback: URL): Promise<string> => {
    const response = await fetch(`${practice.info.issuer}/token`, {
      method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'practice-public', code: callback.searchParams.get('code') ?? '', redirect_uri: redirect() }),
    });
    const { id_token } = await response.json() as { id_token: string };
    return (JSON.parse(Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string }).sub;
  };

  it('goes on to the client as Ada, then as Grace in the same browser, then not at all', async () => {
    const ada = new URL((await browser.signIn(authorization())).url());
    expect(`${ada.origin}${ada.pathname}`).toBe(redirect());
    expect(ada.searchParams.get('state')).toBe('s');
    expect(await subjectOf(ada)).toBe('ada');

    const page = await browser.signIn(authorization({ prompt: 'login' }), { account: 'grace' });
    await page.waitForFunction((url) => location.href.startsWith(url), {}, redirect());
    expect(await subjectOf(new URL(page.url()))).toBe('grace');

    const denied = new URL((await browser.signIn(authorization({ prompt: 'consent' }), { deny: true })).url());
    expect(denied.searchParams.get('error')).toBe('access_denied');
  }, 20_000);

  it('asks nobody who is signed in and has agreed', async () => {
    const page = await browser.signIn(authorization());
    expect(page.url().startsWith(redirect())).toBe(true);
  }, 20_000);

  it('shows an error page of its own where there is nowhere to send it', async () => {
    const page = await browser.open(authorization({ client_id: 'nobody' }));
    expect(await page.evaluate(() => document.body.innerText)).toMatch(/Practice provider[\s\S]*invalid_client/);
  });

  it('signs out when asked', async () => {
    const page = await browser.open(`${practice.info.issuer}/session/end`);
    await Promise.all([page.waitForNavigation(), page.click('button[value="yes"]')]);
    expect(await page.evaluate(() => document.body.innerText)).toContain('Signed out');
    const next = await browser.open(authorization());
    expect(await next.$('button[value="continue"]')).not.toBeNull();
  }, 20_000);
});

describe('the same by HTTP alone', () => {
  it('switches accounts within one session', async () => {
    const practice = await startPractice();
    const user = new HttpUser();
    const url = `${practice.info.issuer}/auth?client_id=practice-public&response_type=code&scope=openid&prompt=login&redirect_uri=${encodeURIComponent('http://localhost:9/cb')}`;
    for (const account of ['ada', 'grace', 'ada']) {
      expect((await user.signIn(url, { account, until: 'http://localhost:9/' })).url).toMatch(/^http:\/\/localhost:9\/cb\?code=/);
    }
    await practice.close();
  });
});
