import { clientIdOf } from '../case/token-request.ts';
import { atParameter } from '../evidence.ts';
import { defineCause } from '../cause.ts';

export const clientDisabled = defineCause({
  id: 'client_disabled', family: 'client', scope: 'any',
  title: 'The client application is disabled',
  fix: 'Enable the client at the provider, or ask its administrator.',
  unknowable: 'Whether the client is disabled is known to the provider alone.',
  examine: (c) => (c.callback !== null && c.request !== null && c.authorization?.clientId === clientIdOf(c.request) && c.kind === 'code'
    ? [atParameter(-20, c.request, 'client_id', 'The authorization endpoint served this client a moment before.')] : []),
});
