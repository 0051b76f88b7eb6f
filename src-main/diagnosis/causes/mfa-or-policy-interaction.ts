import { defineCause } from '../cause.ts';

export const mfaOrPolicyInteraction = defineCause({
  id: 'mfa_or_policy_interaction', family: 'user', scope: 'any',
  title: 'The server wants the user to interact (second factor, device, conditional access)',
  fix: 'Authorize again in the browser so that the user can pass the extra check.',
  unknowable: 'Policies of the provider cannot be seen from here.',
});
