import type { Case } from './case.ts';
import type { TokenRequest } from './token-request.ts';
import { sent } from './token-request.ts';
import { isPlaceholder } from '../placeholder.ts';

/** The refresh token that was refused; undefined for other requests and for values that were taken out. */
export function refusedRefreshToken(c: Case): string | undefined {
  if (c.request === null || c.kind !== 'refresh') return undefined;
  const token = sent(c.request, 'refresh_token');
  return token === undefined || token === '' || isPlaceholder(token) ? undefined : token;
}

/** Other requests that sent this refresh token. Sorted once a case: the causes ask for every ancestor of a token. */
export function usesOf(c: Case, token: string): TokenRequest[] {
  let uses = c.memo.usesOfRefreshToken;
  if (uses === undefined) {
    uses = new Map();
    for (const other of c.others) {
      const value = sent(other, 'refresh_token');
      if (value === undefined) continue;
      const list = uses.get(value);
      if (list === undefined) uses.set(value, [other]);
      else list.push(other);
    }
    c.memo.usesOfRefreshToken = uses;
  }
  return uses.get(token) ?? [];
}


/** The refresh tokens this one descends from, nearest first, each with the request that answered with its successor. */
export function ancestorsOf(c: Case, token: string): { token: string; rotatedBy: TokenRequest }[] {
  const ancestors: { token: string; rotatedBy: TokenRequest }[] = [];
  const seen = new Set([token]);
  let current = token;
  for (;;) {
    const rotatedBy = c.before.find(({ tokens }) => tokens?.refresh === current);
    const parent = rotatedBy === undefined ? undefined : sent(rotatedBy, 'refresh_token');
    if (rotatedBy === undefined || parent === undefined || seen.has(parent)) return ancestors;
    seen.add(parent);
    ancestors.push({ token: parent, rotatedBy });
    current = parent;
  }
}

/** Whether the server once answered this very refresh token with tokens. */
export function wasAccepted(c: Case, token: string): boolean {
  return usesOf(c, token).some((use) => use.tokens !== null);
}
