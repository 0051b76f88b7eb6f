import type { Evidence } from '../../contract/diagnosis.ts';
import { acceptedOf, isClientError } from '../case/client.ts';
import type { Case } from '../case/case.ts';
import { defineCause } from '../cause.ts';
import { atExchange, atHeader, atParameter } from '../evidence.ts';

export const clientAuthMethodWrong = defineCause({
  id: 'client_auth_method_wrong', family: 'client', scope: 'any',
  title: 'The client authenticated by a method it is not set up for',
  fix: 'Send the credential the way the client is registered (token_endpoint_auth_method): in the Authorization header, or in the body, and never both.',
  tellApart: 'The same credential by the other method.',
  unknowable: 'Which method the client is registered for cannot be known from here.',
  examine: (c) => examine(c),
});

function examine(c: Case): Evidence[] {
  if (c.request === null) return [];
  const { request } = c;
  const { methods, basicFault } = request.credentials;
  const found: Evidence[] = [];
  const at = (weight: number, text: string, source?: string): Evidence => (methods[0] === 'client_secret_basic'
    ? atHeader(weight, request, 'Authorization', text, source === undefined ? {} : { source })
    : atParameter(weight, request, methods[0] === 'private_key_jwt' ? 'client_assertion' : 'client_secret', text, source === undefined ? {} : { source }));
  if (methods.length > 1) found.push(at(isClientError(c) || c.error.error === 'invalid_request' ? 76 : 20, `Two client authentications were sent at once (${methods.join(' and ')}); one is allowed.`, 'https://www.rfc-editor.org/rfc/rfc6749#section-2.3'));
  if (basicFault === 'other-scheme') found.push(at(70, 'The Authorization header is not Basic; at the token endpoint it carries the client’s credentials.'));
  const offered = c.metadata['token_endpoint_auth_methods_supported'];
  if (Array.isArray(offered)) {
    const used = methods.filter((method) => !offered.includes(method));
    const jwt = methods[0] === 'private_key_jwt' && (offered.includes('client_secret_jwt') || offered.includes('private_key_jwt'));
    if (used.length > 0 && !jwt) found.push(at(methods[0] === 'none' ? 30 : 74, `The server offers ${offered.join(', ')}; the request uses ${methods.join(' and ')}.`, 'https://www.rfc-editor.org/rfc/rfc8414#section-2'));
  }
  const accepted = acceptedOf(c);
  const same = accepted.findLast((other) => other.credentials.methods.join() === methods.join());
  const other = accepted.findLast((earlier) => earlier.credentials.methods.join() !== methods.join());
  if (same) found.push(atExchange(-75, same.exchange.id, 'client authentication', `The server accepted this client with ${methods.join(' and ')} in this run.`));
  else if (other && methods[0] !== 'none') found.push(atExchange(isClientError(c) ? 84 : 30, other.exchange.id, 'client authentication', `The server accepted this client with ${other.credentials.methods.join(' and ')}; now it is ${methods.join(' and ')}.`));
  const unseen = (c.said.get('client_secret_missing') ?? []).some(({ weight }) => weight >= 40);
  if (unseen && methods[0] !== 'none') found.push(at(46, `The server says a credential is missing although one was sent as ${methods.join(' and ')}: it looks for it elsewhere.`));
  if (methods[0] === 'none' && found.length === 0) found.push(at(-60, 'No client credential was sent that could be in the wrong place.'));
  return found;
}
