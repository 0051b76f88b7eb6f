import { defineCause } from '../cause.ts';

export const userNotAssigned = defineCause({
  id: 'user_not_assigned', family: 'user', scope: 'any',
  title: 'The user is not assigned to the application',
  fix: 'Assign the user (or a group of theirs) to the application at the provider.',
  unknowable: 'Assignments at the provider cannot be seen from here.',
});
