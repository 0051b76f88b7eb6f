import type { JWK } from 'jose';
import type { Verdict } from '../contract/index.ts';
import { decodeJwt } from '../contract/index.ts';
import { checkSignature } from './signature.ts';
import { checkTimes } from './times.ts';
import { outcomeOf, shown, verdict } from './verdicts.ts';
import type { KeySet } from './verify.ts';

export interface ResponseCheck {
  /** The JARM answer as a compact JWS, decrypted where it was encrypted. */
  response: string;
  jwks: KeySet;
  expected: { issuer?: string; clientId: string };
  clientSecret?: string;
  decryptionKeys?: readonly JWK[];
  /** Epoch milliseconds; the system's clock without it. */
  now?: number;
  /** Milliseconds. */
  tolerance?: number;
}

/**
 * Checks the JWT of an authorization response (JARM): algorithm, key, signature, `iss`, `aud`, `exp`, each a verdict of its own.
 * Never throws for what stands in it, and makes no request.
 *
 * @see https://openid.net/specs/oauth-v2-jarm.html#section-2.4
 */
export async function verifyResponse({ response, jwks, expected, clientSecret, now = Date.now(), tolerance = 10_000 }: ResponseCheck): Promise<Verdict[]> {
  const { header, claims } = decodeJwt(response);
  if (!header || !claims) return [verdict('structure', 'JARM §2.1', 'failed', { expected: 'a signed JWT', found: 'something else' })];
  const signed = await checkSignature({ idToken: response, header, keys: jwks.keys, clientSecret, expectedAlg: undefined, supported: undefined });
  const [expiry] = checkTimes(claims, { now, tolerance }, undefined);
  const audiences: unknown[] = Array.isArray(claims['aud']) ? claims['aud'] : [claims['aud']];
  return [
    ...signed.map((one) => ({ ...one, section: sections[one.check] ?? one.section })),
    expected.issuer === undefined
      ? verdict('iss', 'JARM §2.4 (3)', 'not-checked', { found: shown(claims['iss']), explanation: 'The environment names no issuer to compare with.' })
      : verdict('iss', 'JARM §2.4 (3)', outcomeOf(claims['iss'] === expected.issuer), { expected: expected.issuer, found: shown(claims['iss']) }),
    verdict('aud', 'JARM §2.4 (4)', outcomeOf(audiences.includes(expected.clientId)), { expected: expected.clientId, found: shown(claims['aud']) }),
    ...(expiry ? [{ ...expiry, section: 'JARM §2.4 (5)' }] : []),
  ];
}

const sections: Readonly<Record<string, string>> = { alg: 'JARM §2.4 (6)', key: 'JARM §2.4 (6)', signature: 'JARM §2.4 (6)' };
