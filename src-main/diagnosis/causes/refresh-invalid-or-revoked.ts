import { defineCause } from '../cause.ts';

export const refreshInvalidOrRevoked = defineCause({
  id: 'refresh_invalid_or_revoked', family: 'unspecified', scope: 'refresh',
  title: 'The refresh token is unknown, expired, revoked or already rotated; the server does not say which',
  fix: 'Authorize again. To find out why, compare the use count and age of the token and look at the provider’s log.',
  tellApart: 'Introspect the token; refresh a new grant twice at an interval, one request at a time.',
  unknowable: 'Nothing in the answer speaks of the refresh token.',
  members: ['refresh_reused', 'refresh_revoked', 'refresh_expired', 'refresh_expired_inactive', 'refresh_invalid', 'refresh_wrong_client', 'refresh_concurrent', 'session_ended', 'value_altered', 'code_reused'],
});
