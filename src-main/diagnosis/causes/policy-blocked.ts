import { challenged } from '../case/said.ts';
import { defineCause } from '../cause.ts';
import { atStatus } from '../evidence.ts';

export const policyBlocked = defineCause({
  id: 'policy_blocked', family: 'user', scope: 'any',
  title: 'A policy blocks the token (address, network, device, origin or organisation)',
  fix: 'Ask the provider’s administrator which policy applies; try from an allowed network or origin.',
  unknowable: 'Policies of the provider cannot be seen from here.',
  examine: (c) => {
    const sign = challenged(c);
    return sign === null ? [] : [atStatus(84, c, `A firewall answered in place of the token endpoint (${sign}), so the request never reached it.`)];
  },
});
