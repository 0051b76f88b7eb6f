import { Buffer } from 'node:buffer';
import type { Report } from './report.ts';
import { authorized, granted, redeem, refresh, START } from './report.ts';

const GH = 'https://github.com';
const jwt = (claims: object, header: object = { alg: 'ES256', kid: 'k1' }): string => `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.c2lnbmF0dXJl`;
const T0 = START / 1000;
const V = 'M25iVXpKU3puUjFaYWg3T1NDTDQtcW1ROUY5YXlwalNoc0hhakxifmZHag';
const kc = 'https://sso.acme.example/realms/main/protocol/openid-connect';
const CB = 'https://app.acme.example/oauth/callback';
const JWTB = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const TX = 'urn:ietf:params:oauth:grant-type:token-exchange';
const DC = 'urn:ietf:params:oauth:grant-type:device_code';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const jwk = { kty: 'EC', crv: 'P-256', x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs', y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA' };
const dpop = (claims: object): string => jwt(claims, { typ: 'dpop+jwt', alg: 'ES256', jwk });

/** Collected and measured after the fifth batch, each before the engine was changed for it: devices, pushed requests, assertions and the client. */
export const sixth: Report[] = [
  { server: 'QuickBooks swapped', source: `${GH}/intuit/QuickBooks-V3-PHP-SDK/issues/308`, as: 'har', cause: 'refresh_invalid', calls: [
    { url: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer', form: redeem({ code: 'AB11xyz', redirect_uri: CB }), basic: 'ABqb:sec', ...granted({ access_token: 'eyJlbmMiOiJBMTI4Q0JDIn0..acc.ess.tok', refresh_token: 'AB11715RtQ', x_refresh_token_expires_in: 8726400 }), at: 0 },
    { url: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer', form: refresh('eyJlbmMiOiJBMTI4Q0JDIn0..acc.ess.tok'), basic: 'ABqb:sec', answer: { error_description: 'Incorrect or invalid refresh token', error: 'invalid_grant' }, at: 4000 }] },
  { server: 'Intuit empty secret', source: `${GH}/intuit/oauth-rubyclient/issues/14`, as: 'http', cause: 'client_secret_missing', calls: [
    { url: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer', form: redeem({ code: 'AB11xyz', redirect_uri: CB }), basic: 'ABqbClient:', status: 401, answer: { error: 'invalid_client' } }] },
  { server: 'IdentityServer4 unauthorized_client', source: `${GH}/DuendeArchive/IdentityServer4/issues/4075`, as: 'har', cause: 'redirect_uri_mismatch_token', calls: [
    authorized('https://ids.acme.example/connect/authorize', { client_id: 'web', redirect_uri: 'https://app.acme.example/signin-oidc', state: '1' }, { code: 'A9F', state: '1' }, 0),
    { url: 'https://ids.acme.example/connect/token', form: redeem({ client_id: 'web', client_secret: 's', code: 'A9F', redirect_uri: 'https://app.acme.example/signin-oidc/' }), answer: { error: 'unauthorized_client' }, at: 1 }] },
  { server: 'better-auth cross client', source: `${GH}/better-auth/better-auth/pull/10154`, as: 'har', cause: 'refresh_wrong_client', also: ['client_unknown'], calls: [
    { url: 'https://auth.ba.example/api/auth/oauth2/token', form: redeem({ client_id: 'clientA', code: 'c', redirect_uri: CB, code_verifier: 'a'.repeat(43) }), ...granted({ refresh_token: 'rtA' }), at: 0 },
    { url: 'https://auth.ba.example/api/auth/oauth2/token', form: refresh('rtA', { client_id: 'clientB' }), answer: { error: 'invalid_client', error_description: 'invalid client_id' }, at: 50 }] },
  { server: 'Salesforce not approved', source: `${GH}/omniphx/forrest/issues/278`, as: 'http', cause: 'consent_missing', also: ['user_not_assigned'], calls: [
    { url: 'https://login.salesforce.com/services/oauth2/token', form: { grant_type: JWTB, assertion: jwt({ iss: '3MVG', sub: 'u@acme.example', aud: 'https://login.salesforce.com', exp: T0 + 180 }) }, answer: { error: 'invalid_grant', error_description: "user hasn't approved this consumer" }, at: 0 }] },
  { server: 'device expired_token', source: `${GH}/spring-attic/spring-authorization-server/pull/1889`, as: 'curl', cause: 'code_expired', calls: [
    { url: 'https://id.nuz.example/oauth2/token', form: { grant_type: DC, device_code: 'sRN6Nk', client_id: 'tv' }, answer: { error: 'expired_token', error_uri: 'https://datatracker.ietf.org/doc/html/rfc8628#section-3.5' } }] },
  { server: 'device late, by time', source: `${GH}/spring-attic/spring-authorization-server/pull/1889`, as: 'har', cause: 'code_expired', calls: [
    { url: 'https://id.nuz.example/oauth2/device_authorization', form: { client_id: 'tv', scope: 'openid' }, status: 200, answer: { device_code: 'sRN6Nk', user_code: 'ABCD-EFGH', verification_uri: 'https://id.nuz.example/activate', expires_in: 300, interval: 5 }, at: 0 },
    { url: 'https://id.nuz.example/oauth2/token', form: { grant_type: DC, device_code: 'sRN6Nk', client_id: 'tv' }, answer: { error: 'authorization_pending' }, at: 290 },
    { url: 'https://id.nuz.example/oauth2/token', form: { grant_type: DC, device_code: 'sRN6Nk', client_id: 'tv' }, answer: { error: 'invalid_grant' }, at: 310 }] },
  { server: 'PAR redirect (Keycloak)', source: `${GH}/DuendeSoftware/foss/issues/126`, as: 'har', cause: 'redirect_uri_not_registered', also: ['redirect_uri_mismatch_any'], calls: [
    { url: `${kc}/ext/par/request`, form: { client_id: 'mvc', response_type: 'code', redirect_uri: 'https://localhost:5002/signin-oidc', scope: 'openid', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', client_secret: 's' }, answer: { error: 'invalid_request', error_description: 'Invalid parameter: redirect_uri' }, at: 0 }] },
  { server: 'PAR assertion aud', source: `${GH}/thunder-id/thunderid/pull/4220`, as: 'har', cause: 'assertion_claims', calls: [
    { url: 'https://as.fapi.example/oauth2/par', form: { client_id: 'fapi', response_type: 'code', redirect_uri: CB, client_assertion_type: ASSERTION, client_assertion: jwt({ iss: 'fapi', sub: 'fapi', aud: 'https://other.fapi.example', exp: T0 + 60, iat: T0, jti: 'a' }) }, status: 401, answer: { error: 'invalid_client' }, at: 0 }] },
  { server: 'Keycloak exchange not allowed', source: `${GH}/l10178/idaas-book/pull/228`, as: 'http', cause: 'grant_type_not_allowed', also: ['policy_blocked'], calls: [
    { url: `${kc}/token`, form: { grant_type: TX, client_id: 'rq', client_secret: 's', subject_token: 'eyJ', subject_token_type: 'urn:ietf:params:oauth:token-type:access_token' }, status: 403, answer: { error: 'access_denied', error_description: 'Client not allowed to exchange' } }] },
  { server: 'Auth0 exchange combination', source: `${GH}/agentgateway/agentgateway/issues/2891`, as: 'http', cause: 'request_malformed', also: ['missing_parameter'], calls: [
    { url: 'https://acme.eu.auth0.com/oauth/token', form: { grant_type: TX, client_id: 'rq', client_secret: 's', subject_token: 'eyJ', subject_token_type: 'urn:custom:agent:human', requested_token_type: 'urn:ietf:params:oauth:token-type:access_token' }, answer: { error: 'invalid_request', error_description: 'Invalid subject_token_type and requested_token_type combination.' } }] },
  { server: 'exchange without type', source: `${GH}/swan-cern/jupyterhub-extensions/pull/161`, as: 'http', cause: 'missing_parameter', calls: [
    { url: 'https://as.cern.example/token', form: { grant_type: TX, client_id: 'rq', client_secret: 's', subject_token: 'eyJ.a.b' }, answer: { error: 'invalid_request' } }] },
  { server: 'Entra sub iss', source: `${GH}/AzureAD/microsoft-authentication-library-for-java/issues/430`, as: 'http', cause: 'assertion_claims', calls: [
    { url: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token', form: { grant_type: 'client_credentials', client_id: 'd', scope: 'x/.default', client_assertion_type: ASSERTION, client_assertion: 'xxx' }, status: 401, answer: { error: 'invalid_client', error_description: 'AADSTS50048: Subject must match the issuer claim in the client assertion.', error_codes: [50048] } }] },
  { server: 'Strava expired but used', source: `${GH}/stravalib/stravalib/issues/190`, as: 'har', cause: 'code_reused', calls: [
    { url: 'https://www.strava.com/oauth/token', form: redeem({ client_id: '12', client_secret: 's', code: 'aa0f' }), ...granted({ refresh_token: 'q' }), at: 0 },
    { url: 'https://www.strava.com/oauth/token', form: redeem({ client_id: '12', client_secret: 's', code: 'aa0f' }), answer: { message: 'Bad Request', errors: [{ resource: 'AuthorizationCode', field: '', code: 'expired' }] }, at: 600 }] },
  { server: 'hqbase family', source: `${GH}/HQBase/hqbase/issues/41`, as: 'har', cause: 'refresh_reused', also: ['refresh_concurrent', 'refresh_revoked'], calls: [
    { url: 'https://hq.example/api/auth/oauth2/token', form: refresh('hqb_refresh_1', { client_id: 'n' }), ...granted({ refresh_token: 'hqb_refresh_2' }), at: 0, took: 90 },
    { url: 'https://hq.example/api/auth/oauth2/token', form: refresh('hqb_refresh_1', { client_id: 'n' }), status: 500, answer: '', at: 0.013, took: 90 },
    { url: 'https://hq.example/api/auth/oauth2/token', form: refresh('hqb_refresh_2', { client_id: 'n' }), answer: { error: 'invalid_grant' }, at: 120 }] },
  { server: 'arctic refresh as code', source: `${GH}/pilcrowonpaper/arctic/issues/63`, as: 'har', cause: 'code_invalid', also: ['unsupported_grant_type'], calls: [
    { url: 'https://auth.atlassian.com/oauth/token', form: redeem({ client_id: 'c', client_secret: 's', code: 'co', redirect_uri: CB }), ...granted({ refresh_token: 'eyJrt.a.b' }), at: 0 },
    { url: 'https://auth.atlassian.com/oauth/token', form: redeem({ client_id: 'c', client_secret: 's', code: 'eyJrt.a.b', redirect_uri: CB }), answer: { error: 'invalid_request' }, at: 3700 }] },
  { server: 'OneDrive truncated', source: `${GH}/abraunegg/onedrive/pull/3625`, as: 'har', cause: 'value_altered', also: ['code_invalid'], calls: [
    authorized('https://login.microsoftonline.com/common/oauth2/v2.0/authorize', { client_id: 'd50c', redirect_uri: 'https://login.microsoftonline.com/common/oauth2/nativeclient', scope: 'Files.ReadWrite' }, 'https://login.microsoftonline.com/common/oauth2/nativeclient?code=M.C540_BL2.2.U.7f1c-aa%24bb!cc*dd&session_state=1', 0),
    { url: 'https://login.microsoftonline.com/common/oauth2/v2.0/token', form: redeem({ client_id: 'd50c', code: 'M.C540_BL2.2.U.7f1c-aa', redirect_uri: 'https://login.microsoftonline.com/common/oauth2/nativeclient' }), answer: { error: 'invalid_grant', error_description: "AADSTS70000: The provided value for the 'code' parameter is not valid.", error_codes: [70000] }, at: 5 }] },
  { server: 'draw.io http behind proxy', source: `${GH}/jgraph/docker-drawio/issues/140`, as: 'har', cause: 'redirect_uri_mismatch_token', also: ['redirect_uri_not_registered'], calls: [
    authorized('https://login.microsoftonline.com/common/oauth2/v2.0/authorize', { client_id: '4897', redirect_uri: 'https://draw.acme.example/microsoft', state: 's' }, 'https://draw.acme.example/microsoft?code=0.AX&state=s', 0),
    { url: 'https://login.microsoftonline.com/common/oauth2/v2.0/token', form: redeem({ client_id: '4897', client_secret: 's', code: '0.AX', redirect_uri: 'http://draw.acme.example/microsoft' }), answer: { error: 'invalid_client', error_description: "AADSTS50011: The redirect URI 'http://draw.acme.example/microsoft' specified in the request does not match the redirect URIs configured for the application '4897'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.", error_codes: [50011] }, at: 1 }] },
  { server: 'Cognito unauthorized_client', source: `${GH}/aws-amplify/amplify-js/issues/5284`, as: 'http', cause: 'grant_type_not_allowed', calls: [
    { url: 'https://acme.auth.us-east-1.amazoncognito.com/oauth2/token', form: redeem({ client_id: '9z', code: 'cq', redirect_uri: 'http://localhost:3000/' }), answer: { error: 'unauthorized_client' } }] },
  { server: 'atproto key binding', source: `${GH}/bluesky-social/atproto/issues/3410`, as: 'http', cause: 'dpop_binding', calls: [
    { url: 'https://bsky.social/oauth/token', form: redeem({ client_id: 'https://a.example/cm.json', code: 'cod-1', redirect_uri: 'https://a.example/cb', code_verifier: V }), headers: { DPoP: dpop({ htu: 'https://bsky.social/oauth/token', htm: 'POST', iat: T0, jti: 'a', nonce: 'n' }) }, answer: { error: 'invalid_token', error_description: 'Invalid DPoP key binding' }, at: 0 }] },
];
