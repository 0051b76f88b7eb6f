import { defineCause } from '../cause.ts';

export const wrongAccountType = defineCause({
  id: 'wrong_account_type', family: 'environment', scope: 'any',
  title: 'Personal and work accounts (or their endpoints) were mixed up',
  fix: 'Use the endpoint for the kind of account that signs in, or register the client for both kinds.',
  unknowable: 'The kind of the account cannot be seen from here.',
});
