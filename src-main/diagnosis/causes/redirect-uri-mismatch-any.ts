import { defineCause } from '../cause.ts';

export const redirectUriMismatchAny = defineCause({
  id: 'redirect_uri_mismatch_any', family: 'redirect', scope: 'any',
  title: 'The redirect URI is at fault, in the registration or in the token request',
  fix: 'Compare the redirect URI of both requests with the registered one, character for character.',
  tellApart: 'If both requests name the same redirect URI, its registration is at fault.',
  unknowable: 'Nothing in the answer speaks of the redirect URI.',
  members: ['redirect_uri_mismatch_token', 'redirect_uri_not_registered', 'redirect_uri_missing'],
});
