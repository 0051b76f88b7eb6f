/** What an ID token is held against. A member that is left out is not checked, and the verdict says so. */
export interface Expected {
  /** The configured issuer, not the one the server states. */
  issuer?: string;
  clientId: string;
  /** As sent in the authorization request. */
  nonce?: string;
  /** `max_age` as sent, seconds. */
  maxAge?: number;
  /** The authorization code, for `c_hash`. */
  code?: string;
  /** The access token that came with it, for `at_hash`. */
  accessToken?: string;
  /** The registered `id_token_signed_response_alg`. */
  alg?: string;
}
