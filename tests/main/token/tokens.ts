import { createHash, randomBytes } from 'node:crypto';
import type { CryptoKey, JWTPayload } from 'jose';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import type { Verdict } from '../../../src-main/contract/index.ts';

export const now = 1_700_000_000_000;
export const issuer = 'https://as.example/tenant';
export const clientId = 'client-1';
export const seconds = now / 1000;
export const canary = (kind: string): string => `CANARY-${kind}-${randomBytes(18).toString('base64url')}`;

export const good: JWTPayload = { iss: issuer, sub: 'alice', aud: clientId, exp: seconds + 300, iat: seconds - 1, nonce: 'n-1' };

export interface Signer { alg: string; kid: string; privateKey: CryptoKey; jwk: Record<string, unknown> }

export async function signer(alg: string, kid = `kid-${alg}`): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, privateKey, jwk: { ...await exportJWK(publicKey), kid, use: 'sig', alg } };
}

export async function sign(key: Signer, claims: unknown, header: Record<string, unknown> = {}): Promise<string> {
  return new CompactSign(Buffer.from(typeof claims === 'string' ? claims : JSON.stringify(claims)))
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.privateKey);
}

export async function mac(secret: Uint8Array, claims: unknown, header: Record<string, unknown> = {}): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader({ alg: 'HS256', ...header }).sign(secret);
}

export const part = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export const half = (hash: string, text: string): string => {
  const digest = createHash(hash).update(text, 'ascii').digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
};

export const outcomes = (verdicts: readonly Verdict[]): Record<string, string> => Object.fromEntries(verdicts.map(({ check, outcome }) => [check, outcome]));
export const failedOf = (verdicts: readonly Verdict[]): string[] => verdicts.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check);
export const of = (verdicts: readonly Verdict[], check: string): Verdict => {
  const found = verdicts.find((candidate) => candidate.check === check);
  if (!found) throw new Error(`no verdict ${check}`);
  return found;
};
