/** Every cause by its stable id. docs/causes.md says what decides each. */
export const CAUSE_IDS = [
  'code_expired', 'code_reused', 'code_invalid', 'code_invalid_or_expired', 'code_wrong_client',
  'redirect_uri_mismatch_token', 'redirect_uri_not_registered', 'redirect_uri_mismatch_any', 'redirect_uri_missing',
  'pkce_mismatch', 'pkce_verifier_missing', 'pkce_unexpected_verifier', 'pkce_required', 'pkce_malformed',
  'client_secret_invalid', 'client_secret_expired', 'client_secret_missing', 'client_secret_unexpected', 'client_unknown',
  'client_credentials_rejected', 'client_auth_method_wrong', 'client_auth_encoding', 'client_type_mismatch', 'client_disabled',
  'grant_type_not_allowed', 'unsupported_grant_type',
  'refresh_expired', 'refresh_expired_inactive', 'refresh_invalid', 'refresh_invalid_or_revoked', 'refresh_revoked', 'refresh_reused',
  'refresh_wrong_client', 'refresh_concurrent', 'refresh_limit', 'refresh_scope',
  'signin_frequency_policy', 'reauth_required', 'session_ended', 'credential_changed', 'user_disabled', 'user_incomplete',
  'user_not_in_tenant', 'user_not_assigned', 'consent_missing', 'mfa_or_policy_interaction', 'policy_blocked', 'user_denied',
  'user_password_wrong', 'app_access_restricted',
  'wrong_tenant', 'wrong_environment', 'wrong_account_type', 'clock_skew', 'scope_invalid', 'missing_parameter', 'request_malformed',
  'value_altered', 'token_endpoint_wrong', 'token_endpoint_redirected', 'assertion_claims', 'dpop_binding', 'server_state_lost',
  'rate_limited', 'grant_unspecified', 'server_error',
] as const;
export type CauseId = (typeof CAUSE_IDS)[number];

const known: ReadonlySet<string> = new Set(CAUSE_IDS);
export const isCauseId = (id: string): id is CauseId => known.has(id);

/** What part of the protocol a cause belongs to: an error code fits some parts and not others. */
export type CauseFamily =
  | 'code' | 'redirect' | 'pkce' | 'client' | 'grant-type' | 'refresh' | 'user' | 'environment' | 'scope' | 'format' | 'endpoint' | 'proof' | 'server' | 'unspecified';
