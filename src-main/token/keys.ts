import type { JWK } from 'jose';

type Jwk = Record<string, unknown>;

/** Key type and, for elliptic curves, curve of each signature algorithm jose verifies (RFC 7518 §3.1, RFC 8037, RFC 9864; AKP: draft-ietf-cose-dilithium). */
const families: Readonly<Record<string, { kty: string; crv?: string }>> = {
  RS256: { kty: 'RSA' }, RS384: { kty: 'RSA' }, RS512: { kty: 'RSA' }, PS256: { kty: 'RSA' }, PS384: { kty: 'RSA' }, PS512: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: 'P-256' }, ES384: { kty: 'EC', crv: 'P-384' }, ES512: { kty: 'EC', crv: 'P-521' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' }, Ed25519: { kty: 'OKP', crv: 'Ed25519' },
  'ML-DSA-44': { kty: 'AKP' }, 'ML-DSA-65': { kty: 'AKP' }, 'ML-DSA-87': { kty: 'AKP' },
};

export const isMac = (alg: string): boolean => /^HS(?:256|384|512)$/.test(alg);
export const isSignature = (alg: string): boolean => Object.hasOwn(families, alg);

export interface KeyChoice { keys: Jwk[]; explanation?: string }

/**
 * The keys of a key set that may have made a signature. Only the set counts: what the token's own header brings along
 * (`jwk`, `x5c`) or points at (`jku`, `x5u`) is never looked at.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#Signing
 */
export function keysFor(alg: string, kid: unknown, set: readonly unknown[]): KeyChoice {
  const all = set.filter((key): key is Jwk => typeof key === 'object' && key !== null && !Array.isArray(key));
  if (all.length === 0) return { keys: [], explanation: 'The key set is empty or could not be read.' };
  const named = kid === undefined ? all : all.filter((key) => key['kid'] === kid);
  if (named.length === 0) return { keys: [], explanation: 'No key of the set has this kid. The provider may have changed its keys, or the token comes from another issuer.' };
  const family = families[alg];
  const fitting = named.filter((key) => key['kty'] === family?.kty && (family?.crv === undefined || key['crv'] === family.crv));
  if (fitting.length === 0) return { keys: [], explanation: `No ${kid === undefined ? '' : 'such '}key is of the type that ${alg} needs (${family?.kty ?? 'unknown'}${family?.crv === undefined ? '' : `, ${family.crv}`}).` };
  const usable = fitting.filter((key) => key['use'] !== 'enc' && (key['alg'] === undefined || key['alg'] === alg));
  if (usable.length === 0) return { keys: [], explanation: `The key is marked for another use (use ${String(fitting[0]?.['use'])}, alg ${String(fitting[0]?.['alg'])}).` };
  return usable.length > 1 ? { keys: usable.slice(0, 20), explanation: `${usable.length} keys fit; each was tried.` } : { keys: usable };
}

/** The public members of a key alone, so that neither a private part nor `key_ops` gets in the way of verifying. */
export function publicPart(key: Jwk): JWK {
  const names = ['kty', 'n', 'e', 'crv', 'x', 'y', ...(key['kty'] === 'AKP' ? ['alg', 'pub'] : [])];
  return Object.fromEntries(Object.entries(key).filter(([name]) => names.includes(name))) as unknown as JWK;
}
