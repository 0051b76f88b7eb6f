import type { Evidence } from '../../contract/diagnosis.ts';
import { acceptedOf, authenticatedOf, isClientError, sentSecret } from '../case/client.ts';
import type { Case } from '../case/case.ts';
import { clientIdOf } from '../case/token-request.ts';
import { defineCause, WEAK } from '../cause.ts';
import { atAuthorization, atExchange, atHeader, atParameter, atStatus } from '../evidence.ts';
import { isPlaceholder, isReadable } from '../placeholder.ts';

export const clientSecretInvalid = defineCause({
  id: 'client_secret_invalid', family: 'client', scope: 'any',
  title: 'The client secret is wrong',
  fix: 'Copy the client secret again from the provider (its value, not its id; without spaces or line breaks), for this client and this environment.',
  tellApart: 'Client credentials with a meaningless code: invalid_client means the credentials are wrong, invalid_grant means they are right.',
  unknowable: 'Whether a secret is the right one cannot be seen on the wire.',
  examine: (c) => examine(c),
});

function examine(c: Case): Evidence[] {
  if (c.request === null) return [];
  const { request } = c;
  const secret = sentSecret(request);
  if (secret === null) return request.credentials.hasAssertion || request.credentials.basicFault !== null ? [] : [atParameter(-90, request, 'client_secret', 'No client secret was sent.')];
  const found: Evidence[] = [];
  const at = (weight: number, text: string): Evidence => (request.credentials.bodySecret !== null
    ? atParameter(weight, request, 'client_secret', text) : atHeader(weight, request, 'Authorization', text));
  if (isReadable(secret) && isClientError(c)) {
    if (/^\s|\s$/.test(secret)) found.push(at(80, 'The secret has white space or a line break at its start or end.'));
    else if (/[\u0000-\u001f\u007f\u200b-\u200d\ufeff]/.test(secret)) found.push(at(78, 'The secret holds an invisible control character.'));
    if (secret === '') return [at(-40, 'The secret sent is empty, so none was sent that could be wrong.')];
    if (secret === clientIdOf(request)) found.push(at(c.error.error === 'unauthorized_client' && request.status !== 401 ? 20 : 76, 'The secret sent is the client id.'));
    if (c.recognised?.provider.knowledge.id === 'entra' && /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(secret)) found.push(at(60, 'The secret has the form of a secret’s id (a UUID), not of its value.'));
  }
  if (isPlaceholder(secret)) return found;
  const accepted = acceptedOf(c).filter((other) => sentSecret(other) !== null);
  const other = accepted.findLast((earlier) => sentSecret(earlier) !== secret);
  const same = authenticatedOf(c).findLast((earlier) => sentSecret(earlier) === secret);
  if (other && !same) found.push(atExchange(isClientError(c) ? 88 : 50, other.exchange.id, 'client secret', 'The server accepted this client with another secret than the one sent now.'));
  else if (same) found.push(atExchange(-70, same.exchange.id, 'client secret', 'The server accepted this client with the same secret in this run.'));
  if (found.length === 0 && isClientError(c) && (c.error.error !== 'unauthorized_client' || c.request.status === 401)) found.push(...byElimination(c));
  if (c.error.error === 'invalid_grant') found.push(atStatus(-35, c, 'The answer is invalid_grant: servers authenticate the client before they look at the grant.'));
  return found;
}

/** The client is known (it got a code) and its method is offered: what is left of the credentials is the secret. */
function byElimination(c: Case): Evidence[] {
  const { request, authorization, callback } = c;
  if (request === null || authorization === null || callback === null) return [];
  if (authorization.clientId === undefined || authorization.clientId !== clientIdOf(request)) return [];
  return [atAuthorization(WEAK + 4, authorization, 'client_id', 'The authorization endpoint knows this client_id and gave it a code, so what is left of the credentials is the secret or the way it was sent.')];
}
