import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signingAlgorithmSchema } from '../../../../src-main/contract/index.ts';
import type { KeySource, Result } from '../../../../src-main/contract/index.ts';
import type { StoredKey } from '../../../../src-main/flow/client-auth/client-keys.ts';
import { prepareKey, viewOfKey } from '../../../../src-main/flow/client-auth/client-keys.ts';
import { readPrivateKey } from '../../../../src-main/flow/client-auth/read-key.ts';
import { selfSigned } from '../../../support/hostile-server/certificates.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const pem = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1'): string => key.export({ type: type as 'pkcs8', format: 'pem' }) as string;
const jwk = (key: KeyObject, more: object = {}): string => JSON.stringify({ ...key.export({ format: 'jwk' }), ...more });

const codeOf = (result: Result<unknown>): string => (result.ok ? 'taken' : result.problem.code);
const take = (key: string, more: Partial<Extract<KeySource, { source: 'import' }>> = {}): Promise<Result<StoredKey>> => prepareKey({ source: 'import', use: 'signing', key, ...more });

describe('a key that cannot be used is refused with the reason, at its field', () => {
  const encrypted = rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'CANARY-passphrase' }) as string;
  it.each([
    ['nothing', '  \n', 'key-empty'],
    ['prose', 'my key', 'key-unreadable'],
    ['an encrypted PEM', encrypted, 'key-encrypted'],
    ['an encrypted PKCS #1', '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----', 'key-encrypted'],
    ['a public PEM', rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string, 'key-public'],
    ['a certificate', selfSigned({ name: 'x' }).cert, 'key-public'],
    ['a public JWK', jwk(ec.publicKey), 'key-public'],
    ['a public JWK set', JSON.stringify({ keys: [ec.publicKey.export({ format: 'jwk' })] }), 'key-public'],
    ['a set of two', JSON.stringify({ keys: [JSON.parse(jwk(ec.privateKey)), JSON.parse(jwk(rsa.privateKey))] }), 'key-ambiguous'],
    ['a shared secret', JSON.stringify({ kty: 'oct', k: 'AAAA' }), 'key-symmetric'],
    ['a JWK with no kty', '{"d":"x"}', 'key-unreadable'],
    ['a JWK of a wrong member', jwk(ec.privateKey, { x: 'AA' }), 'key-unreadable'],
    ['cut JSON', jwk(ec.privateKey).slice(0, 40), 'key-unreadable'],
    ['a list', '[]', 'key-unreadable'],
    ['an OpenSSH key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----', 'key-openssh'],
    ['a cut PEM', pem(ec.privateKey, 'pkcs8').slice(0, 80), 'key-unreadable'],
    ['a PEM of noise', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', 'key-unreadable'],
    ['a short RSA key', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'pkcs8'), 'key-too-short'],
    ['a key that only agrees on secrets', pem(generateKeyPairSync('x25519').privateKey, 'pkcs8'), 'key-unsuitable'],
  ])('%s', async (_what, text, code) => {
    const result = await take(text);
    expect(codeOf(result)).toBe(code);
    expect(result.ok ? null : result.problem.field).toBe('clientAuth.key');
  });

  it('another algorithm than the key can do, with what it can', async () => {
    const result = await take(pem(rsa.privateKey, 'pkcs8'), { alg: 'ES256' });
    expect(result).toMatchObject({ ok: false, problem: { code: 'key-wrong-algorithm', message: expect.stringContaining('P-256'), why: expect.stringContaining('PS256') } });
    expect(codeOf(await take(jwk(ec.privateKey, { alg: 'ECDH-ES' })))).toBe('key-wrong-algorithm');
  });

  it('a certificate that is missing, unreadable or of another key', async () => {
    const use = 'certificate' as const;
    const key = pem(ec.privateKey, 'pkcs8');
    const results = [await take(key, { use }), await take(key, { use, certificate: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }), await take(key, { use, certificate: selfSigned({ name: 'x' }).cert })];
    expect(results.map(codeOf)).toEqual(['certificate-missing', 'certificate-unreadable', 'certificate-mismatch']);
    expect(results.map((result) => (result.ok ? null : result.problem.field))).toEqual(results.map(() => 'clientAuth.certificate'));
  });

  it('never throws, whatever is pasted, and quotes none of it', () => {
    const pieces = fc.constantFrom('-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----', '-----BEGIN EC PRIVATE KEY-----', '{"kty":"RSA","d":"', '"}', '{"keys":[', ']}', '\n', 'AAAA', '"');
    fc.assert(fc.property(fc.array(fc.oneof(pieces, fc.string(), fc.json()), { maxLength: 8 }).map((parts) => parts.join('')), (text) => {
      const read = readPrivateKey(`${text}CANARY-private`);
      return read.ok || !JSON.stringify(read.problem).includes('CANARY-private');
    }), { numRuns: 500 });
  });
});

describe('a key as people have it is taken', () => {
  it.each([
    ['PKCS #8', pem(rsa.privateKey, 'pkcs8'), 'RS256'], ['PKCS #1', pem(rsa.privateKey, 'pkcs1'), 'RS256'], ['SEC 1', pem(ec.privateKey, 'sec1'), 'ES256'],
    ['SEC 1 behind its parameters', `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${pem(ec.privateKey, 'sec1')}`, 'ES256'],
    ['Windows line ends', pem(ed.privateKey, 'pkcs8').replaceAll('\n', '\r\n'), 'EdDSA'],
    ['a PEM behind its certificate', `${selfSigned({ name: 'x' }).cert}${pem(ec.privateKey, 'pkcs8')}`, 'ES256'],
    ['a JWK', jwk(rsa.privateKey), 'RS256'], ['a JWK that says its algorithm', jwk(rsa.privateKey, { alg: 'PS512' }), 'PS512'],
    ['the one private key of a set', JSON.stringify({ keys: [JSON.parse(jwk(ec.privateKey)), ec.publicKey.export({ format: 'jwk' })] }), 'ES256'],
  ])('%s', async (_what, text, alg) => {
    const result = await take(text);
    expect(result).toMatchObject({ ok: true, value: { alg } });
  });

  it('keeps the kid it came with, takes another, or names it by its thumbprint', async () => {
    const kids = [await take(jwk(ec.privateKey, { kid: 'mine' })), await take(jwk(ec.privateKey, { kid: 'mine' }), { kid: 'other' }), await take(jwk(ec.privateKey))];
    expect(kids.map((result) => (result.ok ? result.value.kid : null))).toEqual(['mine', 'other', expect.stringMatching(/^[\w-]{43}$/)]);
  });
});

const membersOf = (alg: string): string[] => (/^[RP]S/.test(alg) ? ['e', 'n'] : alg.startsWith('ES') ? ['crv', 'x', 'y'] : ['crv', 'x']);

describe('a generated key', () => {
  it.each(signingAlgorithmSchema.options)('%s: its public side holds no private member', async (alg) => {
    const made = await prepareKey({ source: 'generate', use: 'certificate', alg, name: 'Ada, "client" ü' });
    if (!made.ok) throw new Error(made.problem.message);
    const view = await viewOfKey('certificate', made.value);
    expect(Object.keys(view.publicJwk).toSorted()).toEqual([...membersOf(alg), 'alg', 'kid', 'kty', 'use'].toSorted());
    const certificate = new X509Certificate(made.value.certificate ?? '');
    expect(certificate.subject).toContain('client');
    expect(certificate.verify(createPublicKey(made.value.privateKey))).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(made.value.privateKey))).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  });
});
