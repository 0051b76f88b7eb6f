/**
 * token/: verifying an ID token, one verdict a check.
 *
 * For flow/. Takes the key set as data and makes no request of its own; what a token's header points at is never fetched.
 * Refuses nothing: it judges, and a failed verdict stops nothing (decoding and lifetimes are in contract/read, for both processes).
 */
export { verifyIdToken } from './verify.ts';
export type { IdTokenCheck, KeySet } from './verify.ts';
export type { Expected } from './expected.ts';
