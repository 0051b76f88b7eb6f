import type { CauseId } from '../cause-ids.ts';

type Weights = readonly (readonly [CauseId, number])[];

/**
 * What an `error` value alone makes thinkable. Light weights: they order what nothing else tells apart.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
const codeGrant: Weights = [
  ['grant_unspecified', 20], ['code_invalid_or_expired', 14], ['code_expired', 8], ['code_reused', 8], ['code_invalid', 7], ['redirect_uri_mismatch_token', 7],
  ['pkce_mismatch', 6], ['code_wrong_client', 5], ['wrong_environment', 4], ['wrong_tenant', 4], ['server_state_lost', 4], ['session_ended', 3], ['user_disabled', 3],
];
const refreshGrant: Weights = [
  ['refresh_invalid_or_revoked', 20], ['grant_unspecified', 12], ['refresh_expired', 8], ['refresh_reused', 8], ['refresh_revoked', 8], ['refresh_expired_inactive', 6],
  ['refresh_invalid', 6], ['refresh_wrong_client', 5], ['session_ended', 5], ['credential_changed', 4], ['user_disabled', 4], ['wrong_environment', 4],
  ['wrong_tenant', 4], ['refresh_concurrent', 3], ['refresh_limit', 3], ['server_state_lost', 3], ['consent_missing', 2],
];

const table: Readonly<Record<string, Weights>> = {
  invalid_client: [['client_credentials_rejected', 30], ['client_secret_invalid', 18], ['client_auth_method_wrong', 12], ['client_unknown', 12], ['client_secret_missing', 6], ['client_secret_expired', 4], ['client_disabled', 3], ['client_auth_encoding', 3], ['assertion_claims', 2], ['wrong_environment', 4]],
  unauthorized: [['client_credentials_rejected', 34], ['client_secret_invalid', 16], ['client_secret_missing', 8], ['client_auth_method_wrong', 12]],
  unauthorized_client: [['grant_type_not_allowed', 30], ['client_credentials_rejected', 12], ['client_auth_method_wrong', 8], ['client_type_mismatch', 8], ['client_disabled', 4], ['redirect_uri_missing', 3], ['code_wrong_client', 3]],
  unsupported_grant_type: [['unsupported_grant_type', 50], ['request_malformed', 16], ['grant_type_not_allowed', 8], ['token_endpoint_wrong', 4]],
  invalid_scope: [['scope_invalid', 46], ['refresh_scope', 12], ['consent_missing', 6]],
  invalid_target: [['scope_invalid', 44], ['request_malformed', 8]],
  invalid_request: [['missing_parameter', 22], ['request_malformed', 20], ['pkce_required', 5], ['client_auth_method_wrong', 5], ['redirect_uri_missing', 4]],
  access_denied: [['user_denied', 34], ['policy_blocked', 20], ['app_access_restricted', 10], ['user_not_assigned', 8]],
  interaction_required: [['mfa_or_policy_interaction', 50], ['session_ended', 14]],
  login_required: [['session_ended', 50], ['reauth_required', 16]],
  consent_required: [['consent_missing', 55]],
  account_selection_required: [['session_ended', 40]],
  mfa_required: [['mfa_or_policy_interaction', 55]],
  server_error: [['server_error', 50]],
  temporarily_unavailable: [['server_error', 50], ['rate_limited', 10]],
  slow_down: [['rate_limited', 50]],
  use_dpop_nonce: [['dpop_binding', 60]],
  invalid_dpop_proof: [['dpop_binding', 60]],
  invalid_token: [['refresh_invalid_or_revoked', 16], ['token_endpoint_wrong', 8]],
  expired_token: [['code_expired', 50], ['refresh_expired', 50]],
  authorization_pending: [],
  authorization_declined: [['user_denied', 50]],
  redirect_uri_mismatch: [['redirect_uri_mismatch_any', 40], ['redirect_uri_not_registered', 34], ['redirect_uri_mismatch_token', 34]],
  unsupported_token_type: [['missing_parameter', 10]],
  invalid_client_metadata: [['client_unknown', 20]],
  unmet_authentication_requirements: [['mfa_or_policy_interaction', 50]],
};

/** An `error` value as the registry writes it: `Invalid Client` and `invalid-client` are `invalid_client`. */
export const errorKey = (error: string | null): string => error?.trim().toLowerCase().replace(/[\s-]+/g, '_') ?? '';

export function weightsOfError(error: string | null, refreshing: boolean): Weights {
  if (error === null) return [];
  const key = errorKey(error);
  if (key === 'invalid_grant') return refreshing ? refreshGrant : codeGrant;
  return Object.hasOwn(table, key) ? table[key] as Weights : [];
}

/** Errors whose words say nothing beyond their definition; any other value is read like a sentence. */
export function isStandardError(error: string): boolean {
  return errorKey(error) === 'invalid_grant' || Object.hasOwn(table, errorKey(error));
}
