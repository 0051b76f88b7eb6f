import { CompactEncrypt, exportJWK, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { decrypted, isJwtAccessToken, verifyAccessToken, verifyIdToken, verifyResponse } from '../../../src-main/token/index.ts';
import { clientId, failedOf, good, issuer, now, of, outcomes, seconds, sign, signer } from './tokens.ts';

const key = await signer('ES256');
const jwks = { keys: [key.jwk] };
const expected = { issuer, clientId };

async function encrypt(text: string, alg: string, enc = 'A256GCM') {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwe = await new CompactEncrypt(Buffer.from(text)).setProtectedHeader({ alg, enc, cty: 'JWT' }).encrypt(publicKey);
  return { jwe, jwk: await exportJWK(privateKey) };
}

describe('nested encrypted ID tokens', () => {
  it.each(['RSA-OAEP', 'RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A256KW'])('are opened with the client key: %s', async (alg) => {
    const { jwe, jwk } = await encrypt(await sign(key, good), alg);
    const verdicts = await verifyIdToken({ idToken: jwe, jwks, expected, decryptionKeys: [{ ...jwk, use: 'sig', alg: 'RS256' }], now });
    expect(failedOf(verdicts)).toEqual([]);
    expect(of(verdicts, 'decryption').found).toBe(`${alg}, A256GCM`);
    expect(of(verdicts, 'signature').outcome).toBe('passed');
  });

  it('of another key, with a password, or changed are not opened, and the verdict says so', async () => {
    const { jwe } = await encrypt(await sign(key, good), 'ECDH-ES');
    const { jwk: other } = await encrypt('', 'ECDH-ES');
    expect(of(await verifyIdToken({ idToken: jwe, jwks, expected, decryptionKeys: [other], now }), 'decryption').outcome).toBe('failed');
    const header = Buffer.from('{"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2c":1000000000,"p2s":"AAAAAAAAAAAAAAAA"}').toString('base64url');
    expect(await decrypted(`${header}.AAAA.AAAA.AAAA.AAAA`, [other])).toBeNull();
    for (const text of ['', '.', '....', 'e30....', `${jwe}x`]) expect(await decrypted(text, [other])).toBeNull();
  });
});

describe('RFC 9068 access tokens', () => {
  const claims = { ...good, aud: 'https://api.example', client_id: clientId, jti: 'j' };
  const check = async (changed: object, header: Record<string, unknown> = { typ: 'at+jwt' }) =>
    verifyAccessToken({ accessToken: await sign(key, { ...claims, ...changed }, header), jwks, expected: { ...expected, resources: ['https://api.example'] }, now });

  it('in order pass every check', async () => {
    expect(Object.values(outcomes(await check({})))).toEqual(new Array(11).fill('passed'));
  });

  it.each([
    ['iss', { iss: 'https://other.example' }], ['aud', { aud: 'https://elsewhere.example' }], ['exp', { exp: seconds - 60 }], ['client_id', { client_id: 'other' }],
    ['jti', { jti: undefined }], ['sub', { sub: undefined }], ['client_id', { client_id: undefined }], ['exp', { exp: undefined }],
  ])('fail the check of %s alone', async (name, changed) => {
    expect(failedOf(await check(changed))).toEqual([name]);
  });

  it('that do not claim the profile are not held to what only it requires', async () => {
    const verdicts = await check({ jti: undefined, client_id: undefined, sub: undefined, iat: undefined }, { typ: 'JWT' });
    expect([failedOf(verdicts), of(verdicts, 'typ').outcome]).toEqual([[], 'not-checked']);
  });

  it('are told apart from opaque ones', async () => {
    expect([isJwtAccessToken('abc'), isJwtAccessToken('a.b.c'), isJwtAccessToken(await sign(key, claims))]).toEqual([false, false, true]);
  });
});

describe('JARM answers', () => {
  const claims = { iss: issuer, aud: clientId, exp: seconds + 60, code: 'c', state: 's' };
  const check = async (changed: object, with_ = key) => verifyResponse({ response: await sign(with_, { ...claims, ...changed }), jwks, expected, now });

  it.each([
    ['', {}], ['iss', { iss: `${issuer}/` }], ['iss', { iss: undefined }], ['aud', { aud: 'other' }], ['aud', { aud: undefined }], ['exp', { exp: seconds - 60 }], ['exp', { exp: undefined }],
  ])('failing %j fail that check alone', async (name, changed) => {
    expect(failedOf(await check(changed))).toEqual(name === '' ? [] : [name]);
  });

  it('signed by somebody else, or by nobody, fail the signature and nothing more', async () => {
    expect(failedOf(await check({}, await signer('ES256')))).toEqual(['signature']);
    const [, body] = (await sign(key, claims)).split('.');
    expect(failedOf(await verifyResponse({ response: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`, jwks, expected, now }))).toEqual(['alg', 'signature']);
    expect(failedOf(await verifyResponse({ response: 'nothing', jwks, expected, now }))).toEqual(['structure']);
  });
});

it.each(['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87', 'Ed25519'])('an ID token signed with %s is verified', async (alg) => {
  const made = await signer(alg).catch(() => null);
  // Electron's BoringSSL has no ML-DSA yet: then the verdict has to say that it cannot be verified, and not that it is wrong.
  if (made === null) {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const verdicts = await verifyIdToken({ idToken: `${part({ alg, kid: 'k' })}.${part(good)}.AAAA`, jwks: { keys: [{ kty: 'AKP', alg, kid: 'k', pub: 'AAAA' }] }, expected, now });
    expect(of(verdicts, 'signature').found).toBe('cannot be verified');
    return;
  }
  expect(failedOf(await verifyIdToken({ idToken: await sign(made, good), jwks: { keys: [made.jwk] }, expected, now }))).toEqual([]);
});
