/**
 * flow/renewal: keeps the tokens of each environment's newest Run fresh.
 *
 * For the composition root, which gives it the flows, clock, timers and a voice. Sends nothing itself: every renewal is an action on a Run.
 * Refuses to renew while the machine sleeps, after a refusal, and where nothing states a lifetime.
 */
export { RenewalKeeper } from './keeper.ts';
export type { KeeperPorts } from './keeper.ts';
export { backoffOf, dueOf, SHORTEST_GAP } from './due.ts';
