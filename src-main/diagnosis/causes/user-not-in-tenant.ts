import { defineCause } from '../cause.ts';

export const userNotInTenant = defineCause({
  id: 'user_not_in_tenant', family: 'user', scope: 'any',
  title: 'The user’s account does not exist in this tenant',
  fix: 'Sign in with an account of this tenant, or invite the account to it.',
  unknowable: 'Which accounts the tenant has cannot be seen from here.',
});
