import { isClientError } from '../case/client.ts';
import { defineCause } from '../cause.ts';
import { atStatus } from '../evidence.ts';

export const clientCredentialsRejected = defineCause({
  id: 'client_credentials_rejected', family: 'client', scope: 'any',
  title: 'Client authentication failed, and the server does not say what is wrong with it',
  fix: 'Check client id, secret and authentication method in turn against the registration.',
  tellApart: 'Client credentials with a meaningless code: invalid_client means the credentials are wrong, invalid_grant means they are right.',
  unknowable: 'Nothing in the answer speaks of the client.',
  members: ['client_secret_invalid', 'client_unknown', 'client_auth_method_wrong', 'client_secret_missing', 'client_auth_encoding', 'client_secret_expired'],
  examine: (c) => {
    if (c.error.error === 'invalid_grant') return [atStatus(-35, c, 'The answer is invalid_grant: servers authenticate the client before they look at the grant.')];
    return isClientError(c) && c.request?.status === 401 ? [atStatus(8, c, 'The status is 401: the server asks for other credentials.')] : [];
  },
});
