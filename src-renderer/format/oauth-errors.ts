/** What the standard errors mean, in a sentence, and where they are defined. */
const meanings: Readonly<Record<string, { meaning: string; section: string }>> = {
  invalid_request: { meaning: 'The request itself is wrong: a parameter is missing, repeated or malformed, or the client authenticates in two ways.', section: 'RFC 6749 §5.2' },
  invalid_client: { meaning: 'The client could not be authenticated: unknown client id, wrong or missing secret, or another authentication method than the one registered.', section: 'RFC 6749 §5.2' },
  invalid_grant: { meaning: 'The code or refresh token is not accepted: expired, already used, revoked, issued to another client, or redeemed with another redirect URI or verifier.', section: 'RFC 6749 §5.2' },
  unauthorized_client: { meaning: 'The client is known, but may not use this grant type.', section: 'RFC 6749 §5.2' },
  unsupported_grant_type: { meaning: 'The server does not offer this grant type at its token endpoint.', section: 'RFC 6749 §5.2' },
  invalid_scope: { meaning: 'A scope is unknown, malformed, or more than the person granted.', section: 'RFC 6749 §5.2' },
  access_denied: { meaning: 'The person or the server said no.', section: 'RFC 6749 §4.1.2.1' },
  unsupported_response_type: { meaning: 'The server does not give authorization codes in this way.', section: 'RFC 6749 §4.1.2.1' },
  server_error: { meaning: 'The server met something unexpected. Nothing in this request explains it.', section: 'RFC 6749 §4.1.2.1' },
  temporarily_unavailable: { meaning: 'The server is overloaded or under maintenance. The same request may work later.', section: 'RFC 6749 §4.1.2.1' },
  invalid_token: { meaning: 'The access token is expired, revoked, malformed or not meant for this resource.', section: 'RFC 6750 §3.1' },
  insufficient_scope: { meaning: 'The access token is good, but does not carry the scope this resource wants.', section: 'RFC 6750 §3.1' },
  interaction_required: { meaning: 'The person would have to do something, and prompt=none forbids showing a page.', section: 'OIDC Core §3.1.2.6' },
  login_required: { meaning: 'Nobody is signed in, and prompt=none forbids asking.', section: 'OIDC Core §3.1.2.6' },
  consent_required: { meaning: 'Consent is missing, and prompt=none forbids asking for it.', section: 'OIDC Core §3.1.2.6' },
  account_selection_required: { meaning: 'An account would have to be chosen, and prompt=none forbids asking.', section: 'OIDC Core §3.1.2.6' },
  invalid_target: { meaning: 'The resource indicator is unknown or not allowed.', section: 'RFC 8707 §2' },
  invalid_dpop_proof: { meaning: 'The DPoP proof is missing, malformed or wrong.', section: 'RFC 9449 §5' },
  use_dpop_nonce: { meaning: 'The server wants its nonce in the DPoP proof; the request is to be repeated with it.', section: 'RFC 9449 §8' },
  unsupported_token_type: { meaning: 'The server does not revoke tokens of this kind.', section: 'RFC 7009 §2.2.1' },
};

export function meaningOf(error: string | null): { meaning: string; section: string } | null {
  return error !== null && Object.hasOwn(meanings, error) ? meanings[error] ?? null : null;
}
