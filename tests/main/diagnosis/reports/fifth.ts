import type { Report } from './report.ts';
import { authorized, granted, redeem, refresh } from './report.ts';

const GH = 'https://github.com';
const CHALLENGE_PAGE = '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><h1>Checking if the site connection is secure</h1><p>Enable JavaScript and cookies to continue</p></body></html>';
const TD = 'https://docs.pat.openbanking.amcb.developer.td.com/reference/token-errors';
const KC = 'https://www.iamdevbox.com/posts/keycloak-session-expired-errors-troubleshooting-and-timeout-configuration';
const keycloak = 'https://id.example.org/realms/main/protocol/openid-connect/token';

/** Collected and measured after the fourth batch, before the engine was changed for any of these. */
export const fifth: Report[] = [
  { server: 'Keycloak (REGES)', source: `${GH}/reges-ro/integrare/issues/780`, as: 'curl', cause: 'client_credentials_rejected', also: ['client_secret_invalid', 'client_unknown'],
    calls: [{ url: 'https://sso.example.ro/realms/API/protocol/openid-connect/token', form: { grant_type: 'password', client_id: 'reges-api', client_secret: 'of-the-dev-realm', username: 'u', password: 'p' }, status: 401, answer: { error: 'unauthorized_client', error_description: 'Invalid client or Invalid client credentials' } }] },
  { server: 'Django OAuth Toolkit behind Apache', source: `${GH}/django-oauth/django-oauth-toolkit/issues/371`, as: 'curl', cause: 'client_credentials_rejected', also: ['client_secret_invalid', 'client_auth_method_wrong'],
    calls: [{ url: 'https://dj.example.org/o/token/', form: { grant_type: 'client_credentials' }, basic: 'CHJgTtA66AcyNxOfk0Bio:Fv0hcW7F0d2yv3fNMb', status: 401, answer: { error: 'invalid_client' } }] },
  { server: 'oauth2-server-php', source: `${GH}/bshaffer/oauth2-server-php/issues/887`, as: 'curl', cause: 'client_auth_method_wrong', also: ['client_credentials_rejected'],
    calls: [{ url: 'https://php.example.org/token.php', form: { grant_type: 'client_credentials' }, basic: 'test:test-secret', status: 400, answer: { error: 'invalid_client', error_description: 'Client credentials were not found in the headers or body' } }] },
  { server: 'Google', source: `${GH}/diegosouzapw/OmniRoute/issues/271`, as: 'http', cause: 'client_secret_missing', also: ['missing_parameter'],
    calls: [{ url: 'https://oauth2.googleapis.com/token', form: redeem({ client_id: 'g.apps.googleusercontent.com', code: '4/0Ab', redirect_uri: 'http://localhost:1455/cb' }), answer: { error: 'invalid_request', error_description: 'client_secret is missing.' } }] },
  { server: 'Kick', source: `${GH}/KickEngineering/KickDevDocs/issues/148`, as: 'http', cause: 'policy_blocked', also: ['token_endpoint_wrong'],
    calls: [{ url: 'https://id.kick.com/oauth/token', form: redeem({ client_id: 'k', client_secret: 'ks', code: 'MDM1ZJC', redirect_uri: 'https://k.example/cb', code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' }), status: 403, answer: CHALLENGE_PAGE, answerHeaders: { 'Content-Type': 'text/html; charset=UTF-8', 'cf-mitigated': 'challenge', Server: 'cloudflare' } }] },
  { server: 'Mattermost', source: `${GH}/mattermost/mattermost/issues/10924`, as: 'http', cause: 'server_error', also: ['code_invalid_or_expired'],
    calls: [{ url: 'https://chat.example.org/oauth/access_token', form: redeem({ client_id: 'm', client_secret: 'ms', code: 'mm1122', redirect_uri: 'https://m.example/cb' }), status: 500, answer: '<!DOCTYPE html><html><body><div id="root"></div></body></html>', answerHeaders: { 'Content-Type': 'text/html' } }] },
  { server: 'Saxo', source: `${GH}/SaxoBank/openapi-samples-js/issues/2`, as: 'http', cause: 'token_endpoint_wrong',
    calls: [{ url: 'https://live.logonvalidation.example/tokens', form: redeem({ client_id: 's', client_secret: 'ss', code: 'aa-bb-cc', redirect_uri: 'http://localhost/cb' }), status: 404, answer: '<!DOCTYPE html><html><head><title>404 - File or directory not found.</title></head><body>Server Error</body></html>', answerHeaders: { 'Content-Type': 'text/html' } }] },
  { server: 'Duende behind a load balancer', source: `${GH}/DuendeArchive/Support/issues/635`, as: 'har', cause: 'server_state_lost', also: ['grant_unspecified'], out: ['redirect_uri_mismatch_token', 'code_wrong_client', 'value_altered'],
    calls: [
      { ...authorized('https://ids.example.org/connect/authorize', { client_id: 'lb', redirect_uri: 'https://l.example/cb', state: 's' }, { code: 'A91F77-1', state: 's' }, 0), answerHeaders: { Location: 'https://l.example/cb?code=A91F77-1&state=s', 'X-Served-By': 'node-1' } },
      { url: 'https://ids.example.org/connect/token', form: redeem({ client_id: 'lb', client_secret: 'ls', code: 'A91F77-1', redirect_uri: 'https://l.example/cb' }), answer: { error: 'invalid_grant' }, answerHeaders: { 'X-Served-By': 'node-2' }, at: 0.6 },
    ] },
  { server: 'Keycloak', source: KC, as: 'http', cause: 'session_ended',
    calls: [{ url: keycloak, form: refresh('kc-rt', { client_id: 'kc', client_secret: 's' }), answer: { error: 'invalid_grant', error_description: 'Session not active' } }] },
  { server: 'Keycloak', source: KC, as: 'http', cause: 'session_ended',
    calls: [{ url: keycloak, form: refresh('kc-rt', { client_id: 'kc', client_secret: 's' }), answer: { error: 'invalid_grant', error_description: 'Offline session not active' } }], also: ['refresh_expired_inactive'] },
  { server: 'Keycloak', source: KC, as: 'http', cause: 'refresh_expired', also: ['refresh_invalid_or_revoked', 'session_ended', 'refresh_expired_inactive'],
    calls: [{ url: keycloak, form: refresh('kc-rt', { client_id: 'kc', client_secret: 's' }), answer: { error: 'invalid_grant', error_description: 'Token is not active' } }] },
  { server: 'Keycloak (Backstage)', source: `${GH}/backstage/backstage/issues/7405`, as: 'har', cause: 'refresh_reused',
    calls: [
      { url: keycloak, form: refresh('kc-a', { client_id: 'bs', client_secret: 's' }), ...granted({ refresh_token: 'kc-b' }), at: 0 },
      { url: keycloak, form: refresh('kc-a', { client_id: 'bs', client_secret: 's' }), answer: { error: 'invalid_grant', error_description: 'Stale token' }, at: 70 },
    ] },
  { server: 'TD Bank', source: TD, as: 'http', cause: 'redirect_uri_mismatch_token',
    calls: [{ url: 'https://td.example/oauth/token', form: redeem({ client_id: 't', client_secret: 'ts', code: 'td1122aa', redirect_uri: 'https://t.example/cb' }), answer: { error: 'invalid_request', error_description: 'redirect_uri did not match URI from initial request' } }] },
  { server: 'TD Bank', source: TD, as: 'http', cause: 'missing_parameter',
    calls: [{ url: 'https://td.example/oauth/token', form: { grant_type: 'refresh_token', client_id: 't', client_secret: 'ts', token: 'td-rt' }, answer: { error: 'invalid_request', error_description: 'No refresh token in request' } }] },
  { server: 'TD Bank', source: TD, as: 'http', cause: 'client_credentials_rejected', also: ['client_secret_invalid'],
    calls: [{ url: 'https://td.example/oauth/token', form: redeem({ client_id: 't', client_secret: 'ts', code: 'td1122aa', redirect_uri: 'https://t.example/cb' }), status: 401, answer: { error: 'invalid_client', error_description: 'Invalid client credentials.' } }] },
  { server: 'Klaxoon', source: 'https://developers.klaxoon.com/docs/errors', as: 'http', cause: 'client_unknown',
    calls: [{ url: 'https://kx.example/oauth/v2/token', form: redeem({ client_id: 'nobody', client_secret: 'ts', code: 'kx1122aa', redirect_uri: 'https://t.example/cb' }), status: 404, answer: { error: 'application_not_found' } }] },
  { server: 'Klaxoon', source: 'https://developers.klaxoon.com/docs/errors', as: 'har', cause: 'redirect_uri_not_registered',
    calls: [{ url: 'https://kx.example/oauth/v2/authorize?response_type=code&client_id=kx&redirect_uri=https%3A%2F%2Ft.example%2Fother&state=1', status: 400, answer: { error: 'invalid_redirect_uri' }, at: 0 }] },
  { server: 'simple-oauth2 user', source: `${GH}/lelylan/simple-oauth2/issues/347`, as: 'har', cause: 'client_unknown', also: ['client_secret_invalid', 'code_wrong_client', 'client_credentials_rejected'],
    calls: [
      authorized('https://as.example.com/authorize', { client_id: 'abcdef0123456789', redirect_uri: 'https://t.example/cb', state: '1' }, { code: 'so1122aa', state: '1' }, 0),
      { url: 'https://as.example.com/token', form: redeem({ client_id: 'abcdef012345678', client_secret: 'ss', code: 'so1122aa', redirect_uri: 'https://t.example/cb' }), status: 401, answer: { error: 'invalid_client' }, at: 1 },
    ] },
];
