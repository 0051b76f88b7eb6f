/**
 * flow/: the authorization-code flow as steps, each recorded as events of a Run.
 *
 * For the composition root, ipc/ and cli/. Knows no window, no keychain and no database: those come in as ports.
 * Refuses two pieces of work on one Run at a time; sends anything else it is told to, right or wrong.
 */
export { FlowService } from './service.ts';
export { pause } from './pause.ts';
export type { ServicePorts } from './service.ts';
export type { FlowPorts, OpenBrowser, ResolvedClient } from './context.ts';
export { EnvironmentKeys } from './client-auth/environment-keys.ts';
export type { KeyKeeper } from './client-auth/environment-keys.ts';
export { StepProblem } from './step-problem.ts';
export { limitsOf, wayTo } from './trust.ts';
export { isCurrent, makeLocalCertificate, readLocalCertificate } from './local-certificate.ts';
export { systemClock } from './clock.ts';
export type { Clock } from './clock.ts';
export type { CodeMistake, FirstExchange } from './first-exchange.ts';
