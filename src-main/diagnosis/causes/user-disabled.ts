import { defineCause } from '../cause.ts';

export const userDisabled = defineCause({
  id: 'user_disabled', family: 'user', scope: 'any',
  title: 'The user’s account is disabled, locked or deleted',
  fix: 'Have the account enabled at the provider, or sign in with another one.',
  unknowable: 'The state of the user’s account cannot be seen from here.',
});
