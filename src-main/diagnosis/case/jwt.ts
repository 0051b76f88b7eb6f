import { Buffer } from 'node:buffer';

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
  const [head, body, , more] = text.split('.');
  if (head === undefined || body === undefined || more !== undefined || head.length < 8) return null;
  const header = part(head);
  const claims = part(body);
  if (header === null || claims === null) return null;
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

function part(encoded: string): Record<string, unknown> | null {
  if (!/^[A-Za-z0-9_-]+$/.test(encoded)) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : null;
  } catch {
    return null;
  }
}
