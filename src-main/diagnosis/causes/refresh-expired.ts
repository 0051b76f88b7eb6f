import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { readJwt } from '../case/jwt.ts';
import { refusedRefreshToken } from '../case/refresh.ts';
import { duration } from '../case/time.ts';
import { DECISIVE, defineCause } from '../cause.ts';
import { atExchange, atParameter } from '../evidence.ts';

export const refreshExpired = defineCause({
  id: 'refresh_expired', family: 'refresh', scope: 'refresh',
  title: 'The refresh token had passed its lifetime',
  fix: 'Authorize again. If it should last longer, look at the provider’s refresh token lifetime, or ask for offline access.',
  unknowable: 'When the refresh token was issued, and for how long, is not recorded.',
  examine: (c) => [...byItsClaims(c), ...byItsAnswer(c)],
});

/** The refresh token's own exp, where it is a JWT. */
function byItsClaims(c: Case): Evidence[] {
  const token = refusedRefreshToken(c);
  const jwt = token === undefined ? null : readJwt(token);
  const now = c.request?.serverTime ?? c.request?.started ?? null;
  // Keycloak's offline tokens carry exp 0 or none: no limit of their own.
  if (jwt?.expires === undefined || jwt.expires === 0 || now === null || c.request === null) return [];
  const left = jwt.expires * 1000 - now;
  return [left < 0
    ? atParameter(DECISIVE + 2, c.request, 'refresh_token', `The refresh token is a JWT that had expired ${duration(left)} before (exp).`)
    : atParameter(-80, c.request, 'refresh_token', `The refresh token is a JWT that would have expired only in ${duration(left)} (exp).`)];
}

function byItsAnswer(c: Case): Evidence[] {
  const age = ageOfRefreshToken(c);
  if (age === null || c.origin === null) return [];
  const practice = c.state.environment?.provider.kind === 'practice' ? c.state.environment.provider.lifetimes.refreshToken : undefined;
  const seconds = c.origin.tokens?.refreshExpiresIn ?? practice;
  const text = `The refresh token was ${duration(age)} old`;
  if (seconds !== undefined) {
    const values: [string, string][] = [['Age', duration(age)], ['Lifetime', duration(seconds * 1000)]];
    return age > seconds * 1000
      ? [atExchange(DECISIVE + 1, c.origin.exchange.id, 'response body', `${text}; it was issued for ${duration(seconds * 1000)}.`, { values })]
      : [atExchange(age < seconds * 1000 - 2000 ? -80 : 10, c.origin.exchange.id, 'response body', `${text}; it was issued for ${duration(seconds * 1000)}.`, { values })];
  }
  if (age > 80 * 86_400_000) return [atExchange(44, c.origin.exchange.id, 'time of the request', `${text}; many servers give 30 to 90 days.`)];
  if (age > 86_400_000) return [atExchange(26, c.origin.exchange.id, 'time of the request', `${text}.`)];
  if (age > 1_800_000) return [atExchange(20, c.origin.exchange.id, 'time of the request', `${text}; sessions of half an hour are common.`)];
  if (age > 5000) return [atExchange(12, c.origin.exchange.id, 'time of the request', `${text}.`)];
  if (age > 2500) return [atExchange(5, c.origin.exchange.id, 'time of the request', `${text}.`)];
  return [atExchange(-20, c.origin.exchange.id, 'time of the request', `${text}; hardly any server gives less.`)];
}

/** Milliseconds between the answer that held the refresh token and its use, by the server's clock where possible. */
export function ageOfRefreshToken(c: Case): number | null {
  if (c.origin === null || c.request === null) return null;
  const ours = c.origin.ended !== null && c.request.started !== null ? c.request.started - c.origin.ended : null;
  const server = c.origin.serverTime !== null && c.request.serverTime !== null ? c.request.serverTime - c.origin.serverTime : null;
  if (ours !== null && (server === null || Math.abs(server - ours) < 2500)) return ours;
  return server;
}
