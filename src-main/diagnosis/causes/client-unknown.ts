import { authenticatedOf, isClientError } from '../case/client.ts';
import { clientIdOf } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atExchange, atParameter } from '../evidence.ts';
import { isPlaceholder } from '../placeholder.ts';

export const clientUnknown = defineCause({
  id: 'client_unknown', family: 'client', scope: 'any',
  title: 'The server does not know this client_id',
  fix: 'Copy the client id again, and check that it is registered in this very tenant, realm or environment.',
  unknowable: 'Whether the client is registered at this server cannot be known from here.',
  examine: (c) => {
    if (c.request === null) return [];
    const now = clientIdOf(c.request);
    if (now === undefined || isPlaceholder(now)) return [];
    const then = c.authorization?.clientId;
    const known = authenticatedOf(c).at(-1);
    if (known) return [atExchange(-85, known.exchange.id, 'client_id', 'The server knew this client_id in this run.')];
    if (then !== undefined && then === now && c.callback !== null) return [atParameter(-45, c.request, 'client_id', 'The authorization endpoint knows this client_id: it gave it a code.')];
    if (/^\s|\s$|^["'<{]/.test(now)) return [atParameter(isClientError(c) ? 82 : 40, c.request, 'client_id', 'The client_id has white space, quotation marks or brackets around it.')];
    if (then !== undefined && then !== now) {
      return [atParameter(isClientError(c) ? 80 : 30, c.request, 'client_id', `The authorization request was made by client “${then}”, the token request by “${now}”.`, { values: [['At authorization', then], ['At the token endpoint', now]] })];
    }
    return [];
  },
});
