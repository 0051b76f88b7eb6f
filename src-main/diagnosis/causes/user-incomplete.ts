import { defineCause } from '../cause.ts';

export const userIncomplete = defineCause({
  id: 'user_incomplete', family: 'user', scope: 'any',
  title: 'The user’s account lacks something the server asks for, such as a verified mail address',
  fix: 'Let the user complete the account at the provider.',
  unknowable: 'The state of the user’s account cannot be seen from here.',
});
