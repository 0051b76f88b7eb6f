import { randomBytes } from 'node:crypto';
import { get } from 'node:https';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SecretBook } from '../../../src-main/wire/secrets/index.ts';
import { leaks } from '../wire/secrets/events.ts';
import { formParameters } from '../../../src-main/contract/index.ts';
import { HttpUser, RealBrowser, sendRaw } from '../../support/browser/index.ts';
import type { Featured } from '../../support/featured/provider.ts';
import { startFeatured } from '../../support/featured/provider.ts';
import type { Visit } from '../../support/featured/play.ts';
import { play } from '../../support/featured/play.ts';

let provider: Featured;
let browser: RealBrowser;
const pages: string[] = [];
/** Waits until the tab stands on our closing page, so that every hand-over has run. */
const realVisit: Visit = async ({ url }) => {
  const page = await browser.open(url);
  await page.waitForFunction('location.pathname.startsWith("/grantscope-")');
  pages.push(page.url());
  await page.close();
};

beforeAll(async () => { [provider, browser] = await Promise.all([startFeatured(), RealBrowser.launch()]); });
afterAll(() => Promise.all([provider.close(), browser.close()]));

const freePort = (): Promise<number> => new Promise((found) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => found(port));
  });
});

const whole = ['discover: ok', 'authorize: ok', 'receive: ok', 'exchange: ok', 'validate: ok', 'userinfo: ok'];
/** Attack 39: what of the code, the answer's JWT and the tokens is left in the events as the window gets them. */
function leaksOf(run: Awaited<ReturnType<typeof play>>): string[] {
  const book = new SecretBook(randomBytes(32));
  const masked = run.events.map((event) => {
    book.learn(event);
    return book.maskEvent(event);
  });
  const shown = run.of('callback-received').at(-1)?.parameters ?? [];
  const secrets = [...shown.filter(({ name }) => name === 'code').map(({ value }) => value), ...shown.filter(({ name }) => /^(response|id_token)$/.test(name)).map(({ value }) => value.split('.').at(-1) ?? ''),
    ...run.of('tokens-received').flatMap(({ tokens }) => tokens.map(({ value }) => value.split('.').at(-1) ?? ''))];
  expect(secrets.length).toBeGreaterThan(2);
  return secrets.flatMap((secret) => leaks(masked, secret));
}
const failedOf = (run: Awaited<ReturnType<typeof play>>) => [...run.of('response-checked'), ...run.of('token-checked')]
  .flatMap(({ verdicts }) => verdicts.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check));

