import { duration } from '../case/time.ts';
import { defineCause } from '../cause.ts';
import { atExchange } from '../evidence.ts';
import { ageOfRefreshToken } from './refresh-expired.ts';

export const refreshExpiredInactive = defineCause({
  id: 'refresh_expired_inactive', family: 'refresh', scope: 'refresh',
  title: 'The refresh token was not used within its idle window',
  fix: 'Authorize again, and refresh now and then (for instance daily) to keep the grant alive.',
  tellApart: 'A new grant, refreshed at short intervals: if it lives on, the idle limit was the cause.',
  unknowable: 'When the refresh token was last used is not recorded.',
  examine: (c) => {
    const idle = ageOfRefreshToken(c);
    if (idle === null || c.origin === null) return [];
    const days = idle / 86_400_000;
    const knowledge = c.recognised?.provider.knowledge.refresh;
    const window = /(\d+)\s*(days?|months?)\s*(?:idle|unused|without use|of inactivity)|(?:unused for|idle lifetime default|inactive for|dead after)\s*(\d+)\s*(days?|months?)/i.exec(`${knowledge?.summary ?? ''} ${knowledge?.lifetime ?? ''}`);
    const limit = window ? Number(window[1] ?? window[3]) * (/month/i.test(window[2] ?? window[4] ?? '') ? 30 : 1) : null;
    const source = knowledge?.source ?? undefined;
    if (limit !== null && days > limit) return [atExchange(82, c.origin.exchange.id, 'time of the request', `The refresh token had not been used for ${duration(idle)}; this provider’s idle window is ${limit} days.`, source === undefined ? {} : { source })];
    if (limit !== null) return [atExchange(-50, c.origin.exchange.id, 'time of the request', `The refresh token had not been used for ${duration(idle)}; this provider’s idle window is ${limit} days.`, source === undefined ? {} : { source })];
    if (days > 7) return [atExchange(24, c.origin.exchange.id, 'time of the request', `The refresh token had not been used for ${duration(idle)}.`)];
    if (idle > 1_800_000) return [atExchange(18, c.origin.exchange.id, 'time of the request', `The refresh token had not been used for ${duration(idle)}; session idle limits of half an hour are common.`)];
    return idle < 60_000 ? [atExchange(-30, c.origin.exchange.id, 'time of the request', `The refresh token had been used or issued only ${duration(idle)} before.`)] : [];
  },
});
