import { defineCause } from '../cause.ts';

export const reauthRequired = defineCause({
  id: 'reauth_required', family: 'user', scope: 'any',
  title: 'An organisation’s policy demands that the user signs in again',
  fix: 'Let the user sign in again; for service use take a credential that the session policy does not cover.',
  unknowable: 'Policies of the provider cannot be seen from here.',
});
