import { grantTypeOf } from '../case/token-request.ts';
import { atParameter, atStatus } from '../evidence.ts';
import { defineCause } from '../cause.ts';

/** Grants without a user who could refuse anything at the token endpoint. */
const byClientAlone = /^(?:client_credentials$|urn:ietf:params:oauth:grant-type:(?:token-exchange|jwt-bearer|saml2-bearer)$)/;

export const userDenied = defineCause({
  id: 'user_denied', family: 'user', scope: 'any',
  title: 'The user or the server refused the authorization',
  fix: 'Authorize again and accept the request.',
  unknowable: 'Nothing in the answer speaks of a refusal by the user.',
  examine: (c) => (c.kind === 'code' || c.kind === 'refresh' ? [atParameter(-50, c.request as NonNullable<typeof c.request>, 'grant_type', 'The user had already agreed when this request was made.')]
    : c.request !== null && c.kind === 'other' && byClientAlone.test(grantTypeOf(c.request) ?? '') ? [atParameter(-50, c.request, 'grant_type', 'No user is asked in this grant, so none can have refused.')]
    : c.error.error === 'access_denied' ? [atStatus(24, c, 'The authorization endpoint answered access_denied.', { source: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1' })] : []),
});
