import { createPrivateKey, createPublicKey, randomBytes, X509Certificate, createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { JWK as ProviderJwk } from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formParameters, headerOf, messageParts, valueOf } from '../../../src-main/contract/index.ts';
import { prepareKey, viewOfKey } from '../../../src-main/flow/client-auth/client-keys.ts';
import type { ClientKey } from '../../../src-main/flow/client-key.ts';
import type { ResolvedClient } from '../../../src-main/flow/index.ts';
import type { Authenticating } from '../../support/authenticating/provider.ts';
import { startAuthenticating } from '../../support/authenticating/provider.ts';
import { JudgedRun } from '../../support/practice/judged-run.ts';

const secret = `CANARY-client_secret-${randomBytes(24).toString('hex')}`;
const oddSecret = `CANARY-client_secret-100%25+${randomBytes(12).toString('hex')}`;
let provider: Authenticating;
let key: ClientKey;

beforeAll(async () => {
  const made = await prepareKey({ source: 'generate', use: 'signing', alg: 'ES256' });
  if (!made.ok) throw new Error(made.problem.message);
  key = { jwk: createPrivateKey(made.value.privateKey).export({ format: 'jwk' }) as ClientKey['jwk'], alg: 'ES256', kid: made.value.kid };
  provider = await startAuthenticating([
    { client_id: 'signs', token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [(await viewOfKey('signing', made.value)).publicJwk as unknown as ProviderJwk] } },
    { client_id: 'encoded', client_secret: oddSecret },
    { client_id: 'public', token_endpoint_auth_method: 'none' },
    { client_id: 'bound', client_secret: secret, tls_client_certificate_bound_access_tokens: true },
  ], { nonces: true });
});
afterAll(() => provider.close());

const signing = (): ResolvedClient => ({ issuer: provider.issuer, clientId: 'signs', authMethod: 'private_key_jwt', secret: null, signingKey: async () => key });
const sentTo = (run: JudgedRun, purpose: string): string[] => [...run.state.exchanges.values()].filter(({ exchange }) => exchange.purpose === purpose).map(({ exchange }) => exchange.request);
const outcomeOf = (run: JudgedRun, kind: string): string | undefined => run.state.steps.findLast((step) => step.kind === kind)?.outcome;
const tokenId = (run: JudgedRun, kind: string): string => run.state.tokens.findLast(({ record }) => record.kind === kind)?.record.id ?? '';

describe('every request that authenticates the client', () => {
  it('refuses in the same words where the key is gone meanwhile', async () => {
    const run = new JudgedRun(signing());
    await run.start();
    run.client = { ...signing(), signingKey: async () => null };
    await run.act({ action: 'introspect', tokenId: tokenId(run, 'access_token') });
    expect(run.state.steps.at(-1)?.problem?.code).toBe('client-key-missing');
    expect(sentTo(run, 'introspection')).toEqual([]);
  });

  it('carries an assertion of its own: token, refresh, introspection, revocation', async () => {
    const run = new JudgedRun(signing());
    await run.start();
    await run.act({ action: 'refresh' });
    await run.act({ action: 'introspect', tokenId: tokenId(run, 'refresh_token') });
    await run.act({ action: 'revoke', tokenId: tokenId(run, 'refresh_token') });
    expect(['exchange', 'refresh', 'introspect', 'revoke'].map((kind) => outcomeOf(run, kind))).toEqual(['ok', 'ok', 'ok', 'ok']);
    const requests = [...sentTo(run, 'token'), ...sentTo(run, 'introspection'), ...sentTo(run, 'revocation')];
    const ids = requests.map((request) => decodeJwt(valueOf(formParameters(messageParts(request).body), 'client_assertion') ?? '').jti);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(4);
  });
});

describe('Basic credentials that the server decodes', () => {
  const encoded = (): ResolvedClient => ({ issuer: provider.issuer, clientId: 'encoded', authMethod: 'client_secret_basic', secret: oddSecret });

  it('are refused raw, and taken when the run is corrected', async () => {
    const run = new JudgedRun(encoded());
    await run.start({ clientAuth: { basicEncoding: 'raw' } });
    expect(run.state.refusals.at(-1)?.error.error).toBe('invalid_client');
    expect(await run.act({ action: 'run-corrected', correction: { change: 'basic-encoding', formEncode: true } })).toBeNull();
    expect(outcomeOf(run, 'exchange')).toBe('ok');
    // The environment stays as it was: corrections are for one request.
    expect(run.state.environment?.clientAuth?.basicEncoding).toBe('raw');
  });
});

