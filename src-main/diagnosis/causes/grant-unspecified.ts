import { defineCause } from '../cause.ts';

export const grantUnspecified = defineCause({
  id: 'grant_unspecified', family: 'unspecified', scope: 'any',
  title: 'The answer names every possible fault of the grant, so only the requests tell',
  fix: 'Compare redirect_uri, client_id, verifier, age and use count of the code; the server’s own log names the reason.',
  tellApart: 'A fresh code redeemed once, at once, with everything as authorized.',
  unknowable: 'The answer is more specific than this.',
  members: [
    'code_reused', 'code_expired', 'code_invalid', 'value_altered', 'code_wrong_client', 'redirect_uri_mismatch_token', 'redirect_uri_missing', 'pkce_mismatch',
    'pkce_verifier_missing', 'pkce_unexpected_verifier', 'pkce_malformed', 'refresh_reused', 'refresh_revoked', 'refresh_expired', 'refresh_expired_inactive', 'refresh_invalid',
    'refresh_wrong_client', 'refresh_concurrent', 'wrong_environment', 'wrong_tenant', 'session_ended', 'dpop_binding', 'clock_skew', 'user_password_wrong', 'unsupported_grant_type', 'server_state_lost',
  ],
});
