import { compactVerify, errors, importJWK } from 'jose';
import type { Verdict } from '../contract/index.ts';
import { isMac, isSignature, keysFor, publicPart } from './keys.ts';
import { outcomeOf, shown, verdict } from './verdicts.ts';

export interface SignatureCheck {
  idToken: string;
  header: Record<string, unknown>;
  keys: readonly unknown[];
  clientSecret: string | undefined;
  /** Registered `id_token_signed_response_alg`. */
  expectedAlg: string | undefined;
  /** `id_token_signing_alg_values_supported` of the metadata. */
  supported: unknown;
}

const ALG = 'OIDC Core §3.1.3.7 (7)';
const KEY = 'OIDC Core §10.1';
const SIGNATURE = 'OIDC Core §3.1.3.7 (6)';

/**
 * The checks of algorithm, key and signature. The header says what the sender claims; which kind of key is used follows from the
 * algorithm alone (a MAC only with the client secret, never with a public key), and nothing it points at is fetched.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8725#section-3.1
 */
export async function checkSignature(check: SignatureCheck): Promise<Verdict[]> {
  const { alg } = check.header;
  const verdicts = [checkAlg(check)];
  if (typeof alg === 'string' && isMac(alg)) verdicts.push(...await withSecret(check, alg));
  else if (typeof alg === 'string' && isSignature(alg)) verdicts.push(...await withKeys(check, alg));
  else {
    const explanation = isNone(alg) ? 'An unsigned token has no key and no signature.' : 'The algorithm is not one we can verify.';
    verdicts.push(verdict('key', KEY, 'not-checked', { explanation }), verdict('signature', SIGNATURE, isNone(alg) ? 'failed' : 'not-checked', { explanation, ...(isNone(alg) && { expected: 'a signature', found: 'none' }) }));
  }
  const brought = ['jku', 'x5u', 'jwk', 'x5c'].filter((name) => check.header[name] !== undefined);
  if (brought.length > 0) {
    verdicts.push(verdict('header keys', 'RFC 8725 §3.10', 'not-checked', { found: brought.join(', '), explanation: 'The header brings or points at keys of its own. They prove nothing: none was fetched and none was used.' }));
  }
  return verdicts;
}

const isNone = (alg: unknown): boolean => typeof alg === 'string' && alg.toLowerCase() === 'none';

function checkAlg({ header: { alg }, expectedAlg, supported, clientSecret }: SignatureCheck): Verdict {
  const offered = Array.isArray(supported) ? supported.filter((name) => typeof name === 'string') : null;
  const expected = expectedAlg ?? (offered ? offered.join(', ') : 'a signature algorithm, RS256 by default');
  const failed = (explanation: string): Verdict => verdict('alg', ALG, 'failed', { expected, found: shown(alg), explanation });
  if (isNone(alg)) return failed('The token is not signed: anybody could have written it.');
  if (typeof alg !== 'string' || !(isMac(alg) || isSignature(alg))) return failed('This is no signature algorithm we know.');
  if (expectedAlg !== undefined && alg !== expectedAlg) return failed('The client is registered for another algorithm.');
  if (isMac(alg) && clientSecret === undefined) return failed('A MAC needs the client secret, and this client has none. An asymmetric key must never be used in its place.');
  if (offered && !offered.includes(alg)) return failed('The metadata does not list this algorithm.');
  return verdict('alg', ALG, 'passed', { expected, found: alg });
}

async function withSecret({ idToken, clientSecret }: SignatureCheck, alg: string): Promise<Verdict[]> {
  const section = 'OIDC Core §3.1.3.7 (8)';
  if (clientSecret === undefined || clientSecret === '') {
    const explanation = 'There is no client secret to verify a MAC with.';
    return [verdict('key', section, 'failed', { expected: 'the client secret', found: 'absent', explanation }), verdict('signature', section, 'not-checked', { explanation })];
  }
  const result = await attempt(idToken, alg, new TextEncoder().encode(clientSecret));
  return [verdict('key', section, 'passed', { expected: 'the client secret', found: 'the client secret' }), signatureVerdict(section, result, 'The MAC was not made with this client secret.')];
}

async function withKeys({ idToken, header: { kid }, keys }: SignatureCheck, alg: string): Promise<Verdict[]> {
  const expected = kid === undefined ? `a key for ${alg}` : `kid ${shown(kid)}`;
  const choice = keysFor(alg, kid, keys);
  if (choice.keys.length === 0) {
    const kids = keys.map((key) => (typeof key === 'object' && key !== null && 'kid' in key ? shown(key.kid) : '(no kid)'));
    return [
      verdict('key', KEY, 'failed', { expected, found: shown(kids.join(', ') || 'no keys'), explanation: choice.explanation }),
      verdict('signature', SIGNATURE, 'not-checked', { explanation: 'Without its key the signature cannot be checked.' }),
    ];
  }
  let result: Attempt = { ok: false, why: 'not tried', tried: false };
  for (const key of choice.keys) {
    result = await attemptWith(idToken, alg, key);
    if (result.ok) break;
  }
  return [
    verdict('key', KEY, 'passed', { expected, found: shown(choice.keys.map((key) => key['kid'] ?? '(no kid)').join(', ')), explanation: choice.explanation }),
    signatureVerdict(SIGNATURE, result, 'The token was changed after signing, or signed with another key.'),
  ];
}

type Attempt = { ok: true } | { ok: false; why: string; tried: boolean };

async function attemptWith(idToken: string, alg: string, key: Record<string, unknown>): Promise<Attempt> {
  try {
    return await attempt(idToken, alg, await importJWK(publicPart(key), alg) as CryptoKey);
  } catch {
    return { ok: false, tried: false, why: 'The key of the set cannot be read.' };
  }
}

async function attempt(idToken: string, alg: string, key: CryptoKey | Uint8Array): Promise<Attempt> {
  try {
    await compactVerify(idToken.trim(), key, { algorithms: [alg] });
    return { ok: true };
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return { ok: false, tried: true, why: '' };
    // jose's messages name algorithms, header members and key sizes, never values of keys.
    return { ok: false, tried: false, why: error instanceof Error ? shown(error.message) : 'unknown' };
  }
}

function signatureVerdict(section: string, result: Attempt, mismatch: string): Verdict {
  const expected = 'made with the key over header and claims';
  if (result.ok) return verdict('signature', section, 'passed', { expected, found: 'matches' });
  return verdict('signature', section, outcomeOf(false), { expected, found: result.tried ? 'does not match' : 'cannot be verified', explanation: result.tried ? mismatch : result.why });
}