describe('a refresh token that is bound to a key', () => {
  const open = (): ResolvedClient => ({ issuer: provider.issuer, clientId: 'public', authMethod: 'none', secret: null });

  it('is refreshed with the key of its run, also when the run is taken up again', async () => {
    const run = new JudgedRun(open());
    await run.start({ dpop: { alg: 'ES256' } });
    await run.act({ action: 'refresh' });
    expect([outcomeOf(run, 'exchange'), outcomeOf(run, 'refresh')]).toEqual(['ok', 'ok']);
    expect(run.events.filter(({ type }) => type === 'proof-key-made')).toHaveLength(1);
    // The nonce of the first exchange is known: one demand in the whole run.
    expect(sentTo(run, 'token')).toHaveLength(3);
  });

  it('is refused with another key, and the refusal is kept', async () => {
    const run = new JudgedRun(open());
    await run.start({ dpop: { alg: 'ES256' } });
    const made = run.events.findIndex(({ type }) => type === 'proof-key-made');
    const event = run.events[made];
    const other = await prepareKey({ source: 'generate', use: 'dpop', alg: 'ES256' });
    if (event?.type !== 'proof-key-made' || !other.ok) throw new Error('no key');
    run.events[made] = { ...event, privateKey: { name: 'private_key', value: JSON.stringify(createPrivateKey(other.value.privateKey).export({ format: 'jwk' })) } };
    await run.act({ action: 'refresh' });
    expect(outcomeOf(run, 'refresh')).toBe('refused');
    expect(run.state.refusals.at(-1)?.error.error).toMatch(/invalid_grant|invalid_dpop_proof/);
  });

  it('cannot be used where its key was taken out of the run, and says so', async () => {
    const run = new JudgedRun(open());
    await run.start({ dpop: { alg: 'ES256' } });
    const made = run.events.findIndex(({ type }) => type === 'proof-key-made');
    const event = run.events[made];
    if (event?.type !== 'proof-key-made') throw new Error('no key');
    run.events[made] = { ...event, privateKey: { name: 'private_key', value: '\ue0f0private_key:200:0011223344556677\ue0f1' } };
    await run.act({ action: 'refresh' });
    expect(run.state.steps.at(-1)?.problem?.code).toBe('proof-key-missing');
  });
});

describe('a certificate beside a client secret', () => {
  it('binds the access token to it (RFC 8705 §3)', async () => {
    const made = await prepareKey({ source: 'generate', use: 'certificate', alg: 'ES256', name: 'bound' });
    if (!made.ok || made.value.certificate === undefined) throw new Error('no certificate');
    const { certificate, privateKey } = made.value;
    expect(new X509Certificate(certificate).verify(createPublicKey(privateKey))).toBe(true);
    const run = new JudgedRun({
      issuer: provider.issuer, clientId: 'bound', authMethod: 'client_secret_basic', secret, clientCertificate: async () => ({ ok: true, value: { cert: certificate, key: privateKey } }),
    });
    await run.start({ clientAuth: { certificate } });
    expect([outcomeOf(run, 'exchange'), outcomeOf(run, 'userinfo')]).toEqual(['ok', 'ok']);
    await run.act({ action: 'introspect', tokenId: tokenId(run, 'access_token') });
    const answer = [...run.state.exchanges.values()].findLast(({ exchange }) => exchange.purpose === 'introspection')?.exchange;
    expect(new URL(answer?.url ?? '').origin).toBe(provider.secureOrigin);
    const { cnf } = JSON.parse(answer?.response?.body ?? '{}') as { cnf?: Record<string, string> };
    expect(cnf?.['x5t#S256']).toBe(createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url'));
    expect(headerOf(messageParts(answer?.request ?? '').headers, 'authorization')).toMatch(/^Basic /);
  });
});
