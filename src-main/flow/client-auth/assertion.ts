import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import type { ClientAuthOptions } from '../../contract/index.ts';

/** Seconds; servers that remember `jti` refuse longer ones. */
export const ASSERTION_LIFETIME = 60;

export interface AssertionKey { key: CryptoKey | Uint8Array; alg: string; kid?: string | undefined }

export interface AssertionClaims {
  clientId: string;
  audience: string | string[];
  /** Seconds since 1970. */
  now: number;
  lifetime: number;
}

/**
 * The JWT a client authenticates with, new for each request: servers remember its `jti`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-3
 * @see https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication
 */
export function clientAssertion({ key, alg, kid }: AssertionKey, { clientId, audience, now, lifetime }: AssertionClaims): Promise<string> {
  return new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg, ...(kid !== undefined && kid !== '' && { kid }) })
    .setIssuer(clientId).setSubject(clientId).setAudience(audience)
    .setIssuedAt(now).setNotBefore(now).setExpirationTime(now + lifetime)
    .sign(key);
}

type Audience = Pick<NonNullable<ClientAuthOptions['assertion']>, 'audience' | 'typedAudience'>;

/** Whom the assertion is for. RFC 7523 §3 leaves the choice; servers differ, and newer ones take the issuer alone. */
export function audienceOf({ audience = 'issuer', typedAudience = '' }: Audience, issuer: string, tokenEndpoint: string | undefined): string | string[] {
  switch (audience) {
    case 'issuer': return issuer;
    case 'token_endpoint': return tokenEndpoint ?? issuer;
    case 'both': return tokenEndpoint === undefined ? [issuer] : [issuer, tokenEndpoint];
    case 'typed': return typedAudience;
  }
}
