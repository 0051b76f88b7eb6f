import { createPrivateKey, randomBytes } from 'node:crypto';
import type { ClientMetadata, JWK as ProviderJwk } from 'oidc-provider';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientAuthMethod, ClientAuthOptions, KeyView, SigningAlgorithm } from '../../../src-main/contract/index.ts';
import { formParameters, messageParts, valueOf } from '../../../src-main/contract/index.ts';
import type { StoredKey } from '../../../src-main/flow/client-auth/client-keys.ts';
import { prepareKey, viewOfKey } from '../../../src-main/flow/client-auth/client-keys.ts';
import type { ClientKey } from '../../../src-main/flow/client-key.ts';
import type { ResolvedClient } from '../../../src-main/flow/index.ts';
import { SecretBook } from '../../../src-main/wire/secrets/index.ts';
import type { Authenticating } from '../../support/authenticating/provider.ts';
import { startAuthenticating } from '../../support/authenticating/provider.ts';
import type { Played } from '../../support/featured/play.ts';
import { play } from '../../support/featured/play.ts';

// Characters that look different form-encoded: that is where servers and clients disagree.
const secret = `CANARY-client_secret-+%/: ${randomBytes(24).toString('base64')}`;
const allAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const;

interface Owned { stored: StoredKey; view: KeyView }
const keys = new Map<string, Owned>();
let provider: Authenticating;

async function owned(use: 'signing' | 'certificate', alg: SigningAlgorithm): Promise<Owned> {
  const made = await prepareKey({ source: 'generate', use, alg, name: 'client' });
  if (!made.ok) throw new Error(made.problem.message);
  return { stored: made.value, view: await viewOfKey(use, made.value) };
}

const keyOf = (name: string): Owned => keys.get(name) ?? (() => { throw new Error(name); })();
const clientKey = ({ stored }: Owned): ClientKey => ({ jwk: createPrivateKey(stored.privateKey).export({ format: 'jwk' }) as ClientKey['jwk'], alg: stored.alg, kid: stored.kid });

beforeAll(async () => {
  for (const alg of allAlgorithms) keys.set(alg, await owned('signing', alg));
  keys.set('stranger', await owned('signing', 'ES256'));
  for (const name of ['certificate', 'other certificate']) keys.set(name, await owned('certificate', 'ES256'));
  const clients: ClientMetadata[] = [
    ...(['client_secret_basic', 'client_secret_post', 'client_secret_jwt'] as const).map((method) => ({ client_id: method, client_secret: secret, token_endpoint_auth_method: method })),
    { client_id: 'none', token_endpoint_auth_method: 'none' },
    {
      client_id: 'private_key_jwt', token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: allAlgorithms.map((alg) => keyOf(alg).view.publicJwk as unknown as ProviderJwk) },
    },
    {
      client_id: 'self_signed_tls_client_auth', token_endpoint_auth_method: 'self_signed_tls_client_auth',
      jwks: { keys: [{ ...keyOf('certificate').view.publicJwk, x5c: [derOf(keyOf('certificate'))] } as unknown as ProviderJwk] },
    },
    { client_id: 'tls_client_auth', token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: 'CN=known client' },
  ];
  provider = await startAuthenticating(clients);
});
afterAll(() => provider.close());

const derOf = ({ stored }: Owned): string => (stored.certificate ?? '').replace(/-----[^-]+-----|\s/g, '');

function run(authMethod: ClientAuthMethod, client: Partial<ResolvedClient> = {}, clientAuth?: ClientAuthOptions, change: Record<string, unknown> = {}): Promise<Played> {
  const { issuer } = provider;
  return play({ issuer, secret, key: {} as never }, { client: { id: authMethod, authMethod }, ...(clientAuth && { clientAuth }), ...change }, undefined, {
    clientId: authMethod, authMethod, secret: authMethod.startsWith('client_secret') ? secret : null, signingKey: async () => null, ...client,
  });
}

const exchanged = (played: Played): string | undefined => played.steps().find((step) => step.startsWith('exchange'));
const problemOf = (played: Played): string | undefined => played.of('flow-ended')[0]?.problem?.code;
const refusalOf = (played: Played): string | null | undefined => played.of('grant-refused')[0]?.error.error;
const form = (request: string | undefined) => formParameters(messageParts(request ?? '').body);
const assertionOf = (played: Played): string => valueOf(form(played.sent('token').at(-1)), 'client_assertion') ?? '';

