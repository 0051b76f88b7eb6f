import { refusedRefreshToken, usesOf } from '../case/refresh.ts';
import { duration } from '../case/time.ts';
import { defineCause } from '../cause.ts';
import { atExchange, atParameter } from '../evidence.ts';
import { overlapping, sentTogether } from './refresh-reused.ts';

export const refreshConcurrent = defineCause({
  id: 'refresh_concurrent', family: 'refresh', scope: 'refresh',
  title: 'Two refreshes with the same token ran at once, and this one lost',
  fix: 'Let one refresh at a time run for each grant (a lock, or one shared promise) and let the others wait for its answer.',
  unknowable: 'No other refresh with this token is recorded at the time.',
  examine: (c) => {
    const token = refusedRefreshToken(c);
    const { request } = c;
    if (token === undefined || request === null) return [];
    const together = usesOf(c, token).filter((use) => sentTogether(use, request));
    const winner = together.find((use) => use.tokens !== null) ?? together[0];
    if (winner === undefined) {
      return usesOf(c, token).length > 0 && request.started !== null ? [atParameter(-60, request, 'refresh_token', 'The other use of this token was not at the same time.')] : [];
    }
    // One that had its answer before this was sent is no race within one process, though two that share nothing may still have raced.
    const raced = overlapping(winner, request) || winner.ended === null;
    if (!raced) return [atExchange(40, winner.exchange.id, 'time of the request', `Another refresh with the same token ended only ${duration(Math.abs((request.started ?? 0) - (winner.ended ?? 0)))} away from this one; two workers that do not wait for each other do that.`)];
    return [atExchange(winner.tokens === null ? 60 : 108, winner.exchange.id, 'time of the request', `Another refresh with the same token was under way at the same time (started ${duration((request.started ?? 0) - (winner.started ?? 0))} ${(winner.started ?? 0) <= (request.started ?? 0) ? 'before' : 'after'})${winner.tokens === null ? '' : ' and got the new tokens'}.`)];
  },
});