describe('responses, from node-oidc-provider through a real browser', () => {
  it.each([
    ['query', 'query', 1], ['form_post', 'form_post', 1], ['fragment', 'fragment', 2],
    ['jwt', 'query', 1], ['query.jwt', 'query', 1], ['form_post.jwt', 'form_post', 1], ['fragment.jwt', 'fragment', 2],
  ] as const)('takes response_mode %s', async (responseMode, carrier, callbacks) => {
    const run = await play(provider, { request: { responseMode } }, realVisit);
    expect(run.steps()).toEqual(whole);
    const events = run.of('callback-received');
    expect(events).toHaveLength(callbacks);
    expect(events.at(-1)).toMatchObject({ verdict: 'accepted', carrier, ...(responseMode.endsWith('jwt') && { jarm: true }) });
    if (callbacks === 2) expect(events[0]).toMatchObject({ verdict: 'handoff', answered: 200, parameters: [] });
    const checked = run.of('response-checked').map(({ what, verdicts }) => [what, verdicts.map(({ check, outcome }) => `${check} ${outcome}`)]);
    expect(checked).toEqual(responseMode.endsWith('jwt') ? [['jarm', ['alg passed', 'key passed', 'signature passed', 'iss passed', 'aud passed', 'exp passed']]] : []);
    expect(leaksOf(run)).toEqual([]);
    expect(pages.at(-1)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/grantscope-done$/);
  });

  it('attack 14: a fragment that was handed over is neither in the address bar nor in the history', async () => {
    const seen: string[] = [];
    const run = await play(provider, { request: { responseMode: 'fragment' } }, async ({ url }) => {
      const page = await browser.open(url);
      page.on('framenavigated', (frame) => { seen.push(frame.url()); });
      await page.waitForFunction('location.pathname.startsWith("/grantscope-")');
      seen.push(page.url());
      const history = await (await page.createCDPSession()).send('Page.getNavigationHistory');
      seen.push(...history.entries.map((entry) => entry.url));
      await page.close();
    });
    const code = run.of('callback-received').at(-1)?.parameters.find(({ name }) => name === 'code')?.value ?? '';
    expect(code.length).toBeGreaterThan(20);
    expect(seen.filter((url) => url.includes('/grantscope-done')).length).toBeGreaterThan(0);
    expect(seen.slice(1).filter((url) => url.includes(code))).toEqual([]);
  });

  it('takes the hybrid flow, and checks its first ID token with c_hash', async () => {
    const run = await play(provider, { request: { responseType: 'code id_token' } }, realVisit);
    expect(run.steps()).toEqual(whole);
    const [checked] = run.of('response-checked');
    expect(leaksOf(run)).toEqual([]);
    expect(checked?.what).toBe('id_token');
    expect(checked?.verdicts.filter(({ check }) => ['signature', 'nonce', 'c_hash'].includes(check)).map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed']);
  });

  it('takes an error in the modes that are no query', async () => {
    for (const responseMode of ['form_post', 'fragment.jwt']) {
      const run = await play(provider, { request: { responseMode, prompt: 'none' } }, async ({ url }) => {
        // A fresh person: prompt=none has nobody to go on with.
        const stranger = await RealBrowser.launch();
        const page = await stranger.open(url);
        await page.waitForFunction('location.pathname.startsWith("/grantscope-")');
        await stranger.close();
      });
      expect(run.of('callback-received').at(-1)).toMatchObject({ verdict: 'accepted-error', error: { error: 'login_required' } });
      expect(run.steps().at(-1)).toBe('receive: refused');
    }
  });

  it('opens an encrypted JARM answer and a nested encrypted ID token with the client key', async () => {
    const encrypting = await startFeatured({ client: {
      authorization_encrypted_response_alg: 'ECDH-ES', authorization_encrypted_response_enc: 'A256GCM', authorization_signed_response_alg: 'ES256',
      id_token_encrypted_response_alg: 'ECDH-ES', id_token_encrypted_response_enc: 'A256GCM', id_token_signed_response_alg: 'ES256',
    } });
    const run = await play(encrypting, { request: { responseMode: 'form_post.jwt' } }, realVisit);
    expect(run.steps()).toEqual(whole);
    expect(run.of('token-checked')[0]?.verdicts[0]).toMatchObject({ check: 'decryption', outcome: 'passed', found: 'ECDH-ES, A256GCM' });
    expect(failedOf(run)).toEqual([]);
    const keyless = await play(encrypting, { request: { responseMode: 'jwt' } }, async ({ url, redirectUri }) => {
      const page = await browser.open(url);
      // Ends the wait: the answer that cannot be read did not.
      const state = new URL(url).searchParams.get('state') ?? '';
      await page.goto(`${redirectUri}?${new URLSearchParams({ error: 'access_denied', state, iss: encrypting.issuer })}`);
      await page.close();
    }, { signingKey: async () => { throw new Error('The vault is locked'); } });
    expect(keyless.of('callback-received')[0]).toMatchObject({ verdict: 'malformed', found: 'an encrypted JWT that no key of this client opens', answered: 400 });
    await encrypting.close();
  });

  it('verifies an ID token of every algorithm', async () => {
    for (const alg of ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519', 'HS256', 'HS384', 'HS512'] as const) {
      const signing = await startFeatured({ client: { id_token_signed_response_alg: alg } });
      const run = await play(signing);
      expect(run.of('token-checked')[0]?.verdicts.find(({ check }) => check === 'alg')?.found).toBe(alg);
      expect([alg, failedOf(run)]).toEqual([alg, []]);
      await signing.close();
    }
  });

  it('reports an answer that is not in the mode asked for, and ends the flow there where the environment is strict', async () => {
    const asks = { authorizationParameters: [{ name: 'response_mode', value: 'jwt' }] };
    const plain: Visit = async ({ url, redirectUri }) => {
      const { searchParams } = new URL(url);
      searchParams.set('response_mode', 'query');
      await browser.open(`${new URL(url).origin}/auth?${searchParams}`).then((page) => page.close());
      expect(redirectUri).toBeTruthy();
    };
    const lenient = await play(provider, asks, plain);
    expect(failedOf(lenient)).toEqual(['response']);
    expect(lenient.steps()).toEqual(whole);
    const strict = await play(provider, { ...asks, strict: true }, plain);
    expect(strict.steps()).toEqual(['discover: ok', 'authorize: ok', 'receive: failed']);
    expect(strict.of('flow-ended')[0]).toMatchObject({ outcome: 'failed', problem: { code: 'response-check' } });
  });

  it('a strict environment ends the flow at a failed check of the ID token, any other goes on', async () => {
    // The nonce of the request is changed on the way, as a proxy might.
    const tampered: Visit = async ({ url }) => {
      const changed = new URL(url);
      changed.searchParams.set('nonce', 'another');
      await (await browser.open(changed.href)).close();
    };
    expect((await play(provider, {}, tampered)).steps()).toEqual([...whole.slice(0, 4), 'validate: failed', 'userinfo: ok']);
    const strict = await play(provider, { strict: true }, tampered);
    expect(strict.steps()).toEqual([...whole.slice(0, 4), 'validate: failed']);
    expect(strict.of('flow-ended')[0]).toMatchObject({ outcome: 'failed', problem: { code: 'id-token-check' } });
  });

  it('comes back over https to a registered redirect URI, under the certificate of this machine', async () => {
    const port = await freePort();
    const web = await startFeatured({ client: { application_type: 'web', grant_types: ['authorization_code'], response_types: ['code'], redirect_uris: [`https://localhost:${port}/callback`] } });
    const run = await play(web, { redirect: { scheme: 'https', host: 'localhost', port, path: '/callback' } }, async ({ url, redirectUri }) => {
      const { url: back } = await new HttpUser().signIn(url, { until: redirectUri });
      await new Promise((answered, failed) => { get(back, { rejectUnauthorized: false, agent: false }, answered).once('error', failed); });
    });
    expect(run.steps()).toEqual(whole);
    expect(run.of('listening')[0]?.redirectUri).toBe(`https://localhost:${port}/callback`);
    await web.close();
  });

  it('a bad POST or hand-over does not end the pending flow', async () => {
    const run = await play(provider, { request: { responseMode: 'form_post' } }, async (request) => {
      const { port, host } = new URL(request.redirectUri);
      for (const form of ['code=forged&state=forged', `code=forged&state=forged&iss=${encodeURIComponent(provider.issuer)}`]) {
        await sendRaw(Number(port), `POST /callback HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form}`);
      }
      await realVisit(request);
    });
    expect(run.of('callback-received').map(({ verdict }) => verdict)).toEqual(['iss-missing', 'state-mismatch', 'accepted']);
    expect(formParameters(run.of('callback-received')[2]?.request.split('\r\n\r\n')[1] ?? '').map(({ name }) => name)).toContain('code');
    expect(run.steps()).toEqual(whole);
  });
});