describe('what is not there is said before anything is sent', () => {
  it.each([
    ['client_secret_basic', 'secret-missing'], ['client_secret_post', 'secret-missing'], ['client_secret_jwt', 'secret-missing'],
    ['private_key_jwt', 'client-key-missing'], ['tls_client_auth', 'client-certificate-missing'], ['self_signed_tls_client_auth', 'client-certificate-missing'],
  ] as const)('%s', async (method, code) => {
    const played = await run(method, { secret: null });
    expect(problemOf(played)).toBe(code);
    expect(played.sent('token')).toEqual([]);
  });

  it('a key that cannot sign with the chosen algorithm', async () => {
    const played = await run('private_key_jwt', { signingKey: async () => clientKey(keyOf('ES256')) }, { assertion: { alg: 'RS256' } });
    expect(problemOf(played)).toBe('key-wrong-algorithm');
    expect(played.sent('token')).toEqual([]);
  });
});

describe('what is wrong is refused by the server and recorded', () => {
  it.each(['client_secret_basic', 'client_secret_post', 'client_secret_jwt'] as const)('%s with another secret', async (method) => {
    expect(refusalOf(await run(method, { secret: 'CANARY-client_secret-another-one-that-is-long-enough' }))).toBe('invalid_client');
  });

  it('an assertion signed by a stranger', async () => {
    expect(refusalOf(await run('private_key_jwt', { signingKey: async () => clientKey(keyOf('stranger')) }))).toBe('invalid_client');
  });

  it('an assertion for somebody else', async () => {
    const played = await run('private_key_jwt', { signingKey: async () => clientKey(keyOf('ES256')) }, { assertion: { audience: 'typed', typedAudience: 'https://elsewhere.example' } });
    expect(decodeJwt(assertionOf(played)).aud).toBe('https://elsewhere.example');
    expect(refusalOf(played)).toBe('invalid_client');
  });

  it.each(['self_signed_tls_client_auth', 'tls_client_auth'] as const)('%s with a certificate that is not registered', async (method) => {
    const { privateKey, certificate = '' } = keyOf('other certificate').stored;
    const played = await run(method, { clientCertificate: async () => ({ ok: true, value: { cert: certificate, key: privateKey } }) });
    expect(refusalOf(played)).toBe('invalid_client');
  });

  it('tls_client_auth with a certificate of the authority and another subject', async () => {
    const { cert, key } = provider.clientAuthority.issue({ name: 'unknown client' });
    expect(refusalOf(await run('tls_client_auth', { clientCertificate: async () => ({ ok: true, value: { cert, key } }) }))).toBe('invalid_client');
  });

  it('a certificate with the key of another: nothing is sent', async () => {
    const { certificate = '' } = keyOf('certificate').stored;
    const played = await run('self_signed_tls_client_auth', { clientCertificate: async () => ({ ok: true, value: { cert: certificate, key: keyOf('other certificate').stored.privateKey } }) });
    expect(played.of('exchange-recorded').find(({ exchange }) => exchange.purpose === 'token')?.exchange).toMatchObject({ request: '', failure: { code: 'invalid-trust' } });
  });
});

