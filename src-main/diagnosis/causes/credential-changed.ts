import { defineCause } from '../cause.ts';

export const credentialChanged = defineCause({
  id: 'credential_changed', family: 'user', scope: 'any',
  title: 'The user’s password was changed or reset, which revoked the grant',
  fix: 'Let the user sign in again.',
  unknowable: 'Changes to the user’s password cannot be seen from here.',
});
