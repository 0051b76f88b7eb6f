import { defineCause } from '../cause.ts';

export const codeInvalidOrExpired = defineCause({
  id: 'code_invalid_or_expired', family: 'unspecified', scope: 'code',
  title: 'The code is unknown, expired or already redeemed; the server does not say which',
  fix: 'Authorize again and redeem the new code once, at once and unchanged.',
  tellApart: 'A fresh code redeemed at once: if it works, the old one was too old or used before.',
  unknowable: 'Nothing in the answer speaks of the code.',
  members: ['code_reused', 'code_expired', 'code_invalid', 'value_altered', 'code_wrong_client', 'redirect_uri_mismatch_token', 'redirect_uri_missing', 'pkce_mismatch', 'pkce_verifier_missing', 'wrong_environment', 'wrong_tenant', 'server_state_lost'],
});
