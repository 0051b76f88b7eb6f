/**
 * token/: verifying ID tokens, JWT access tokens and JARM answers, one verdict a check; opening encrypted ones with the client's key.
 *
 * For flow/. Takes the key set as data and makes no request of its own; what a token's header points at is never fetched.
 * Refuses nothing: it judges, and a failed verdict stops nothing (decoding and lifetimes are in contract/read, for both processes).
 */
export { isJwtAccessToken, verifyAccessToken } from './access-token.ts';
export { decrypted } from './decrypt.ts';
export { verifyResponse } from './response.ts';
export { verifyIdToken } from './verify.ts';
export type { IdTokenCheck, KeySet } from './verify.ts';
export type { Expected } from './expected.ts';
