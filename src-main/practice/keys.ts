import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'oidc-provider';

/** New signing keys, one an algorithm, RS256 first (the one every client must know, OIDC Core §15.1). Live as long as the process. */
export async function signingKeys(): Promise<{ keys: JWK[] }> {
  const keys = await Promise.all(['RS256', 'ES256', 'Ed25519'].map(async (alg) => {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    return { ...await exportJWK(privateKey), alg: alg === 'Ed25519' ? 'EdDSA' : alg, use: 'sig', kid: randomUUID() } as JWK;
  }));
  return { keys };
}