describe('what is right is accepted', () => {
  it.each(['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'none'] as const)('%s', async (method) => {
    expect(exchanged(await run(method))).toBe('exchange: ok');
  });

  it.each(['HS256', 'HS384', 'HS512'] as const)('client_secret_jwt with %s', async (mac) => {
    const played = await run('client_secret_jwt', {}, { assertion: { mac } });
    expect(exchanged(played)).toBe('exchange: ok');
    expect(decodeProtectedHeader(assertionOf(played)).alg).toBe(mac);
  });

  it.each(allAlgorithms)('private_key_jwt with %s', async (alg) => {
    const played = await run('private_key_jwt', { signingKey: async () => clientKey(keyOf(alg)) });
    expect(exchanged(played)).toBe('exchange: ok');
    expect(decodeProtectedHeader(assertionOf(played))).toEqual({ alg, kid: keyOf(alg).view.kid });
  });

  it('private_key_jwt for pushed requests too, each with an assertion of its own', async () => {
    const played = await run('private_key_jwt', { signingKey: async () => clientKey(keyOf('ES256')) }, undefined, { request: { pushed: true } });
    expect(exchanged(played)).toBe('exchange: ok');
    const pushed = valueOf(form(played.sent('par')[0]), 'client_assertion') ?? '';
    expect(decodeJwt(pushed).jti).not.toBe(decodeJwt(assertionOf(played)).jti);
  });

  it('self_signed_tls_client_auth, at the endpoint that asks for a certificate', async () => {
    const { privateKey, certificate = '' } = keyOf('certificate').stored;
    const played = await run('self_signed_tls_client_auth', { clientCertificate: async () => ({ ok: true, value: { cert: certificate, key: privateKey } }) });
    expect(exchanged(played)).toBe('exchange: ok');
    const token = played.of('exchange-recorded').find(({ exchange }) => exchange.purpose === 'token')?.exchange;
    expect(new URL(token?.url ?? '').origin).toBe(provider.secureOrigin);
    expect(valueOf(form(token?.request), 'client_id')).toBe('self_signed_tls_client_auth');
  });

  it('tls_client_auth', async () => {
    const { cert, key } = provider.clientAuthority.issue({ name: 'known client' });
    expect(exchanged(await run('tls_client_auth', { clientCertificate: async () => ({ ok: true, value: { cert, key } }) }))).toBe('exchange: ok');
  });
});

describe('how it is sent', () => {
  it('Basic form-encoded, or raw where the server wants it so', async () => {
    const credentials = async (encoding: 'form' | 'raw'): Promise<string> => {
      const played = await run('client_secret_basic', {}, { basicEncoding: encoding });
      const value = messageParts(played.sent('token')[0] ?? '').headers.find(({ name }) => name.toLowerCase() === 'authorization')?.value ?? '';
      return Buffer.from(value.replace('Basic ', ''), 'base64').toString('utf8');
    };
    expect(await credentials('raw')).toBe(`client_secret_basic:${secret}`);
    expect(await credentials('form')).toBe(`client_secret_basic:${new URLSearchParams({ s: secret }).toString().slice(2)}`);
  });

  it.each(['issuer', 'token_endpoint', 'both'] as const)('the audience %s', async (audience) => {
    const played = await run('private_key_jwt', { signingKey: async () => clientKey(keyOf('ES256')) }, { assertion: { audience, lifetime: 7, kid: 'named' } });
    const token = `${provider.issuer}/token`;
    const claims = decodeJwt(assertionOf(played));
    expect(claims.aud).toEqual({ issuer: provider.issuer, token_endpoint: token, both: [provider.issuer, token] }[audience]);
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(7);
    expect(decodeProtectedHeader(assertionOf(played)).kid).toBe('named');
  });
});

describe('what a run shows of it', () => {
  it('masks the signature of an assertion and shows its claims; the private key is nowhere', async () => {
    const key = clientKey(keyOf('ES256'));
    const { events, ...played } = await run('private_key_jwt', { signingKey: async () => key });
    const book = new SecretBook(randomBytes(32));
    for (const event of events) book.learn(event);
    const text = JSON.stringify(events.map((event) => book.maskEvent(event)));
    const [header = '', claims = '', signature = ''] = assertionOf({ ...played, events }).split('.');
    expect(text).toContain(`${header}.${claims}.`);
    expect(text).not.toContain(signature);
    expect(JSON.stringify(events)).not.toContain(key.jwk.d);
  });

  it('an assertion made with the secret does not give the secret away', async () => {
    const { events } = await run('client_secret_jwt');
    for (const spelling of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) expect(JSON.stringify(events)).not.toContain(spelling);
  });

  it('the key of a client certificate is nowhere', async () => {
    const { privateKey, certificate = '' } = keyOf('certificate').stored;
    const { events } = await run('self_signed_tls_client_auth', { clientCertificate: async () => ({ ok: true, value: { cert: certificate, key: privateKey } }) });
    expect(JSON.stringify(events)).not.toContain((privateKey.split('\n')[1] ?? '-').slice(0, 40));
  });
});
