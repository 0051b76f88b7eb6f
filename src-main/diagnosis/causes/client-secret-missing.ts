import { acceptedOf, isClientError, sentSecret } from '../case/client.ts';
import { clientIdOf } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atExchange, atHeader, atParameter } from '../evidence.ts';

export const clientSecretMissing = defineCause({
  id: 'client_secret_missing', family: 'client', scope: 'any',
  title: 'The client is confidential and sent no credential',
  fix: 'Send the client secret by the method the client is registered for, or register the client as public.',
  unknowable: 'Whether the client is registered as confidential cannot be known from here.',
  examine: (c) => {
    if (c.request === null) return [];
    const { credentials } = c.request;
    if (credentials.methods[0] !== 'none') {
      if (sentSecret(c.request) === '') return [atParameter(82, c.request, 'client_secret', 'The client secret sent is empty.')];
      return [credentials.bodySecret !== null ? atParameter(-90, c.request, 'client_secret', 'A client secret was sent.') : atHeader(-85, c.request, 'Authorization', 'A client credential was sent.')];
    }
    const accepted = acceptedOf(c).findLast((other) => other.credentials.methods[0] !== 'none');
    if (accepted) return [atExchange(86, accepted.exchange.id, 'client authentication', 'The server accepted this client with a credential before; now none was sent.')];
    const publicly = acceptedOf(c).findLast((other) => other.credentials.methods[0] === 'none');
    if (publicly) return [atExchange(-80, publicly.exchange.id, 'client authentication', 'The server accepted this client without a credential in this run.')];
    if (!isClientError(c)) return [];
    const named = clientIdOf(c.request) !== undefined;
    // A server that does not know the client has not asked for its secret yet.
    if ((c.said.get('client_unknown') ?? []).some(({ specific, weight }) => specific && weight >= 45)) return [atParameter(10, c.request, 'client_secret', 'The request authenticates no client.')];
    // “The authenticated client is not authorized …” (RFC 6749 §5.2): without a 401 it is not the authentication that failed.
    const authenticated = c.error.error === 'unauthorized_client' && c.request.status !== 401 && !/secret|credential|authenticat/i.test(c.error.description ?? '');
    return [atParameter(authenticated ? 30 : named ? 60 : 56, c.request, 'client_secret', `The request authenticates no client: no Authorization header, no client_secret and no client_assertion${named ? '' : ', and not even a client_id'}.`, { source: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2' })];
  },
});
