import type { JWK } from 'jose';

/** The client's own private key as a step needs it: to sign what the client says, and to open what was encrypted to it. */
export interface ClientKey {
  /** Private. Never recorded; only what it signs is. */
  jwk: JWK;
  /** Signature algorithm it is used with, e.g. ES256. */
  alg: string;
  kid?: string;
}
