// Words of the protocol. As a secret they would be a bad one, and masking them wherever they stand would make every message
// unreadable while telling everybody what the secret is; they are masked in their own place only.
const publicWords: ReadonlySet<string> = new Set([
  'invalid_request', 'invalid_client', 'invalid_grant', 'invalid_token', 'invalid_scope', 'unauthorized_client', 'unsupported_grant_type',
  'unsupported_response_type', 'access_denied', 'server_error', 'temporarily_unavailable', 'login_required', 'consent_required',
  'interaction_required', 'insufficient_scope', 'slow_down', 'authorization_pending', 'expired_token', 'bad_verification_code',
  'authorization_code', 'refresh_token', 'access_token', 'id_token', 'client_credentials', 'client_secret', 'client_secret_basic',
  'client_secret_post', 'private_key_jwt', 'password', 'bearer', 'openid', 'profile', 'offline_access', 'secret', 'client_id', 'redirect_uri',
  'grant_type', 'code_verifier', 'code_challenge', 'localhost', 'undefined', 'application/json', 'https:', 'https://', 'http://', 'practice',
]);

export function isPublicWord(value: string): boolean {
  return publicWords.has(value.toLowerCase());
}
