import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IdTokenCheck } from '../../../src-main/token/index.ts';
import { verifyIdToken } from '../../../src-main/token/index.ts';
import type { Signer } from './tokens.ts';
import { canary, clientId, failedOf, good, half, issuer, mac, now, of, outcomes, part, seconds, sign, signer } from './tokens.ts';

let rsa: Signer;
let ec: Signer;
beforeAll(async () => { [rsa, ec] = await Promise.all([signer('RS256'), signer('ES256')]); });

const check = (idToken: string, more: Partial<IdTokenCheck> = {}, expected: Partial<IdTokenCheck['expected']> = {}) =>
  verifyIdToken({ idToken, jwks: { keys: [rsa.jwk, ec.jwk] }, now, ...more, expected: { issuer, clientId, nonce: 'n-1', ...expected } });
const signed = (claims: object) => sign(rsa, { ...good, ...claims });

describe('verifyIdToken', () => {
  it('passes a good token and says what was not checked', async () => {
    expect(outcomes(await check(await signed({})))).toEqual({
      structure: 'passed', alg: 'passed', key: 'passed', signature: 'passed', iss: 'passed', sub: 'passed', aud: 'passed', azp: 'not-checked',
      nonce: 'passed', exp: 'passed', iat: 'passed', nbf: 'not-checked', auth_time: 'not-checked', at_hash: 'not-checked', c_hash: 'not-checked',
    });
  });

  it.each(['RS256', 'RS384', 'PS256', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'])('verifies %s', async (alg) => {
    const key = await signer(alg);
    expect(failedOf(await check(await sign(key, good), { jwks: { keys: [rsa.jwk, key.jwk] } }))).toEqual([]);
    const other = await signer(alg);
    expect(failedOf(await check(await sign(other, good), { jwks: { keys: [key.jwk] } }))).toEqual(['signature']);
  });

  it('judges every check on its own', async () => {
    const bad = await sign(await signer('RS256', 'kid-RS256'), { iss: 'https://other', sub: '', aud: ['x', 'y'], azp: 'x', exp: seconds - 60, iat: seconds + 60, nbf: seconds + 60, nonce: 'n-2', at_hash: 'x', c_hash: 'y', auth_time: seconds - 7200 });
    expect(failedOf(await check(bad, {}, { accessToken: canary('access'), code: canary('code'), maxAge: 3600, alg: 'ES256' })))
      .toEqual(['alg', 'signature', 'iss', 'sub', 'aud', 'azp', 'nonce', 'exp', 'iat', 'nbf', 'auth_time', 'at_hash', 'c_hash']);
  });

  it.each([
    ['iss', { iss: `${issuer}/` }, 'slash'], ['iss', { iss: issuer.toUpperCase() }, 'upper and lower case'], ['iss', { iss: 'as.example/tenant' }, 'leaves out https'], ['iss', { iss: undefined }, 'required'],
    ['sub', { sub: undefined }, ''], ['sub', { sub: 7 }, ''], ['sub', { sub: 'x'.repeat(256) }, ''],
    ['aud', { aud: undefined }, 'another client'], ['aud', { aud: 'client-10' }, 'another client'], ['aud', { aud: [clientId.toUpperCase()] }, ''],
    ['azp', { aud: [clientId, 'api'] }, 'more than one audience'], ['azp', { azp: 'other' }, ''],
    ['nonce', { nonce: undefined }, 'must repeat'], ['nonce', { nonce: 'N-1' }, 'injected'],
    ['exp', { exp: undefined }, 'required'], ['exp', { exp: String(seconds + 300) }, 'text'], ['exp', { exp: -1 }, 'expired'], ['exp', { exp: 1e308 }, 'too large'],
    ['exp', { exp: seconds - 11 }, 'expired'], ['iat', { iat: undefined }, 'required'], ['iat', { iat: seconds + 11 }, 'future'], ['nbf', { nbf: seconds + 11 }, 'not valid yet'],
  ])('fails %s for %j', async (name, claims, explanation) => {
    const verdicts = await check(await signed(claims));
    expect(failedOf(verdicts)).toEqual([name]);
    expect(of(verdicts, name).explanation ?? '').toContain(explanation);
    expect(of(verdicts, name).section).toMatch(/§/);
  });

  it('allows a little disagreement of the clocks and says so', async () => {
    const verdicts = await check(await signed({ exp: seconds - 9, iat: seconds + 9 }));
    expect(failedOf(verdicts)).toEqual([]);
    expect(of(verdicts, 'exp').explanation).toContain('tolerance');
    expect(failedOf(await check(await signed({ exp: seconds }), { tolerance: 0 }))).toEqual(['exp']);
  });

  it('checks max_age', async () => {
    expect(failedOf(await check(await signed({}), {}, { maxAge: 60 }))).toEqual(['auth_time']);
    expect(failedOf(await check(await signed({ auth_time: seconds - 50 }), {}, { maxAge: 60 }))).toEqual([]);
    expect(failedOf(await check(await signed({ auth_time: seconds - 80 }), {}, { maxAge: 60 }))).toEqual(['auth_time']);
  });

  it.each([['RS256', 'sha256'], ['RS384', 'sha384'], ['PS512', 'sha512'], ['EdDSA', 'sha512']])('checks at_hash and c_hash for %s', async (alg, hash) => {
    const key = await signer(alg);
    const [accessToken, code] = [canary('access'), canary('code')];
    const token = await sign(key, { ...good, at_hash: half(hash, accessToken), c_hash: half(hash, code) });
    const jwks = { keys: [key.jwk] };
    expect(outcomes(await check(token, { jwks }, { accessToken, code }))).toMatchObject({ at_hash: 'passed', c_hash: 'passed' });
    expect(failedOf(await check(token, { jwks }, { accessToken: code, code: accessToken }))).toEqual(['at_hash', 'c_hash']);
  });

  it('verifies HS256 with the client secret alone', async () => {
    const secret = canary('secret');
    const token = await mac(Buffer.from(secret), good);
    expect(failedOf(await check(token, { clientSecret: secret }))).toEqual([]);
    expect(failedOf(await check(token, { clientSecret: canary('secret') }))).toEqual(['signature']);
    expect(failedOf(await check(token))).toEqual(['alg', 'key']);
    expect(JSON.stringify(await check(token, { clientSecret: secret }))).not.toContain(secret);
  });

  it('chooses keys by kid, type, use and alg', async () => {
    const token = await signed({});
    const jwk = rsa.jwk;
    const { kid: _kid, ...nameless } = jwk;
    const found = async (...keys: unknown[]) => of(await check(token, { jwks: { keys } }), 'key');
    expect((await found()).explanation).toContain('empty');
    expect((await found(null, 7, 'x', [])).explanation).toContain('empty');
    expect(await found({ ...jwk, kid: 'other' })).toMatchObject({ outcome: 'failed', expected: 'kid kid-RS256', found: 'other' });
    expect((await found({ ...ec.jwk, kid: jwk['kid'] })).explanation).toContain('type');
    expect((await found({ ...jwk, use: 'enc' })).explanation).toContain('another use');
    expect((await found({ ...jwk, alg: 'PS256' })).explanation).toContain('another use');
    expect((await found((await signer('RS256')).jwk, jwk)).outcome).toBe('passed');
    const anonymous = await sign(rsa, good, { kid: undefined });
    expect(failedOf(await check(anonymous, { jwks: { keys: [ec.jwk, nameless] } }))).toEqual([]);
    expect(failedOf(await check(token, { jwks: { keys: [{ kty: 'RSA', kid: 'kid-RS256', n: 'AQAB', e: 'AQAB' }] } }))).toEqual(['signature']);
    expect(failedOf(await check(token, { jwks: { keys: [{ ...jwk, key_ops: ['encrypt'], ext: false }] } }))).toEqual([]);
  });

  it('holds the algorithm against the metadata', async () => {
    const metadata = { id_token_signing_alg_values_supported: ['ES256'] };
    expect(failedOf(await check(await signed({}), { metadata }))).toEqual(['alg']);
    expect(failedOf(await check(await sign(ec, good), { metadata }))).toEqual([]);
  });

  it('fills in the tenant of a multi-tenant issuer', async () => {
    const tid = '9188040d-6c67-4c5b-b112-36a304b66dad';
    const expected = { issuer: 'https://login.example/{tenantid}/v2.0' };
    expect(failedOf(await check(await signed({ iss: `https://login.example/${tid}/v2.0`, tid }), {}, expected))).toEqual([]);
    expect(failedOf(await check(await signed({ iss: 'https://login.example/evil/v2.0', tid: 'evil' }), {}, expected))).toEqual(['iss']);
  });

  it('never throws, and passes no signature, for anything in the place of a token', async () => {
    const json = fc.json({ maxDepth: 3 });
    const text = fc.oneof(fc.string(), fc.tuple(json, json, fc.string()).map(([a, b, c]) => `${part(a)}.${part(b)}.${c}`), fc.array(fc.base64String(), { maxLength: 7 }).map((parts) => parts.join('.')));
    await fc.assert(fc.asyncProperty(text, fc.array(fc.jsonValue()), async (idToken, keys) => {
      const verdicts = await verifyIdToken({ idToken, jwks: { keys }, expected: { issuer, clientId }, now, clientSecret: 'x' });
      expect(of(verdicts, 'signature').outcome).not.toBe('passed');
      expect(new Set(verdicts.map(({ check: name }) => name)).size).toBe(verdicts.length);
    }), { numRuns: 300 });
  });

  it('passes no token with a changed byte in its claims', async () => {
    const token = await signed({});
    const [header = '', claims = '', signature = ''] = token.split('.');
    await fc.assert(fc.asyncProperty(fc.nat(claims.length - 1), fc.constantFrom(...'ABCwxyz019-_'), async (at, character) => {
      fc.pre(Buffer.from(`${claims.slice(0, at)}${character}${claims.slice(at + 1)}`, 'base64url').compare(Buffer.from(claims, 'base64url')) !== 0);
      const changed = `${header}.${claims.slice(0, at)}${character}${claims.slice(at + 1)}.${signature}`;
      expect(of(await check(changed), 'signature').outcome).toBe('failed');
    }), { numRuns: 60 });
  });
});
