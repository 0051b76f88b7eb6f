import type { Fix } from '../../contract/fix.ts';
import type { CauseId } from '../cause-ids.ts';
import type { FixCase } from './tools.ts';
import { atProvider, authorizeAgain, corrected, edit } from './tools.ts';

type Makers = Partial<Record<CauseId, (c: FixCase) => Fix[]>>;

/** Fixes where the grant is gone, or the user or a policy stands in the way. */
export const grantFixes: Makers = {
  code_expired: (c) => [authorizeAgain('Codes live for seconds to minutes; redeem the new one at once.'), atProvider(c, 'Look up the lifetime of authorization codes.')],
  code_reused: () => [authorizeAgain('A code is good for one use (RFC 6749 §4.1.2); look for the second caller before.')],
  code_invalid: () => [authorizeAgain('A fresh code, sent as it arrives.')],
  code_invalid_or_expired: () => [authorizeAgain('A fresh code, redeemed once and at once, tells which of them it was.')],
  code_wrong_client: () => [edit('client.id', 'Open the client id', 'The code is good only for the client that asked for it.'), authorizeAgain('With the client that redeems it.')],
  refresh_expired: (c) => [authorizeAgain('The refresh token is past its lifetime.'), atProvider(c, 'Look up the absolute lifetime of refresh tokens, and raise it if it is too short.')],
  refresh_expired_inactive: (c) => [authorizeAgain('The refresh token was left unused too long.'), atProvider(c, 'Look up the idle window of refresh tokens; refresh more often than that.')],
  refresh_invalid: () => [authorizeAgain('The server does not know this refresh token.')],
  refresh_invalid_or_revoked: (c) => [authorizeAgain('Whatever ended it, this refresh token does not come back.'), atProvider(c, 'Look for the reason in the sign-in or audit log.')],
  refresh_revoked: (c) => [authorizeAgain('A revoked grant does not come back.'), atProvider(c, 'Look in the audit log for who revoked it: logout, password change, administrator.')],
  refresh_reused: (c) => [
    authorizeAgain('Where reuse is noticed the whole family is revoked (RFC 9700 §4.14.2).'),
    atProvider(c, 'Look up whether a grace period for rotated refresh tokens can be set.'),
  ],
  refresh_wrong_client: () => [edit('client.id', 'Open the client id', 'A refresh token is good only for the client it was issued to (RFC 6749 §10.4).'), authorizeAgain('With the client that refreshes.')],
  refresh_concurrent: () => [
    corrected({ change: 'as-configured' }, 'Refresh again, alone', 'With the newest refresh token, if the other refresh brought one.'),
    authorizeAgain('If the family was revoked by the double use.'),
  ],
  refresh_limit: (c) => [authorizeAgain('The oldest refresh tokens are dropped over the limit.'), atProvider(c, 'Look up the limit for each user and client.')],
  signin_frequency_policy: (c) => [authorizeAgain('A policy wants a newer sign-in.'), atProvider(c, 'Look up the sign-in frequency of the conditional-access policy.')],
  reauth_required: (c) => [authorizeAgain('The organisation wants the user to sign in again.'), atProvider(c, 'Look up the session-length policy for this app.')],
  session_ended: (c) => [authorizeAgain('The session behind the grant is gone.'), edit('scope', 'Open the scope', 'offline_access asks for a grant that outlives the session.'), atProvider(c, 'Look up the session lifetime and who ended it.')],
  credential_changed: () => [authorizeAgain('A changed password revokes the grants made with the old one.')],
  user_disabled: (c) => [atProvider(c, 'Find the user.', 'Unlock or enable the account, if that is meant to be.'), authorizeAgain('Afterwards, or with another account.')],
  user_incomplete: (c) => [atProvider(c, 'Find the user.', 'Complete the account: verify the mail address, accept the terms.'), authorizeAgain('Afterwards.')],
  user_not_in_tenant: (c) => [authorizeAgain('With an account of this tenant.'), atProvider(c, 'Invite the account as a guest.')],
  user_not_assigned: (c) => [atProvider(c, 'Open the application and its assignments.', 'Assign the user, or a group of theirs.'), authorizeAgain('Afterwards.')],
  consent_missing: (c) => [
    edit('authorizationParameters', 'Open the extra authorization parameters', 'prompt=consent asks the user again.'), authorizeAgain('So that the user can consent.'),
    atProvider(c, 'Or have an administrator consent for everybody.'),
  ],
  mfa_or_policy_interaction: (c) => [authorizeAgain('In the browser the user can pass the extra check.'), atProvider(c, 'Look up which policy asks for it.')],
  policy_blocked: (c) => [atProvider(c, 'Look in the sign-in log for the policy that applied (address, device, origin).', 'Try from an allowed network, or exempt this client.'), authorizeAgain('From an allowed place.')],
  user_denied: () => [authorizeAgain('And accept the request.')],
  user_password_wrong: () => [authorizeAgain('With the right name and password.')],
  app_access_restricted: (c) => [atProvider(c, 'Publish or verify the app, or add the user to its test users.', 'Have the organisation’s administrator allow it.')],
  server_state_lost: (c) => [authorizeAgain('The server forgot the grant.'), atProvider(c, 'Give all instances one shared store for codes and tokens, kept over restarts.')],
  grant_unspecified: (c) => [authorizeAgain('One fresh code, redeemed once, tells whether it was the code.'), edit('redirect.path', 'Open the redirect URI', 'Compare it with the registered one.'), atProvider(c, 'The server’s own log names the reason.')],
};
