import { defineCause } from '../cause.ts';

export const policyBlocked = defineCause({
  id: 'policy_blocked', family: 'user', scope: 'any',
  title: 'A policy blocks the token (address, network, device, origin or organisation)',
  fix: 'Ask the provider’s administrator which policy applies; try from an allowed network or origin.',
  unknowable: 'Policies of the provider cannot be seen from here.',
});
