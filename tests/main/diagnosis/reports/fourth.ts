import type { Report } from './report.ts';
import { CONSTRUCTED, authorized, granted, redeem, refresh } from './report.ts';

const GH = 'https://github.com';
const V = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const C = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const RFC = 'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.';
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object, header: object = { alg: 'ES256' }): string => `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;
const ASSERTION = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' };
const T0 = 1775120400;
const jwk = (x: string): object => ({ kty: 'EC', crv: 'P-256', x, y: 'y1' });
const proof = (key: string, more: object = {}): string => jwt({ jti: `${key}-1`, htm: 'POST', htu: 'https://pds.example/oauth/token', iat: T0, ...more }, { typ: 'dpop+jwt', alg: 'ES256', jwk: jwk(key) });

/** Collected and measured after the third batch, before the engine was changed for any of these. */
export const fourth: Report[] = [
  { server: 'Reddit', source: `${GH}/elebumm/RedditVideoMakerBot/issues/59`, as: 'http', cause: 'user_password_wrong',
    calls: [{ url: 'https://www.reddit.com/api/v1/access_token', form: { grant_type: 'password', username: 'bot', password: 'wrong' }, basic: 'rd:rds', status: 200, answer: { error: 'invalid_grant' } }] },
  { server: 'Reddit', source: `${GH}/csu/export-saved-reddit/issues/48`, as: 'http', cause: 'client_credentials_rejected', also: ['client_secret_invalid'],
    calls: [{ url: 'https://www.reddit.com/api/v1/access_token', form: { grant_type: 'password', username: 'bot', password: 'p' }, basic: 'rd:rds', status: 401, answer: { message: 'Unauthorized', error: 401 } }] },
  { server: 'Reddit', source: `${GH}/elebumm/RedditVideoMakerBot/issues/282`, as: 'http', cause: 'client_type_mismatch', also: ['grant_type_not_allowed'],
    calls: [{ url: 'https://www.reddit.com/api/v1/access_token', form: { grant_type: 'password', username: 'bot', password: 'p' }, basic: 'rd:rds', status: 401, answer: { error: 'unauthorized_client', error_description: 'Only script apps may use password auth' } }] },
  { server: 'DocuSign', source: `${GH}/docusign/code-examples-ruby/issues/18`, as: 'http', cause: 'client_secret_invalid', also: ['code_expired', 'client_credentials_rejected'],
    calls: [{ url: 'https://account-d.docusign.com/oauth/token', form: redeem({ code: 'eyJ0eXAiOiJNVCIsImFsZyI6.abc' }), basic: '1d5f-ik:1d5f-ik', status: 401, answer: { error: 'invalid_client' } }] },
  { server: 'DocuSign', source: `${GH}/docusign/docusign-esign-csharp-client/issues/341`, as: 'http', cause: 'consent_missing',
    calls: [{ url: 'https://account-d.docusign.com/oauth/token', form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: jwt({ iss: 'ik', sub: 'user', aud: 'account-d.docusign.com', iat: T0, exp: T0 + 3600, scope: 'signature impersonation' }) }, answer: { error: 'consent_required' } }] },
  { server: 'Box', source: `${GH}/iterate-ch/cyberduck/issues/13003`, as: 'http', cause: 'refresh_expired',
    calls: [{ url: 'https://api.box.com/oauth2/token/', form: refresh('bx11aa22', { client_id: 'bx', client_secret: 'bxs' }), answer: { error: 'invalid_grant', error_description: 'Refresh token has expired' } }] },
  { server: 'Box', source: `${GH}/box/box-node-sdk/issues/96`, as: 'http', cause: 'clock_skew', also: ['assertion_claims'],
    calls: [{ url: 'https://api.box.com/oauth2/token', form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: jwt({ iss: 'bx', sub: 'u', aud: 'https://api.box.com/oauth2/token', jti: 'j', exp: T0 + 30, iat: T0 }), client_id: 'bx', client_secret: 'bxs' }, answer: { error: 'invalid_grant', error_description: "Current date/time MUST be after or equal to the not-before date/time  listed in the 'nbf' or 'iat' claim" } }] },
  { server: 'Gravitee AM', source: `${GH}/gravitee-io/gravitee-access-management/issues/288`, as: 'curl', cause: 'user_password_wrong', also: ['request_malformed'],
    calls: [{ url: 'http://localhost:8092/portal/oauth/token?grant_type=password&scope=read&client_id=apim_portal&client_secret=3eab9968&username=test&password=test2', method: 'POST', answer: { error: 'invalid_grant' } }] },
  { server: 'IdentityServer3', source: `${GH}/IdentityServer/IdentityServer3/issues/1887`, as: 'http', cause: 'user_password_wrong',
    calls: [{ url: 'https://ids3.example/connect/token', form: { grant_type: 'password', username: 'Usera', password: '123456', scope: 'api', client_id: 'mobile', client_secret: 's' }, answer: { error: 'invalid_grant' } }] },
  { server: 'Spring Authorization Server', source: `${GH}/spring-attic/spring-authorization-server/issues/473`, as: 'har', cause: 'pkce_mismatch', also: ['pkce_malformed', 'client_secret_missing'],
    calls: [
      authorized('http://localhost:3000/oauth2/authorize', { client_id: 'pig', code_challenge: 'x0TUH323lFGUGY46xb-K3erPjA5XrtVHelWz1Tc6xRc=', code_challenge_method: 'S256', scope: 'read' }, 'http://127.0.0.1:9090/authorized?code=vkEKhr-ltf24KeYCGjpJGWNZ', 0),
      { url: 'http://localhost:3000/oauth2/token', form: redeem({ client_id: 'pig', code: 'vkEKhr-ltf24KeYCGjpJGWNZ', code_verifier: V }), status: 401, answer: { error: 'invalid_client' }, at: 20 },
    ] },
  { server: 'Spring Authorization Server', source: `${GH}/spring-attic/spring-authorization-server/pull/1139`, as: 'har', cause: 'refresh_wrong_client', also: ['client_unknown'],
    calls: [
      { url: 'https://sas.example.org/oauth2/token', form: redeem({ code: 'aa11bb22', redirect_uri: 'https://s.example/cb' }), basic: 'client-1:s1', ...granted({ refresh_token: 'rt-sas-1' }), at: 0 },
      { url: 'https://sas.example.org/oauth2/token', form: refresh('rt-sas-1'), basic: 'client-2:s2', status: 400, answer: { error: 'invalid_client' }, at: 60 },
    ] },
  { server: 'Cloudflare MCP portal', source: `${GH}/cloudflare/workers-oauth-provider/issues/201`, as: 'http', cause: 'client_unknown', also: ['client_credentials_rejected'],
    calls: [{ url: 'https://mcp.example/token', form: refresh('cf-rt', { client_id: 'dcr-abc' }), status: 401, answer: { error: 'invalid_client', error_description: 'Client not found' } }] },
  { server: 'Kimi MCP', source: `${GH}/MoonshotAI/kimi-code/issues/2606`, as: 'har', cause: 'redirect_uri_not_registered',
    calls: [{ url: 'https://mcp.example/authorize?response_type=code&client_id=dcr-old&redirect_uri=http%3A%2F%2F127.0.0.1%3A52111%2Fcallback&state=q', status: 400, answer: 'Invalid redirect URI', at: 0 }] },
  { server: 'Supabase MCP', source: `${GH}/supabase/mcp/issues/355`, as: 'har', cause: 'client_unknown',
    calls: [{ url: 'https://api.supabase.com/v1/oauth/authorize?client_id=a1b2c3d4&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A3118%2Fcallback&state=x', status: 422, answer: { message: 'Unrecognized client_id' }, at: 0 }] },
  { server: 'Oracle ADB', source: `${GH}/punkpeye/mcp-remote/issues/234`, as: 'http', cause: 'client_credentials_rejected', also: ['client_unknown', 'client_secret_missing'],
    calls: [{ url: 'https://dataaccess.adb.example.com/adb/auth/v1/databases/x/token', form: redeem({ client_id: 'mcp', client_secret: 'x1', code: 'or4cl3cd', redirect_uri: 'http://localhost:1/cb', code_verifier: V }), status: 401, answer: { error: 'invalid client' } }] },
  { server: 'Obot', source: `${GH}/obot-platform/obot/issues/7501`, as: 'har', cause: 'refresh_reused', out: ['refresh_wrong_client'],
    calls: [
      { url: 'https://obot.example/oauth/token', form: refresh('ob-1', { client_id: 'ob' }), ...granted({ refresh_token: 'ob-2' }), at: 0 },
      { url: 'https://obot.example/oauth/token', form: refresh('ob-1', { client_id: 'ob' }), answer: { error: 'invalid_request', error_description: 'Obot: refresh_token is invalid' }, at: 400 },
    ] },
  { server: 'Tesla', source: `${GH}/teslamotors/vehicle-command/issues/160`, as: 'http', cause: 'session_ended', also: ['refresh_invalid_or_revoked', 'refresh_expired', 'reauth_required'],
    calls: [{ url: 'https://auth.tesla.com/oauth2/v3/token', form: refresh('EU_abc', { client_id: 'ts' }), status: 401, answer: { error: 'login_required', error_description: 'The refresh_token is invalid. Login required', error_uri: 'https://auth.tesla.com/error/reference/1' } }] },
  { server: 'Tesla', source: `${GH}/timdorr/tesla-api/issues/548`, as: 'http', cause: 'unsupported_grant_type',
    calls: [{ url: 'https://owner-api.teslamotors.com/oauth/token', form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', client_id: 'ts' }, basic: 'ts:x', answer: { error: 'unsupported_grant_type', error_description: 'The authorization grant type is not supported by the authorization server.' } }] },
  { server: 'Tesla', source: `${GH}/timdorr/tesla-api/issues/233`, as: 'http', cause: 'grant_unspecified',
    calls: [{ url: 'https://owner-api.teslamotors.com/oauth/token', form: refresh('ts-old', { client_id: 'ts', client_secret: 'x' }), status: 401, answer: { error: 'invalid_grant', error_description: RFC } }] },
  { server: 'Tesla', source: `${GH}/marcone/teslausb/issues/615`, as: 'http', cause: 'server_error',
    calls: [{ url: 'https://auth.tesla.com/oauth2/v3/token', form: refresh('ts-old', { client_id: 'ts' }), status: 400, answer: { error: 'server_error', error_description: 'Internal server error' } }] },
  { server: 'Bluesky', source: `${GH}/bluesky-social/atproto/issues/3859`, as: 'har', cause: 'refresh_reused', also: ['dpop_binding', 'refresh_invalid_or_revoked', 'refresh_invalid'],
    calls: [
      { url: 'https://pds.example/oauth/token', form: refresh('ref-7741', { client_id: 'https://c.example/m.json' }), status: 400, answer: { error: 'use_dpop_nonce', error_description: 'Authorization server requires nonce in DPoP proof' }, answerHeaders: { 'DPoP-Nonce': 'n1' }, at: 0 },
      { url: 'https://pds.example/oauth/token', form: refresh('ref-7741', { client_id: 'https://c.example/m.json' }), headers: { DPoP: proof('k1', { nonce: 'n1' }) }, ...granted({ token_type: 'DPoP', refresh_token: 'ref-8852' }), at: 1 },
      { url: 'https://pds.example/oauth/token', form: refresh('ref-7741', { client_id: 'https://c.example/m.json' }), headers: { DPoP: proof('k1', { nonce: 'n1' }) }, answer: { error: 'invalid_grant', error_description: 'Invalid refresh token' }, at: 5 },
    ] },
  { server: 'Bluesky', source: `${GH}/bluesky-social/atproto/pull/3415`, as: 'har', cause: 'dpop_binding',
    calls: [{ url: 'https://pds.example/oauth/token', form: redeem({ client_id: 'https://c.example/m.json', code: 'cod-1122', redirect_uri: 'https://c.example/cb', code_verifier: V }), headers: { DPoP: proof('k1') }, answer: { error: 'use_dpop_nonce', error_description: 'Authorization server requires nonce in DPoP proof' }, answerHeaders: { 'DPoP-Nonce': 'n1' }, at: 0 }] },
  { server: 'Bluesky', source: `${GH}/bluesky-social/pds/issues/163`, as: 'har', cause: 'dpop_binding',
    calls: [{ url: 'https://pds.example/oauth/token', form: redeem({ client_id: 'https://c.example/m.json', code: 'cod-1122', redirect_uri: 'https://c.example/cb', code_verifier: V }), headers: { DPoP: proof('k1', { htu: 'http://pds.example/oauth/token' }) }, answer: { error: 'invalid_dpop_proof', error_description: 'DPoP htu mismatch' }, at: 0 }] },
  { server: 'Bluesky', source: `${GH}/bluesky-social/atproto/issues/3410`, as: 'har', cause: 'dpop_binding', out: ['refresh_wrong_client'],
    calls: [
      { url: 'https://pds.example/oauth/token', form: redeem({ client_id: 'https://c.example/m.json', code: 'cod-1122', redirect_uri: 'https://c.example/cb', code_verifier: V }), headers: { DPoP: proof('k1') }, ...granted({ token_type: 'DPoP', refresh_token: 'ref-1' }), at: 0 },
      { url: 'https://pds.example/oauth/token', form: refresh('ref-1', { client_id: 'https://c.example/m.json' }), headers: { DPoP: proof('k2') }, answer: { error: 'invalid_token', error_description: 'Invalid DPoP key binding' }, at: 60 },
    ] },
  { server: 'streamplace', source: `${GH}/streamplace/streamplace/issues/469`, as: 'http', cause: 'dpop_binding',
    calls: [{ url: 'https://pds.example/oauth/token', form: refresh('ref-1', { client_id: 'https://c.example/m.json' }), headers: { DPoP: proof('k2') }, answer: { error: 'invalid_dpop_proof', error_description: 'DPoP proof replayed' } }] },
  { server: 'Thunder ID', source: `${GH}/thunder-id/thunderid/pull/4220`, as: 'har', cause: 'assertion_claims', also: ['client_credentials_rejected'],
    calls: [
      { url: 'https://thunder.example/.well-known/openid-configuration', status: 200, answer: { issuer: 'https://thunder.example', token_endpoint: 'https://thunder.example/oauth2/token', authorization_endpoint: 'https://thunder.example/oauth2/authorize', token_endpoint_auth_methods_supported: ['private_key_jwt'] }, at: 0 },
      { url: 'https://thunder.example/oauth2/token', form: redeem({ code: 'aabbccdd', redirect_uri: 'https://c.example/cb', ...ASSERTION, client_assertion: jwt({ iss: 'cl', sub: 'cl', aud: 'https://other.example/oauth2/token', jti: '1', iat: T0, exp: T0 + 60 }) }), status: 401, answer: { error: 'invalid_client' }, at: 1 },
    ] },
  { server: 'mock-oauth2-server', source: `${GH}/navikt/mock-oauth2-server/pull/847`, as: 'har', cause: 'assertion_claims', also: ['client_credentials_rejected'],
    calls: [{ url: 'https://mock.example/default/token', form: redeem({ code: 'aabbccdd', redirect_uri: 'https://c.example/cb', client_id: 'cl', ...ASSERTION, client_assertion: jwt({ iss: 'something-else', sub: 'cl', aud: 'https://mock.example/default/token', jti: '1', iat: T0, exp: T0 + 60 }) }), status: 401, answer: { error: 'invalid_client' }, at: 1 }] },
  { server: 'league/oauth2-server', source: `${GH}/thephpleague/oauth2-server/issues/1345`, as: 'har', cause: 'refresh_scope', also: ['scope_invalid'],
    calls: [
      { url: 'https://php.example/token', form: redeem({ client_id: 'ph', code: 'def50200aa', redirect_uri: 'https://c.example/cb', code_verifier: V }), ...granted({ refresh_token: 'def502rt', scope: 'basic' }), at: 0 },
      { url: 'https://php.example/token', form: refresh('def502rt', { client_id: 'ph', scope: 'basic email' }), answer: { error: 'invalid_scope', error_description: 'The requested scope is invalid, unknown, or malformed', hint: 'Check the `email` scope' }, at: 3600 },
    ] },
  { server: 'oauthlib', source: `${GH}/oauthlib/oauthlib/issues/177`, as: 'har', cause: 'refresh_reused', also: ['scope_invalid'],
    calls: [
      { url: 'https://py.example/o/token/', form: refresh('py-1', { client_id: 'py', client_secret: 's' }), ...granted({ refresh_token: 'py-2', scope: 'read' }), at: 0 },
      { url: 'https://py.example/o/token/', form: refresh('py-1', { client_id: 'py', client_secret: 's' }), status: 401, answer: { error: 'invalid_scope' }, at: 500 },
    ] },
  { server: 'WSO2 IS', source: `${GH}/wso2/product-is/issues/20574`, as: 'http', cause: 'scope_invalid', also: ['refresh_scope'],
    calls: [{ url: 'https://localhost:9443/oauth2/token', form: refresh('w-1', { scope: 'openid' }), basic: 'w:ws', answer: { error: 'invalid_scope', error_description: 'Invalid Scope!' } }] },
  { server: 'Basecamp fizzy', source: `${GH}/basecamp/fizzy/pull/3081`, as: 'http', cause: 'refresh_wrong_client',
    calls: [{ url: 'https://fizzy.example/oauth/token', form: refresh('bc-1', { client_id: 'bc2' }), answer: { error: 'invalid_grant', error_description: 'Refresh token was not issued to this client' } }] },
  { server: 'Coder', source: `${GH}/coder/coder/pull/28751`, as: 'http', cause: 'refresh_scope', also: ['scope_invalid'],
    calls: [{ url: 'https://coder.example/oauth2/tokens', form: refresh('co-1', { client_id: 'co', client_secret: 's', scope: 'workspace:admin' }), answer: { error: 'invalid_scope', error_description: 'scope requests permissions beyond the scope originally granted' } }] },
  { server: 'Jentic', source: `${GH}/jentic/jentic-one/issues/1252`, as: 'har', cause: null, also: ['grant_unspecified', 'refresh_invalid_or_revoked'], out: ['refresh_wrong_client', 'value_altered'],
    calls: [
      { url: 'https://je.example/oauth/token', form: redeem({ client_id: 'je', code: 'je-cd-1', redirect_uri: 'https://c.example/cb', code_verifier: V }), ...granted({ refresh_token: 'je-rt-1' }), at: 0 },
      { url: 'https://je.example/oauth/token', form: refresh('je-rt-1', { client_id: 'je' }), answer: { error: 'invalid_grant' }, at: 7 },
    ] },
  { server: 'Fosite', source: `${GH}/ory/fosite/issues/696`, as: 'har', cause: 'pkce_required',
    calls: [{ url: 'https://fo.example/oauth2/auth?response_type=code&client_id=fo&redirect_uri=https%3A%2F%2Fc.example%2Fcb&state=12345678', status: 302, answerHeaders: { Location: 'https://c.example/cb?error=invalid_request&error_description=Clients+must+include+a+code_challenge+when+performing+the+authorize+code+flow%2C+but+it+is+missing.&state=12345678' }, at: 0 }] },
  { server: 'Whole and refused', source: CONSTRUCTED, as: 'har', cause: null, also: ['grant_unspecified', 'server_state_lost'], out: ['redirect_uri_mismatch_token', 'pkce_mismatch', 'code_wrong_client', 'value_altered', 'wrong_tenant', 'code_invalid'],
    calls: [
      authorized('https://as.example.net/authorize', { client_id: 'w', redirect_uri: 'https://c.example/cb', state: 's', code_challenge: C, code_challenge_method: 'S256' }, { code: 'whole-code-1', state: 's' }, 0),
      { url: 'https://as.example.net/token', form: redeem({ client_id: 'w', client_secret: 'x', code: 'whole-code-1', redirect_uri: 'https://c.example/cb', code_verifier: V }), answer: { error: 'invalid_grant' }, at: 1 },
    ] },
];
