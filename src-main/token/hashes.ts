import { createHash } from 'node:crypto';
import type { Verdict } from '../contract/index.ts';
import { outcomeOf, shown, verdict } from './verdicts.ts';

/** The left half of the hash that belongs to an algorithm, base64url; `null` for one without a hash we know. */
export function halfHash(alg: string, text: string): string | null {
  const hash = hashOf(alg, Buffer.from(text, 'ascii'));
  return hash && hash.subarray(0, hash.length / 2).toString('base64url');
}

function hashOf(alg: string, bytes: Buffer): Buffer | null {
  const bits = /^(?:RS|PS|ES|HS)(256|384|512)$/.exec(alg)?.[1] ?? (alg === 'ES256K' ? '256' : alg === 'EdDSA' || alg === 'Ed25519' ? '512' : undefined);
  return bits === undefined ? null : createHash(`sha${bits}`).update(bytes).digest();
}

interface Hashed { claim: 'at_hash' | 'c_hash'; of: string; value: string | undefined; section: string }

/** Holds `at_hash` and `c_hash` against the access token and the code. Both are optional in the code flow. */
export function checkHashes(claims: Record<string, unknown>, alg: unknown, accessToken: string | undefined, code: string | undefined): Verdict[] {
  return [
    checkHash(claims, alg, { claim: 'at_hash', of: 'access token', value: accessToken, section: 'OIDC Core §3.1.3.8' }),
    checkHash(claims, alg, { claim: 'c_hash', of: 'code', value: code, section: 'OIDC Core §3.3.2.10' }),
  ];
}

function checkHash(claims: Record<string, unknown>, alg: unknown, { claim, of, value, section }: Hashed): Verdict {
  const found = claims[claim];
  if (found === undefined) return verdict(claim, section, 'not-checked', { found: 'absent', explanation: 'The claim is optional in the code flow.' });
  if (value === undefined) return verdict(claim, section, 'not-checked', { found: shown(found), explanation: `There is no ${of} to compare with.` });
  const expected = typeof alg === 'string' ? halfHash(alg, value) : null;
  if (expected === null) return verdict(claim, section, 'not-checked', { found: shown(found), explanation: `For alg ${shown(alg)} no hash is defined that we know.` });
  return verdict(claim, section, outcomeOf(found === expected), {
    expected, found: shown(found), explanation: found === expected ? undefined : `The token was not issued together with this ${of}.`,
  });
}
