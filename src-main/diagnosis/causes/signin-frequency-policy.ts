import { defineCause } from '../cause.ts';

export const signinFrequencyPolicy = defineCause({
  id: 'signin_frequency_policy', family: 'user', scope: 'any',
  title: 'A policy limits how old the sign-in may be',
  fix: 'Let the user sign in again; the interval is the tenant’s conditional-access policy.',
  unknowable: 'Policies of the provider cannot be seen from here.',
});
