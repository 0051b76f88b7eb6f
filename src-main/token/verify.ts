import type { JWK } from 'jose';
import type { DecodedJwt, Verdict } from '../contract/index.ts';
import { decodeJwt } from '../contract/index.ts';
import { checkParties } from './claims.ts';
import { decrypted } from './decrypt.ts';
import type { Expected } from './expected.ts';
import { checkHashes } from './hashes.ts';
import { checkSignature } from './signature.ts';
import { checkTimes } from './times.ts';
import { outcomeOf, shown, verdict } from './verdicts.ts';

export interface KeySet { keys: readonly unknown[] }

export interface IdTokenCheck {
  /** Compact JWS, in plain (not masked). */
  idToken: string;
  /** The provider's key set as data; nothing is fetched here. */
  jwks: KeySet;
  expected: Expected;
  /** For a MAC (HS256 …); without it such a token fails. */
  clientSecret?: string;
  /** Private keys of the client, for a token that is encrypted to it. */
  decryptionKeys?: readonly JWK[];
  /** RFC 8414 metadata: `id_token_signing_alg_values_supported` is compared where it is there. */
  metadata?: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds; the system's clock without it. */
  now?: number;
  /** How much the clocks of server and client may disagree, milliseconds; 10 seconds without it. */
  tolerance?: number;
}

const unread = ['alg', 'key', 'signature', 'iss', 'sub', 'aud', 'azp', 'nonce', 'exp', 'iat', 'nbf', 'auth_time', 'at_hash', 'c_hash'];

/**
 * Checks an ID token, one verdict a check, in the order of the specification's reading. A failed check stops no other: all that can
 * be judged is judged. Never throws for what stands in a token or a key set, and makes no request.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
export async function verifyIdToken(check: IdTokenCheck): Promise<Verdict[]> {
  const { jwks, expected, clientSecret, metadata, now = Date.now(), tolerance = 10_000 } = check;
  const outer = decodeJwt(check.idToken);
  const within = outer.kind === 'jwe' && check.decryptionKeys ? await decrypted(check.idToken, check.decryptionKeys) : null;
  const idToken = within ?? check.idToken;
  const decoded = within === null ? outer : decodeJwt(within);
  const verdicts = [...checkEncryption(outer, within, check.decryptionKeys), checkStructure(decoded)];
  const { header, claims } = decoded;
  if (decoded.kind !== 'jws' || !header) {
    return [...verdicts, ...unread.map((name) => verdict(name, 'OIDC Core §3.1.3.7', 'not-checked', { explanation: 'The token cannot be read.' }))];
  }
  verdicts.push(...await checkSignature({
    idToken, header, clientSecret, keys: jwks.keys, expectedAlg: expected.alg, supported: metadata?.['id_token_signing_alg_values_supported'],
  }));
  if (!claims) return [...verdicts, ...unread.slice(3).map((name) => verdict(name, 'OIDC Core §3.1.3.7', 'not-checked', { explanation: 'The claims cannot be read.' }))];
  return [
    ...verdicts,
    ...checkParties(claims, expected),
    ...checkTimes(claims, { now, tolerance }, expected.maxAge),
    ...checkHashes(claims, header['alg'], expected.accessToken, expected.code),
  ];
}

/** One verdict where the token came encrypted and there was a key to open it with; none otherwise. */
function checkEncryption({ kind, header }: DecodedJwt, within: string | null, keys: IdTokenCheck['decryptionKeys']): Verdict[] {
  if (kind !== 'jwe' || !keys || keys.length === 0) return [];
  const found = shown(`${String(header?.['alg'])}, ${String(header?.['enc'])}`);
  return [verdict('decryption', 'OIDC Core §3.1.3.7 (1)', outcomeOf(within !== null), {
    expected: 'encrypted to the key of this client', found,
    explanation: within === null ? 'The key of this client does not open it: it was encrypted to another key, or with an algorithm that needs another kind of key.' : undefined,
  })];
}

function checkStructure({ kind, problem, claims, duplicates }: DecodedJwt): Verdict {
  const section = kind === 'jwe' ? 'OIDC Core §3.1.3.7 (1)' : 'RFC 7519 §7.2';
  const expected = 'three parts: header, claims, signature';
  if (kind === 'jwe') return verdict('structure', section, 'not-checked', { expected, found: 'an encrypted token of five parts', explanation: 'It can be read only with the private key it was encrypted for.' });
  if (duplicates.length > 0) return verdict('structure', section, 'failed', { expected, found: `members that stand twice: ${shown(duplicates.join(', '))}`, explanation: 'Two readers may see two different values (RFC 7519 §4).' });
  return verdict('structure', section, outcomeOf(kind === 'jws' && claims !== undefined && problem === undefined), {
    expected, found: problem === undefined ? (kind === 'jws' ? 'three parts' : 'no JWT') : shown(problem),
  });
}
