import { acceptedOf } from '../case/client.ts';
import { grantTypeOf } from '../case/token-request.ts';
import { atParameter } from '../evidence.ts';
import { defineCause } from '../cause.ts';

export const grantTypeNotAllowed = defineCause({
  id: 'grant_type_not_allowed', family: 'grant-type', scope: 'any',
  title: 'This client may not use this grant type',
  fix: 'Allow the grant type for the client in the provider’s console (authorization code, refresh token).',
  unknowable: 'Which grant types the client may use is known to the provider alone.',
  examine: (c) => (acceptedOf(c).some((other) => c.request !== null && grantTypeOf(other) === grantTypeOf(c.request))
    ? [atParameter(-85, c.request as NonNullable<typeof c.request>, 'grant_type', 'The server accepted this grant type of this client in this run.')] : []),
});
