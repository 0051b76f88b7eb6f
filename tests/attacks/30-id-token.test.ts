import { createPublicKey, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeJwt } from '../../src-main/contract/index.ts';
import { verifyIdToken } from '../../src-main/token/index.ts';
import type { Signer } from '../main/token/tokens.ts';
import { clientId, failedOf, good, issuer, mac, now, of, part, sign, signer } from '../main/token/tokens.ts';

let rsa: Signer;
let requests = 0;
const server = createServer((_request, response) => {
  requests += 1;
  response.end('{"keys":[]}');
});
let url = '';

beforeAll(async () => {
  rsa = await signer('RS256');
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
});
afterAll(() => { server.close(); });

const verify = (idToken: string, more: { clientSecret?: string; keys?: unknown[] } = {}) =>
  verifyIdToken({ idToken, jwks: { keys: more.keys ?? [rsa.jwk] }, now, expected: { issuer, clientId, nonce: 'n-1' }, ...(more.clientSecret !== undefined && { clientSecret: more.clientSecret }) });

describe('attack 30: JWTs made to mislead', () => {
  it.each(['none', 'None', 'NONE', 'nOnE'])('attack 30: alg %s is refused with and without a signature', async (alg) => {
    const [, claims, signature] = (await sign(rsa, good)).split('.');
    for (const token of [`${part({ alg })}.${claims}.`, `${part({ alg, kid: rsa.kid })}.${claims}.${signature}`]) {
      const failed = failedOf(await verify(token, { clientSecret: 'x' }));
      expect(failed).toContain('alg');
      expect(failed).toContain('signature');
    }
  });

  it('attack 30: RS to HS with the public key as the secret', async () => {
    const key = createPublicKey({ key: rsa.jwk as Record<string, string>, format: 'jwk' });
    const asSecrets = [key.export({ type: 'spki', format: 'pem' }), key.export({ type: 'spki', format: 'der' }), key.export({ type: 'pkcs1', format: 'pem' }), JSON.stringify(rsa.jwk), String(rsa.jwk['n'])];
    for (const secret of asSecrets) {
      const forged = await mac(Buffer.from(secret), good, { kid: rsa.kid });
      expect(failedOf(await verify(forged))).toEqual(['alg', 'key']);
      expect(failedOf(await verify(forged, { clientSecret: randomBytes(32).toString('hex') }))).toEqual(['signature']);
    }
  });

  it('attack 30: a symmetric key in the key set is not a MAC key', async () => {
    const secret = randomBytes(32);
    const forged = await mac(secret, good, { kid: 'oct' });
    expect(failedOf(await verify(forged, { keys: [{ kty: 'oct', kid: 'oct', k: secret.toString('base64url') }] }))).toEqual(['alg', 'key']);
  });

  it.each(['../../../../etc/passwd', "x' UNION SELECT 'key';--", '__proto__', 'constructor', '\u0000', 'x'.repeat(1_000_000)])('attack 30: kid %.20s finds no key', async (kid) => {
    const verdicts = await verify(await sign(rsa, good, { kid }));
    expect(failedOf(verdicts)).toEqual(['key']);
    expect(of(verdicts, 'signature').outcome).toBe('not-checked');
    expect(JSON.stringify(verdicts).length).toBeLessThan(10_000);
  });

  it('attack 30: jku, x5u, jwk and x5c are neither fetched nor used', async () => {
    const own = await signer('RS256', 'own');
    const header = { jku: url, x5u: url, jwk: own.jwk, x5c: ['AAAA'] } as const;
    const verdicts = await verify(await sign(own, good, header));
    expect(failedOf(verdicts)).toEqual(['key']);
    expect(of(verdicts, 'header keys')).toMatchObject({ outcome: 'not-checked', found: 'jku, x5u, jwk, x5c' });
    const sameKid = await verify(await sign(own, good, { ...header, kid: rsa.kid }));
    expect(failedOf(sameKid)).toEqual(['signature']);
    expect(requests).toBe(0);
  });

  it('attack 30: an unknown critical extension is refused', async () => {
    const [, claims] = (await sign(rsa, good)).split('.');
    const token = `${part({ alg: 'RS256', kid: rsa.kid, crit: ['evil'], evil: 1 })}.${claims}.AAAA`;
    expect(failedOf(await verify(token))).toEqual(['structure', 'signature']);
  });

  it('attack 30: five parts, two parts, six parts', async () => {
    const [header = '', claims = '', signature = ''] = (await sign(rsa, good)).split('.');
    const five = await verify(`${header}.${claims}.a.b.c`);
    expect(of(five, 'structure')).toMatchObject({ outcome: 'not-checked', found: 'an encrypted token of five parts' });
    expect(five.every(({ outcome }) => outcome === 'not-checked')).toBe(true);
    for (const token of [`${header}.${claims}`, `${header}.${claims}.${signature}.x.y.z`]) {
      const verdicts = await verify(token);
      expect(failedOf(verdicts)).toEqual(['structure', 'signature']);
      expect(of(verdicts, 'iss').outcome).toBe('passed');
    }
  });

  it('attack 30: claims that stand twice are named', async () => {
    const twice = `{"aud":"evil",${JSON.stringify(good).slice(1)}`;
    const verdicts = await verify(await sign(rsa, twice));
    expect(of(verdicts, 'structure')).toMatchObject({ outcome: 'failed', found: 'members that stand twice: aud' });
  });

  it('attack 30: a header of 1 MB is read and judged', async () => {
    const verdicts = await verify(await sign(rsa, good, { big: 'x'.repeat(1_000_000) }));
    expect(failedOf(verdicts)).toEqual([]);
    expect(decodeJwt(await sign(rsa, good, { big: 'x'.repeat(1_000_000) })).header?.['big']).toHaveLength(1_000_000);
  });

  it.each([['"9999999999"'], ['1e308'], ['-1'], ['null'], ['1e999'], ['[]'], ['{}'], ['true']])('attack 30: exp %s fails', async (exp) => {
    const text = JSON.stringify({ ...good, exp: 0 }).replace('"exp":0', `"exp":${exp}`);
    expect(failedOf(await verify(await sign(rsa, text)))).toEqual(['exp']);
  });
});
