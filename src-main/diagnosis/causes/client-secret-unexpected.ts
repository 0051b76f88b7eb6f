import { acceptedOf } from '../case/client.ts';
import { defineCause } from '../cause.ts';
import { atExchange, atParameter } from '../evidence.ts';

export const clientSecretUnexpected = defineCause({
  id: 'client_secret_unexpected', family: 'client', scope: 'any',
  title: 'The client is public and must not send a secret',
  fix: 'Leave the secret out, or register the client as confidential.',
  unknowable: 'Whether the client is registered as public cannot be known from here.',
  examine: (c) => {
    if (c.request === null) return [];
    if (c.request.credentials.methods[0] === 'none') return [atParameter(-92, c.request, 'client_secret', 'No client credential was sent.')];
    const publicly = acceptedOf(c).findLast((other) => other.credentials.methods[0] === 'none');
    return publicly ? [atExchange(62, publicly.exchange.id, 'client authentication', 'The server accepted this client without any credential before; now one was sent.')] : [];
  },
});
