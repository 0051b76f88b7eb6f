import type { Verdict } from '../contract/index.ts';
import { decodeJwt } from '../contract/index.ts';
import { checkSignature } from './signature.ts';
import { checkTimes } from './times.ts';
import { outcomeOf, shown, verdict } from './verdicts.ts';
import type { KeySet } from './verify.ts';

export interface AccessTokenCheck {
  accessToken: string;
  jwks: KeySet;
  expected: { issuer?: string; clientId: string; /** `resource` as sent, or empty. */ resources: readonly string[] };
  clientSecret?: string;
  now?: number;
  tolerance?: number;
}

/** Whether an access token can be read as a signed JWT. Any other is opaque, and there is nothing to check. */
export function isJwtAccessToken(token: string): boolean {
  const { kind, claims } = decodeJwt(token);
  return kind === 'jws' && claims !== undefined;
}

/**
 * Holds an access token that is a JWT against the profile for them. A client must not depend on any of it (RFC 9068 §6): the verdicts say what a
 * resource server following the profile would say. A token that does not claim the profile is not held to what only the profile requires.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-4
 */
export async function verifyAccessToken({ accessToken, jwks, expected, clientSecret, now = Date.now(), tolerance = 10_000 }: AccessTokenCheck): Promise<Verdict[]> {
  const { header, claims } = decodeJwt(accessToken);
  if (!header || !claims) return [];
  const inProfile = /^(?:application\/)?at\+jwt$/i.test(String(header['typ']));
  const signed = await checkSignature({ idToken: accessToken, header, keys: jwks.keys, clientSecret, expectedAlg: undefined, supported: undefined });
  const times = checkTimes(claims, { now, tolerance }, undefined).filter(({ check }) => check === 'exp' || (check === 'iat' && (inProfile || claims['iat'] !== undefined)));
  return [
    verdict('typ', 'RFC 9068 §2.1', inProfile ? 'passed' : 'not-checked', {
      expected: 'at+jwt', found: shown(header['typ']),
      explanation: inProfile ? undefined : 'The token is a JWT of the provider\'s own kind and does not claim the profile. To a client it is opaque.',
    }),
    ...signed.map((one) => ({ ...one, section: 'RFC 9068 §4' })),
    expected.issuer === undefined ? verdict('iss', 'RFC 9068 §4', 'not-checked', { found: shown(claims['iss']) })
      : verdict('iss', 'RFC 9068 §4', outcomeOf(claims['iss'] === expected.issuer), { expected: expected.issuer, found: shown(claims['iss']) }),
    audience(claims['aud'], expected.resources, inProfile),
    ...times.map((one) => ({ ...one, section: 'RFC 9068 §2.2' })),
    ...(['sub', 'jti'] as const).map((name) => required(claims, name, inProfile)),
    clientIdOf(claims, expected.clientId, inProfile),
  ];
}

function audience(aud: unknown, resources: readonly string[], inProfile: boolean): Verdict {
  const section = 'RFC 9068 §3';
  const found: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (resources.length === 0) {
    return aud === undefined && inProfile ? verdict('aud', section, 'failed', { expected: 'the resource server', found: 'absent', explanation: 'The claim is required.' })
      : verdict('aud', section, 'not-checked', { found: shown(aud), explanation: 'No resource was asked for, so the server chose one.' });
  }
  const missing = resources.filter((resource) => !found.includes(resource));
  return verdict('aud', section, outcomeOf(missing.length < resources.length), {
    expected: resources.join(', '), found: shown(aud),
    explanation: missing.length === 0 ? undefined : missing.length === resources.length ? 'The token is for none of the resources that were asked for.' : `Not for ${missing.join(', ')}: a token may be narrower than what was asked for.`,
  });
}

function required(claims: Record<string, unknown>, name: 'sub' | 'jti', inProfile: boolean): Verdict {
  const there = typeof claims[name] === 'string' && claims[name] !== '';
  return verdict(name, 'RFC 9068 §2.2', there ? 'passed' : inProfile ? 'failed' : 'not-checked', { expected: 'text', found: shown(claims[name]) });
}

function clientIdOf(claims: Record<string, unknown>, clientId: string, inProfile: boolean): Verdict {
  const found = claims['client_id'];
  if (found === undefined && !inProfile) return verdict('client_id', 'RFC 9068 §2.2', 'not-checked', { found: 'absent' });
  return verdict('client_id', 'RFC 9068 §2.2', outcomeOf(found === clientId), { expected: clientId, found: shown(found) });
}
