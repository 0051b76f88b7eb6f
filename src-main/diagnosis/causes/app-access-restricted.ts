import { defineCause } from '../cause.ts';

export const appAccessRestricted = defineCause({
  id: 'app_access_restricted', family: 'user', scope: 'any',
  title: 'The app is unverified, in test mode or not allowed by the organisation',
  fix: 'Publish or verify the app, add the user to its test users, or have the organisation allow it.',
  unknowable: 'The state of the app at the provider cannot be seen from here.',
});
