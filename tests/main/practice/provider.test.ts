import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as client from 'openid-client';
import { startPracticeProvider } from '../../../src-main/practice/index.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { HttpUser } from '../../support/browser/index.ts';
import { startPractice, usualLifetimes } from '../../support/practice/index.ts';
import { confidential, publicClient, redeem, redirectUri, signIn } from '../../support/practice/client.ts';

const refused = (error: string) => expect.objectContaining({ error });

describe('practice provider', () => {
  let practice: PracticeProvider;
  const said: unknown[][] = [];

  beforeAll(async () => {
    for (const method of ['info', 'warn', 'log', 'error'] as const) vi.spyOn(console, method).mockImplementation((...words: unknown[]) => { said.push(words); });
    practice = await startPractice();
  });

  afterAll(async () => {
    await practice.close();
    vi.restoreAllMocks();
    expect(said).toEqual([]);
  });

  for (const [name, method] of [['client_secret_basic', client.ClientSecretBasic], ['client_secret_post', client.ClientSecretPost]] as const) {
    it(`goes through the whole code flow with ${name}`, async () => {
      const configuration = await confidential(practice, method);
      const tokens = await redeem(configuration, await signIn(configuration));
      const { sub } = tokens.claims() ?? {};
      expect(sub).toBe('ada');
      expect(tokens.expires_in).toBe(120);
      expect(tokens.refresh_token).toEqual(expect.any(String));
      const info = await client.fetchUserInfo(configuration, tokens.access_token, 'ada');
      expect(info).toMatchObject({ name: 'Ada Lovelace', email: 'ada@example.com', email_verified: true });
    });
  }

  it('gives the public client a refresh token without prompt=consent, and rotates it', async () => {
    const configuration = await publicClient(practice);
    const first = await redeem(configuration, await signIn(configuration));
    const second = await client.refreshTokenGrant(configuration, first.refresh_token as string);
    expect(second.refresh_token).toEqual(expect.any(String));
    expect(second.refresh_token).not.toBe(first.refresh_token);
  });

  it('refuses a rotated refresh token, and then the newest too', async () => {
    const configuration = await confidential(practice);
    const first = await redeem(configuration, await signIn(configuration, { scope: 'openid offline_access', prompt: 'consent' }));
    const second = await client.refreshTokenGrant(configuration, first.refresh_token as string);
    await expect(client.refreshTokenGrant(configuration, first.refresh_token as string)).rejects.toEqual(refused('invalid_grant'));
    await expect(client.refreshTokenGrant(configuration, second.refresh_token as string)).rejects.toEqual(refused('invalid_grant'));
  });

  it('refuses a code the second time, and ends what the first gave', async () => {
    const configuration = await confidential(practice);
    const signedIn = await signIn(configuration);
    const tokens = await redeem(configuration, signedIn);
    await expect(redeem(configuration, signedIn)).rejects.toEqual(refused('invalid_grant'));
    expect(await client.tokenIntrospection(configuration, tokens.access_token)).toEqual({ active: false });
  });

  it('refuses a code after its lifetime, which can be changed while it runs', async () => {
    const configuration = await confidential(practice);
    practice.setLifetimes({ ...usualLifetimes, authorizationCode: 1 });
    try {
      const signedIn = await signIn(configuration);
      await new Promise((later) => setTimeout(later, 1050));
      await expect(redeem(configuration, signedIn)).rejects.toEqual(refused('invalid_grant'));
    } finally {
      practice.setLifetimes(usualLifetimes);
    }
    await expect(redeem(configuration, await signIn(configuration))).resolves.toHaveProperty('access_token');
  });

  it('refuses a wrong verifier, a missing verifier and another redirect URI', async () => {
    const configuration = await confidential(practice);
    const { callback, checks } = await signIn(configuration);
    await expect(redeem(configuration, { callback, checks: { ...checks, pkceCodeVerifier: client.randomPKCECodeVerifier() } })).rejects.toEqual(refused('invalid_grant'));
    const { pkceCodeVerifier: _unsent, ...without } = checks;
    await expect(redeem(configuration, { callback, checks: without })).rejects.toEqual(refused('invalid_grant'));
    const elsewhere = new URL(`http://127.0.0.1:49153/any/path${callback.search}`);
    await expect(redeem(configuration, { callback: elsewhere, checks })).rejects.toEqual(refused('invalid_grant'));
  });

  it('refuses a wrong secret with invalid_client', async () => {
    const configuration = await confidential(practice, () => client.ClientSecretBasic('CANARY-wrong-secret'));
    await expect(redeem(configuration, await signIn(configuration))).rejects.toMatchObject({ status: 401 });
  });

  it('works without PKCE, as old clients do', async () => {
    const configuration = await confidential(practice);
    const state = client.randomState();
    const url = client.buildAuthorizationUrl(configuration, { redirect_uri: redirectUri, scope: 'openid', state });
    const { url: callback } = await new HttpUser().signIn(url.href, { account: 'grace', until: redirectUri });
    const tokens = await client.authorizationCodeGrant(configuration, new URL(callback), { expectedState: state });
    expect(tokens.claims()?.sub).toBe('grace');
  });

  it('brings the person\'s no as access_denied, with state and iss', async () => {
    const configuration = await confidential(practice);
    const { callback, checks } = await signIn(configuration, {}, true);
    expect(callback.searchParams.get('error')).toBe('access_denied');
    expect(callback.searchParams.get('state')).toBe(checks.expectedState);
    expect(callback.searchParams.get('iss')).toBe(practice.info.issuer);
  });

  it('revokes, introspects and takes pushed requests', async () => {
    const configuration = await confidential(practice);
    const tokens = await redeem(configuration, await signIn(configuration));
    expect(await client.tokenIntrospection(configuration, tokens.access_token)).toMatchObject({ active: true, sub: 'ada' });
    await client.tokenRevocation(configuration, tokens.refresh_token as string);
    await expect(client.refreshTokenGrant(configuration, tokens.refresh_token as string)).rejects.toEqual(refused('invalid_grant'));
    const pushed = await client.buildAuthorizationUrlWithPAR(configuration, { redirect_uri: redirectUri, scope: 'openid', state: 'pushed' });
    expect(pushed.searchParams.get('request_uri')).toMatch(/^urn:/);
  });

  it('lets an access token die on time', async () => {
    const configuration = await confidential(practice);
    practice.setLifetimes({ ...usualLifetimes, accessToken: 1 });
    const tokens = await redeem(configuration, await signIn(configuration)).finally(() => practice.setLifetimes(usualLifetimes));
    expect(tokens.expires_in).toBe(1);
    await new Promise((later) => setTimeout(later, 1050));
    expect(await client.tokenIntrospection(configuration, tokens.access_token)).toEqual({ active: false });
  });

  it('states a Date, so that clocks can be compared', async () => {
    const response = await fetch(`${practice.info.issuer}/.well-known/openid-configuration`);
    expect(Math.abs(Date.parse(response.headers.get('date') ?? '') - Date.now())).toBeLessThan(5000);
  });

  it('says so where a given port is taken, and takes another where none was given', async () => {
    const taken = Number(new URL(practice.info.issuer).port);
    const again = await startPracticeProvider({ port: taken, lifetimes: usualLifetimes });
    expect(again).toMatchObject({ ok: false, problem: { code: 'port-in-use', message: expect.stringContaining(String(taken)) } });
    const first = await startPracticeProvider({ lifetimes: usualLifetimes });
    const second = await startPracticeProvider({ lifetimes: usualLifetimes });
    try {
      expect(first.ok && second.ok && first.value.info.issuer !== second.value.info.issuer).toBe(true);
    } finally {
      for (const started of [first, second]) if (started.ok) await started.value.close();
    }
  });

  it('has other keys and another secret at every start', async () => {
    const other = await startPractice();
    try {
      const keysOf = async (issuer: string) => JSON.stringify((await (await fetch(`${issuer}/jwks`)).json() as { keys: { n?: string; x?: string }[] }).keys.map(({ n, x }) => n ?? x));
      expect(await keysOf(other.info.issuer)).not.toBe(await keysOf(practice.info.issuer));
      expect(other.info.clients.confidential.secret).not.toBe(practice.info.clients.confidential.secret);
    } finally {
      await other.close();
    }
  });
});
