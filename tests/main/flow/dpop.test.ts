import { createHash, createPrivateKey, randomBytes } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, EmbeddedJWK, generateKeyPair, exportJWK, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent, RunEventOf, SigningAlgorithm } from '../../../src-main/contract/index.ts';
import { headerOf, messageParts } from '../../../src-main/contract/index.ts';
import { prepareKey } from '../../../src-main/flow/client-auth/client-keys.ts';
import { dpopProof, nonceOf } from '../../../src-main/flow/dpop.ts';
import type { ResolvedClient } from '../../../src-main/flow/index.ts';
import { SecretBook } from '../../../src-main/wire/secrets/index.ts';
import type { Authenticating } from '../../support/authenticating/provider.ts';
import { startAuthenticating } from '../../support/authenticating/provider.ts';
import type { Played } from '../../support/featured/play.ts';
import { play } from '../../support/featured/play.ts';

const secret = `CANARY-client_secret-${randomBytes(24).toString('hex')}`;
const client = { client_id: 'client', client_secret: secret, dpop_bound_access_tokens: true };
let lax: Authenticating;
let strict: Authenticating;
beforeAll(async () => {
  [lax, strict] = await Promise.all([startAuthenticating([client]), startAuthenticating([client], { nonces: true })]);
});
afterAll(() => Promise.all([lax.close(), strict.close()]));

function run(provider: Authenticating, dpop: Record<string, unknown> | null, resolved: Partial<ResolvedClient> = {}): Promise<Played> {
  return play({ issuer: provider.issuer, secret, key: {} as never }, dpop === null ? {} : { dpop }, undefined, resolved);
}

const proofOf = (request: string | undefined): string => headerOf(messageParts(request ?? '').headers, 'dpop') ?? '';
const authorizationOf = (request: string | undefined): string => headerOf(messageParts(request ?? '').headers, 'authorization') ?? '';
const outcomes = (played: Played): string[] => played.steps().filter((step) => /^(exchange|userinfo)/.test(step));

