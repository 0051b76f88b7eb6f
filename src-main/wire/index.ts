/**
 * wire/: the exact bytes of an HTTP exchange, its timings and TLS facts; in `secrets/` where the secrets in it are.
 *
 * For flow/, environment/ (through an injected fetcher) and ipc/. One connection an exchange, HTTP/1.1, redirects never followed.
 * Refuses header values that would break out of their line, answers beyond the size limits, and certificates nobody vouches for.
 */
export { send } from './send.ts';
export type { WireRequest } from './send.ts';
export { fetchThrough, WireError } from './fetch-through.ts';
export type { FetchThrough } from './fetch-through.ts';
export { defaultLimits, KEPT_OF_TOO_LARGE } from './limits.ts';
export type { WireLimits } from './limits.ts';
export { isThisMachine, proxyFromEnvironment, proxyFromList, systemProxyOf } from './proxy.ts';
export type { Trust } from './trust.ts';
export type { FailureCode } from './failures.ts';
