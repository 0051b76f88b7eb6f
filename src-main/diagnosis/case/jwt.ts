import { decodeJwt } from '../../contract/read/jwt.ts';

/** Header and claims of a JWT, read without checking its signature. */
export interface Jwt {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  subject?: string;
  issuer?: string;
  /** Seconds since 1970. */
  expires?: number;
  issued?: number;
  notBefore?: number;
  audience: string[];
}

/** Reads a compact JWS; null for anything else (opaque tokens, encrypted ones, masked ones). Never throws. */
export function readJwt(text: string): Jwt | null {
  if (text.length > 100_000) return null;
  const { header, claims } = decodeJwt(text);
  if (header === undefined || claims === undefined) return null;
  const { sub, iss, exp, iat, nbf, aud } = claims;
  return {
    header, claims,
    ...(typeof sub === 'string' && { subject: sub }),
    ...(typeof iss === 'string' && { issuer: iss }),
    ...(typeof exp === 'number' && { expires: exp }),
    ...(typeof iat === 'number' && { issued: iat }),
    ...(typeof nbf === 'number' && { notBefore: nbf }),
    audience: (Array.isArray(aud) ? aud : [aud]).filter((value): value is string => typeof value === 'string'),
  };
}
