import type { JWK } from 'jose';
import { compactDecrypt, importJWK } from 'jose';

/** Bytes of plaintext that are read. */
const MAX = 1_000_000;

const keyManagement = [
  'RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW',
];

/**
 * Opens a compact JWE with a private key of the client. Which algorithm is used follows from the kind of key; one with a password (PBES2) or a
 * shared key is not among them.
 *
 * @param keys private JWKs, tried in order
 * @returns the text within (for a nested token the signed JWT), or null where no key opens it
 * @see https://www.rfc-editor.org/rfc/rfc7516#section-5.2
 */
export async function decrypted(jwe: string, keys: readonly JWK[]): Promise<string | null> {
  const alg = algOf(jwe);
  if (alg === null) return null;
  for (const key of keys) {
    try {
      // A key marked for signing is used all the same: people have one key, and register it for both.
      const { use: _use, key_ops: _operations, alg: _alg, ...bare } = key;
      const { plaintext } = await compactDecrypt(jwe.trim(), await importJWK(bare, alg), { keyManagementAlgorithms: keyManagement });
      if (plaintext.length > MAX) return null;
      return new TextDecoder().decode(plaintext);
    } catch {
      // Another key, or another kind of key: the next one is tried.
    }
  }
  return null;
}

function algOf(jwe: string): string | null {
  try {
    const header: unknown = JSON.parse(Buffer.from(jwe.trim().split('.', 1)[0] ?? '', 'base64url').toString());
    const alg = typeof header === 'object' && header !== null && 'alg' in header ? header.alg : null;
    return typeof alg === 'string' && keyManagement.includes(alg) ? alg : null;
  } catch {
    return null;
  }
}
