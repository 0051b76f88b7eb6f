import { describe, expect, it } from 'vitest';
import { diagnosed, order, run, token } from './runs.ts';

/** How servers nobody has listed put it. No provider is recognised, and no earlier request is known. */
const said: [text: string, grant: 'code' | 'refresh', error: string, cause: string][] = [
  ['The code has expired', 'code', 'invalid_grant', 'code_expired'],
  ['authorization code expired', 'code', 'invalid_grant', 'code_expired'],
  ['Authorization code has timed out', 'code', 'invalid_grant', 'code_expired'],
  ['auth code is too old', 'code', 'invalid_grant', 'code_expired'],
  ['Authorization code already used', 'code', 'invalid_grant', 'code_reused'],
  ['The authorization code was already consumed', 'code', 'invalid_grant', 'code_reused'],
  ['code has been previously redeemed', 'code', 'invalid_grant', 'code_reused'],
  ['This code can only be used once', 'code', 'invalid_grant', 'code_reused'],
  ['Authorization code replay detected', 'code', 'invalid_grant', 'code_reused'],
  ['Malformed authorization code', 'code', 'invalid_grant', 'code_invalid'],
  ['could not decode the code', 'code', 'invalid_grant', 'code_invalid'],
  ['Code not found', 'code', 'invalid_grant', 'code_invalid'],
  ['Unknown authorization code', 'code', 'invalid_grant', 'code_invalid'],
  ['Code is invalid or expired', 'code', 'invalid_grant', 'code_invalid_or_expired'],
  ['authorization code does not exist or has expired', 'code', 'invalid_grant', 'code_invalid_or_expired'],
  ['Invalid authorization code', 'code', 'invalid_grant', 'code_invalid_or_expired'],
  ['The code was issued to another client', 'code', 'invalid_grant', 'code_wrong_client'],
  ['authorization code was not issued to this client', 'code', 'invalid_grant', 'code_wrong_client'],
  ['Client mismatch for authorization code', 'code', 'invalid_grant', 'code_wrong_client'],
  ['redirect_uri mismatch', 'code', 'invalid_grant', 'redirect_uri_mismatch_token'],
  ['The redirect URI does not match the one used in the authorization request', 'code', 'invalid_grant', 'redirect_uri_mismatch_token'],
  ['redirect_uri is not the same as in the authorize request', 'code', 'invalid_grant', 'redirect_uri_mismatch_token'],
  ['redirect_uri parameter is required', 'code', 'invalid_request', 'redirect_uri_missing'],
  ['missing redirect_uri', 'code', 'invalid_request', 'redirect_uri_missing'],
  ['redirect uri is not whitelisted', 'code', 'invalid_request', 'redirect_uri_not_registered'],
  ['code_verifier does not match the code_challenge', 'code', 'invalid_grant', 'pkce_mismatch'],
  ['PKCE verification failed', 'code', 'invalid_grant', 'pkce_mismatch'],
  ['code challenge failed', 'code', 'invalid_grant', 'pkce_mismatch'],
  ['Invalid code_verifier', 'code', 'invalid_grant', 'pkce_mismatch'],
  ['Missing code_verifier', 'code', 'invalid_request', 'pkce_verifier_missing'],
  ['code_verifier is required', 'code', 'invalid_grant', 'pkce_verifier_missing'],
  ['code verifier must be between 43 and 128 characters', 'code', 'invalid_request', 'pkce_malformed'],
  ['PKCE is required for public clients', 'code', 'invalid_request', 'pkce_required'],
  ['Client authentication failed', 'code', 'invalid_client', 'client_credentials_rejected'],
  ['Invalid client secret', 'code', 'invalid_client', 'client_secret_invalid'],
  ['Client secret does not match', 'code', 'invalid_client', 'client_secret_invalid'],
  ['The client secret has expired', 'code', 'invalid_client', 'client_secret_expired'],
  ['Client not found', 'code', 'invalid_client', 'client_unknown'],
  ['No client with id foo', 'code', 'invalid_client', 'client_unknown'],
  ['Unknown client', 'code', 'invalid_client', 'client_unknown'],
  ['Client authentication method not supported for this client', 'code', 'invalid_client', 'client_auth_method_wrong'],
  ['Invalid client authentication method', 'code', 'invalid_client', 'client_auth_method_wrong'],
  ['Client is disabled', 'code', 'invalid_client', 'client_disabled'],
  ['Client is not allowed to use grant type authorization_code', 'code', 'unauthorized_client', 'grant_type_not_allowed'],
  ['Unsupported grant type: foo', 'code', 'unsupported_grant_type', 'unsupported_grant_type'],
  ['Refresh token has expired', 'refresh', 'invalid_grant', 'refresh_expired'],
  ['refresh token expired due to inactivity', 'refresh', 'invalid_grant', 'refresh_expired_inactive'],
  ['Token is expired', 'refresh', 'invalid_grant', 'refresh_expired'],
  ['Refresh token has been revoked', 'refresh', 'invalid_grant', 'refresh_revoked'],
  ['The grant was revoked', 'refresh', 'invalid_grant', 'refresh_revoked'],
  ['Refresh token reuse detected', 'refresh', 'invalid_grant', 'refresh_reused'],
  ['refresh token already used', 'refresh', 'invalid_grant', 'refresh_reused'],
  ['Maximum allowed refresh token reuse exceeded', 'refresh', 'invalid_grant', 'refresh_reused'],
  ['Invalid refresh token', 'refresh', 'invalid_grant', 'refresh_invalid'],
  ['Refresh token is invalid or expired', 'refresh', 'invalid_grant', 'refresh_invalid_or_revoked'],
  ['refresh token is malformed', 'refresh', 'invalid_grant', 'refresh_invalid'],
  ['Refresh token was issued to a different client', 'refresh', 'invalid_grant', 'refresh_wrong_client'],
  ['Another refresh with this token is in progress, concurrent refresh', 'refresh', 'invalid_grant', 'refresh_concurrent'],
  ['requested scope exceeds the scope granted', 'refresh', 'invalid_scope', 'scope_invalid'],
  ['Session not active', 'refresh', 'invalid_grant', 'session_ended'],
  ['The user session has expired', 'refresh', 'invalid_grant', 'session_ended'],
  ['User is disabled', 'refresh', 'invalid_grant', 'user_disabled'],
  ['Account locked', 'refresh', 'invalid_grant', 'user_disabled'],
  ['User account has been deleted', 'refresh', 'invalid_grant', 'user_disabled'],
  ['The password of the user was changed', 'refresh', 'invalid_grant', 'credential_changed'],
  ['Multi-factor authentication required', 'refresh', 'invalid_grant', 'mfa_or_policy_interaction'],
  ['Access blocked by conditional access policy', 'refresh', 'invalid_grant', 'policy_blocked'],
  ['User has not consented to this application', 'refresh', 'invalid_grant', 'consent_missing'],
  ['Token was not issued by this realm', 'refresh', 'invalid_grant', 'wrong_tenant'],
  ['Too many requests, slow down', 'refresh', 'invalid_request', 'rate_limited'],
  ['JWT issued in the future, check your clock', 'code', 'invalid_client', 'clock_skew'],
  ['Assertion audience is invalid', 'code', 'invalid_client', 'assertion_claims'],
  ['DPoP proof is missing', 'code', 'invalid_request', 'dpop_binding'],
  ['Missing required parameter: code', 'code', 'invalid_request', 'missing_parameter'],
  ['grant_type is required', 'code', 'invalid_request', 'missing_parameter'],
  ['Content-Type must be application/x-www-form-urlencoded', 'code', 'invalid_request', 'request_malformed'],
  ['Duplicate parameter: client_id', 'code', 'invalid_request', 'request_malformed'],
];

describe('the words of an unknown server', () => {
  it.each(said)('“%s” (%s, %s) is %s', (text, grant, error, cause) => {
    const parameters = grant === 'code' ? { grant_type: 'authorization_code', code: 'SplxlOBeZQQYbYS6WxSbIA', redirect_uri: 'https://app.test/cb' } : { grant_type: 'refresh_token', refresh_token: 'r-9hT5kLm2QwErTy' };
    const request = cause.startsWith('pkce') && cause !== 'pkce_verifier_missing' && cause !== 'pkce_required' ? { ...parameters, code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' } : parameters;
    // The request has what the answer complains of, or lacks it.
    const fitting: Record<string, Record<string, string | undefined>> = {
      redirect_uri_missing: { redirect_uri: undefined }, pkce_malformed: { code_verifier: 'short' }, scope_invalid: { scope: 'openid admin' }, assertion_claims: { client_assertion: 'opaque-assertion' },
    };
    const diagnosis = diagnosed(run(token({ date: null, ...(cause === 'assertion_claims' && { basic: null }), parameters: { ...request, ...fitting[cause] }, body: { error, error_description: text } })));
    expect(diagnosis.provider).toBeNull();
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe(cause);
  });
});
