import { duration } from '../case/time.ts';
import type { Case } from '../case/case.ts';
import { defineCause } from '../cause.ts';
import { atExchange } from '../evidence.ts';

export const sessionEnded = defineCause({
  id: 'session_ended', family: 'user', scope: 'any',
  title: 'The user’s session behind the grant is gone',
  fix: 'Let the user sign in again; for long-lived access ask for a grant that outlives the session (offline_access).',
  unknowable: 'Whether the user’s session at the provider still lives cannot be known from here.',
  examine: (c) => c.surroundings.filter(({ exchange, order, at }) => exchange.purpose === 'end-session' && sinceIssue(c, order, at)).slice(-1).map(({ exchange, at }) =>
    atExchange(78, exchange.id, 'request line', `The user was signed out here${at > 0 && c.request?.started != null ? `, ${duration(c.request.started - at)} before` : ''}; grants bound to the session end with it.`, { source: 'https://openid.net/specs/openid-connect-rpinitiated-1_0.html' })),
});

/** A logout before the grant was issued ended another session. */
function sinceIssue(c: Case, order: number, at: number): boolean {
  if (c.origin !== null) return order > c.origin.order;
  const arrived = c.surroundings.find(({ exchange }) => exchange.id === c.callback?.entry)?.order;
  return arrived === undefined ? c.callback?.at == null || at >= c.callback.at : order > arrived;
}
