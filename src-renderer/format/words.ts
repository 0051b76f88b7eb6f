import type { Purpose } from '../../src-main/contract/exchange.ts';
import type { SecretState } from '../../src-main/contract/environment.ts';
import type { SecretKind } from '../../src-main/contract/marker.ts';
import type { CallbackVerdict, ProbeId, Provocation, RunSummary, StepKind, StepOutcome, TokenKind } from '../../src-main/contract/run.ts';
import type { TokenFate } from '../../src-main/contract/read/run-state.ts';

export type Tone = 'ok' | 'bad' | 'warn' | 'info' | 'quiet';

export const stepNames: Record<StepKind, string> = {
  discover: 'Discover', par: 'Push the request', authorize: 'Authorize', receive: 'Receive the redirect', exchange: 'Redeem the code', validate: 'Check the ID token',
  userinfo: 'UserInfo', refresh: 'Refresh', revoke: 'Revoke', introspect: 'Introspect', logout: 'Log out',
  probe: 'Probe', resend: 'Send again',
  device: 'Ask for a device code', poll: 'Wait for the confirmation', 'client-credentials': 'Client credentials', call: 'Call the API',
};

export const probeNames: Record<ProbeId, string> = {
  'client-check': 'client credentials with a meaningless code', introspect: 'introspect the token', 'refresh-once-more': 'refresh once more',
  'fresh-code': 'fresh code, redeemed at once', 'authorized-redirect': 'the authorized redirect URI', 'discovery-keys': 'discovery and keys, fetched again',
  'time-check': 'time check',
};

export const provocations: Record<Provocation, { name: string; explanation: string; needsBrowser: boolean }> = {
  'reuse-code': { name: 'Redeem the code again', explanation: 'Sends the spent code once more. Codes are good for one use.', needsBrowser: false },
  'wrong-redirect': { name: 'Redeem with another redirect URI', explanation: 'Signs in for a fresh code, then sends a redirect URI that differs.', needsBrowser: true },
  'wrong-verifier': { name: 'Redeem with a wrong verifier', explanation: 'Signs in for a fresh code, then sends a verifier that does not match the PKCE challenge.', needsBrowser: true },
  'wrong-secret': { name: 'Redeem with a wrong secret', explanation: 'Signs in for a fresh code, then sends a made-up client secret.', needsBrowser: true },
  'reuse-refresh': { name: 'Reuse a rotated refresh token', explanation: 'Refreshes if needed, then sends the refresh token that was replaced.', needsBrowser: false },
  'refresh-revoked': { name: 'Use a revoked refresh token', explanation: 'Revokes the refresh token, then sends it.', needsBrowser: false },
};

export const outcomeWords: Record<StepOutcome, { text: string; tone: Tone }> = {
  ok: { text: 'OK', tone: 'ok' }, refused: { text: 'Refused', tone: 'bad' }, failed: { text: 'Failed', tone: 'bad' },
  cancelled: { text: 'Cancelled', tone: 'quiet' }, 'timed-out': { text: 'Timed out', tone: 'warn' },
};

export const runStateWords: Record<RunSummary['state'], { text: string; tone: Tone }> = {
  ...outcomeWords,
  ok: { text: 'Finished', tone: 'ok' }, running: { text: 'Running', tone: 'info' }, interrupted: { text: 'Interrupted when the app closed', tone: 'warn' },
};

export const purposeNames: Record<Purpose, string> = {
  discovery: 'Discovery', jwks: 'JWKS', par: 'PAR', token: 'Token', userinfo: 'UserInfo', revocation: 'Revocation',
  introspection: 'Introspection', device: 'Device', 'end-session': 'End session', resource: 'Resource', other: 'Other',
};

export const tokenNames: Record<TokenKind, string> = { access_token: 'Access token', refresh_token: 'Refresh token', id_token: 'ID token' };

export const fateWords: Record<TokenFate, { text: string; tone: Tone; explanation: string }> = {
  live: { text: 'Live', tone: 'ok', explanation: 'Nothing in this run has ended it.' },
  superseded: { text: 'Superseded', tone: 'quiet', explanation: 'A refresh replaced it with the next generation.' },
  revoked: { text: 'Revoked', tone: 'warn', explanation: 'You revoked it.' },
  refused: { text: 'Refused', tone: 'bad', explanation: 'The provider refused it.' },
};

export const secretNames: Record<SecretKind, string> = {
  authorization_code: 'code', code_verifier: 'code verifier', client_secret: 'client secret', client_assertion: 'client assertion',
  access_token: 'access token', refresh_token: 'refresh token', id_token: 'ID token', signature: 'signature', cookie: 'cookie',
  authorization: 'credentials', password: 'password', device_code: 'device code', private_key: 'private key', other: 'secret',
};

export const secretStateWords: Record<SecretState, { text: string; tone: Tone }> = {
  stored: { text: 'Stored in the keychain', tone: 'ok' },
  absent: { text: 'None stored', tone: 'quiet' },
  locked: { text: 'The keychain is locked', tone: 'warn' },
  failed: { text: 'The keychain could not be read', tone: 'bad' },
  memory: { text: 'Kept in memory until the app closes', tone: 'warn' },
};

export const callbackWords: Record<CallbackVerdict, { short: string; text: string; tone: Tone }> = {
  accepted: { short: 'accepted', text: 'Accepted: state and issuer are right, and there is a code.', tone: 'ok' },
  'accepted-error': { short: 'provider said no', text: 'Accepted: a genuine answer, and the provider answered with an error.', tone: 'bad' },
  handoff: { short: 'hand-over page', text: 'The answer is behind the # of the address, which browsers keep to themselves. A page was sent that hands it over.', tone: 'quiet' },
  host: { short: 'wrong Host', text: 'Rejected: the Host header names another server. Only requests to the redirect address are taken.', tone: 'warn' },
  method: { short: 'wrong method', text: 'Rejected: the HTTP method is not one a redirect uses.', tone: 'warn' },
  'cross-origin': { short: 'sent by a page', text: 'Rejected: a script of another page sent it, not a navigation of the browser.', tone: 'warn' },
  path: { short: 'wrong path', text: 'Rejected: it is not the path of the redirect URI.', tone: 'warn' },
  malformed: { short: 'malformed', text: 'Rejected: the request cannot be read as an HTTP redirect.', tone: 'warn' },
  'duplicate-parameter': { short: 'duplicate parameter', text: 'Rejected: a parameter stands there twice (RFC 6749 §3.1 forbids that).', tone: 'warn' },
  'no-parameters': { short: 'no parameters', text: 'Rejected: nothing of an authorization answer is in it.', tone: 'warn' },
  'state-missing': { short: 'no state', text: 'Rejected: it carries no state, so it may come from anybody.', tone: 'warn' },
  'state-mismatch': { short: 'wrong state', text: 'Rejected: its state is not the one this run sent. It answers another request, or it is forged.', tone: 'warn' },
  'iss-missing': { short: 'no iss', text: 'Rejected: the provider announces that it names itself with iss, and this answer does not (RFC 9207).', tone: 'warn' },
  'iss-mismatch': { short: 'wrong iss', text: 'Rejected: it comes from another issuer than the one asked (RFC 9207).', tone: 'warn' },
  'code-missing': { short: 'no code', text: 'Rejected: neither a code nor an error is in it.', tone: 'warn' },
  second: { short: 'second answer', text: 'Not used: the answer was already there. The first one counts.', tone: 'warn' },
  late: { short: 'too late', text: 'Not used: it came after the wait was over.', tone: 'warn' },
};
