import { defineCause } from '../cause.ts';

export const clientTypeMismatch = defineCause({
  id: 'client_type_mismatch', family: 'client', scope: 'any',
  title: 'The client is registered for another kind of app than it behaves as (web, single-page, native)',
  fix: 'Register the redirect URI under the right kind of app, or send (or leave out) the secret as that kind does.',
  unknowable: 'How the client is registered cannot be known from here.',
});
