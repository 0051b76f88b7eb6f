import type { ClockReading, RunState, TokenState } from '../../contract/index.ts';
import { lifetimeOf } from '../../contract/index.ts';
import { liveRefreshToken } from '../provoke.ts';

/** Two renewals of one Run are never closer than this, whatever a server states. Milliseconds. */
export const SHORTEST_GAP = 1000;

/** When a Run's tokens are to be renewed, or why not. */
export type Due = { refresh: TokenState; received: ClockReading; /** Milliseconds after `received`. */ after: number } | { refresh: null; why: string };

/**
 * The chosen share of the newest access token's lifetime, counted from the time it came.
 *
 * @param share 0–1
 */
export function dueOf(state: RunState, share: number): Due {
  const refresh = liveRefreshToken(state);
  if (!refresh) return { refresh: null, why: 'There is no live refresh token.' };
  const access = state.tokens.findLast(({ record }) => record.kind === 'access_token');
  if (!access) return { refresh: null, why: 'There is no access token.' };
  const lifetime = lifetimeOf(access, state.exchanges.get(access.exchangeId)?.exchange);
  if (lifetime.expiresAtOurs === undefined) return { refresh: null, why: 'Nothing states how long the access token lives.' };
  const whole = lifetime.expiresAtOurs - access.receivedAt;
  if (whole <= 0) return { refresh: null, why: 'The access token had expired when it came.' };
  return { refresh, received: lifetime.received, after: Math.max(SHORTEST_GAP, whole * share) };
}

/**
 * How long to wait after failure number `failures` (1, 2, …): doubled each time, at most five minutes, a fifth of it by chance so that many
 * clients do not come back in step.
 *
 * @param random 0–1
 */
export function backoffOf(failures: number, random: number): number {
  const whole = Math.min(300_000, 2000 * 2 ** (Math.min(failures, 20) - 1));
  return Math.round(whole * (0.8 + 0.4 * random));
}