describe('DPoP, refused', () => {
  it('a server that binds tokens refuses a request without a proof', async () => {
    const played = await run(lax, null);
    expect(outcomes(played)).toEqual(['exchange: refused']);
  });

  it('an algorithm the kept key cannot sign with: said before anything goes out', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const played = await run(lax, { alg: 'RS256', key: 'environment' }, { proofKey: async () => ({ ok: true, value: { jwk: await exportJWK(privateKey), alg: 'ES256' } }) });
    expect(played.of('flow-ended')[0]?.problem).toMatchObject({ code: 'key-wrong-algorithm', field: 'dpop.alg' });
    expect(played.of('authorization-requested')).toEqual([]);
  });

  it('a kept key that is not at hand', async () => {
    expect((await run(lax, { alg: 'ES256', key: 'environment' })).of('flow-ended')[0]?.problem?.code).toBe('proof-key-missing');
  });

  it('a proof that answers a nonce demand with another demand is not repeated for ever', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const { port } = server.address() as AddressInfo;
      const origin = `http://127.0.0.1:${port}`;
      if (request.url?.startsWith('/.well-known')) {
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify({ issuer: origin, authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token` }));
      } else if (request.url?.startsWith('/authorize')) {
        const { searchParams } = new URL(request.url, origin);
        response.writeHead(302, { Location: `${searchParams.get('redirect_uri')}?code=CANARY-code-1&state=${searchParams.get('state')}` }).end();
      } else {
        asked.push(String(decodeJwt(String(request.headers['dpop'])).nonce));
        response.writeHead(400, { 'Content-Type': 'application/json', 'DPoP-Nonce': `nonce-${asked.length}` });
        response.end('{"error":"use_dpop_nonce","error_description":"again"}');
      }
    });
    await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const played = await play({ issuer, secret, key: {} as never }, { dpop: { alg: 'ES256' }, scope: 'api' });
    server.close();
    server.closeAllConnections();
    expect(asked).toEqual(['undefined', 'nonce-1']);
    expect(played.of('grant-refused')[0]?.error.error).toBe('use_dpop_nonce');
    expect(outcomes(played)).toEqual(['exchange: refused']);
  });
});

describe('DPoP, accepted', () => {
  it.each(['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA', 'Ed25519'] as const satisfies readonly SigningAlgorithm[])('with %s, from the authorization request to userinfo', async (alg) => {
    const played = await run(lax, { alg });
    expect(outcomes(played)).toEqual(['exchange: ok', 'userinfo: ok']);
    const made = played.of('proof-key-made');
    expect(made).toHaveLength(1);
    expect(played.of('authorization-requested')[0]?.parameters).toContainEqual({ name: 'dpop_jkt', value: made[0]?.thumbprint });
    expect(await calculateJwkThumbprint(decodeProtectedHeader(proofOf(played.sent('token')[0])).jwk ?? {})).toBe(made[0]?.thumbprint);
    const token = played.of('tokens-received')[0]?.tokens.find(({ kind }) => kind === 'access_token');
    expect(token?.tokenType).toBe('DPoP');
    expect(authorizationOf(played.sent('userinfo')[0])).toBe(`DPoP ${token?.value}`);
    const proof = await jwtVerify(proofOf(played.sent('userinfo')[0]), EmbeddedJWK, { typ: 'dpop+jwt' });
    expect(proof.payload).toMatchObject({ htm: 'GET', htu: `${lax.issuer}/me`, ath: createHash('sha256').update(token?.value ?? '').digest('base64url') });
  });

  it('with nonces: the demand and the retry are two exchanges of one step, each with a proof of its own', async () => {
    const played = await run(strict, { alg: 'ES256' });
    expect(outcomes(played)).toEqual(['exchange: ok', 'userinfo: ok']);
    const requests = played.of('exchange-recorded').filter(({ exchange }) => exchange.purpose === 'token');
    expect(requests.map(({ exchange }) => exchange.response?.status)).toEqual([400, 200]);
    expect(new Set(requests.map(({ step }) => step)).size).toBe(1);
    const [first, second] = requests.map(({ exchange }) => decodeJwt(proofOf(exchange.request)));
    expect(first?.['nonce']).toBeUndefined();
    expect(second?.['nonce']).toBe(headerOf(messageParts(requests[0]?.exchange.response?.raw ?? '').headers, 'dpop-nonce'));
    expect(second?.jti).not.toBe(first?.jti);
    // The nonce is remembered: no second demand at this origin.
    expect(played.sent('userinfo')).toHaveLength(1);
    expect(played.of('grant-refused')).toEqual([]);
  });

  it('with the key of the environment, whose private half the run does not hold', async () => {
    const made = await prepareKey({ source: 'generate', use: 'dpop', alg: 'ES256' });
    if (!made.ok) throw new Error(made.problem.message);
    const jwk = createPrivateKey(made.value.privateKey).export({ format: 'jwk' }) as JsonWebKey & { kty: string };
    const resolved: Partial<ResolvedClient> = { proofKey: async () => ({ ok: true, value: { jwk, alg: 'ES256' } }) };
    const runs = [await run(lax, { alg: 'ES256', key: 'environment' }, resolved), await run(lax, { alg: 'ES256', key: 'environment' }, resolved)];
    expect(new Set(runs.map((played) => played.of('proof-key-made')[0]?.thumbprint))).toEqual(new Set([made.value.kid]));
    expect(runs.flatMap(outcomes)).toEqual(['exchange: ok', 'userinfo: ok', 'exchange: ok', 'userinfo: ok']);
    expect(JSON.stringify(runs[0]?.events)).not.toContain(jwk.d);
  });
});

describe('what a run shows of it', () => {
  it('masks the private key and the signatures of proofs, and shows what they claim', async () => {
    const { events } = await run(lax, { alg: 'ES256' });
    const book = new SecretBook(randomBytes(32));
    for (const event of events) book.learn(event);
    const masked = events.map((event) => book.maskEvent(event));
    const text = JSON.stringify(masked);
    const made = masked.find((event): event is RunEventOf<'proof-key-made'> => event.type === 'proof-key-made');
    const raw = events.find((event): event is RunEventOf<'proof-key-made'> => event.type === 'proof-key-made');
    const privateJwk = JSON.parse(raw?.privateKey?.value ?? '{}') as { d: string };
    expect(made?.privateKey?.value).toMatch(/^\ue0f0private_key:\d+:[0-9a-f]{16}\ue0f1$/);
    expect(text).not.toContain(privateJwk.d);
    expect(made?.thumbprint).toBe(raw?.thumbprint);
    for (const request of events.flatMap(requestOf).filter((sent) => proofOf(sent) !== '')) {
      const [header = '', claims = '', signature = ''] = proofOf(request).split('.');
      expect(text).not.toContain(signature);
      expect(text).toContain(`${header}.${claims}.`);
    }
  });
});

const requestOf = (event: RunEvent): string[] => (event.type === 'exchange-recorded' ? [event.exchange.request] : []);

describe('a proof', () => {
  it('names the target without query and fragment', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const { d: _d, ...publicJwk } = await exportJWK(privateKey);
    const key = { jwk: await exportJWK(privateKey), publicJwk: publicJwk as Record<string, string>, alg: 'ES256' as const, thumbprint: '' };
    const proof = await dpopProof(key, { method: 'POST', url: 'https://as.example:8443/token?a=1#b' }, 1_700_000_000);
    expect(decodeJwt(proof)).toMatchObject({ htm: 'POST', htu: 'https://as.example:8443/token', iat: 1_700_000_000 });
    expect(decodeProtectedHeader(proof)).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicJwk });
  });

  it('knows no nonce of an origin that gave none', () => {
    expect(nonceOf([], 'https://as.example/token')).toBeUndefined();
  });
});
