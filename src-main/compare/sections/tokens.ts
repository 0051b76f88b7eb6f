import type { CompareSource } from '../../contract/compare.ts';
import type { TokenRecord } from '../../contract/run.ts';
import { decodeJwt } from '../../contract/read/jwt.ts';
import type { Line } from '../rows/line.ts';
import { claimSpec, tokenHeaderSpec } from '../tables/claims.ts';
import { line, objectLines, valueFact } from './lines.ts';

/** Header and claims of a JWT as lines; `null` for what is none. */
export function jwtLines(value: string, source?: CompareSource): { header: Line[]; claims: Line[] } | null {
  const jwt = decodeJwt(value);
  if (jwt.kind === 'opaque' || !jwt.header) return null;
  const at = source && (() => source);
  return {
    header: objectLines(jwt.header, '', tokenHeaderSpec, at),
    claims: jwt.claims ? [...lifetimeLine(jwt.claims), ...objectLines(jwt.claims, '', claimSpec, at)] : [],
  };
}

function lifetimeLine(claims: Record<string, unknown>): Line[] {
  const [exp, iat] = [claims['exp'], claims['iat']];
  if (typeof exp !== 'number' || typeof iat !== 'number') return [];
  const spec = claimSpec('exp − iat');
  return [line('exp − iat', 'Lifetime (exp − iat)', spec, valueFact(exp - iat, spec))];
}

export const TOKEN_TITLES: Readonly<Record<TokenRecord['kind'], string>> = { access_token: 'Access token', refresh_token: 'Refresh token', id_token: 'ID token' };
