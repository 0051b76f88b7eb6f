import { createHash } from 'node:crypto';
import type { Report } from './report.ts';
import { authorized, granted, redeem, refresh, CONSTRUCTED } from './report.ts';

const GH = 'https://github.com';
const s256 = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
const V2 = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXkKq';
const V = 'M25iVXpKU3puUjFaYWg3T1NDTDQtcW1ROUY5YXlwalNoc0hhakxifmZHag';
const CB = 'https://app.acme.example/oauth/callback';
const CODE = 'SplxlOBeZQQYbYS6WxSbIA9f';
const DC = 'urn:ietf:params:oauth:grant-type:device_code';
const LI = 'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists';

/** Collected like the sixth: values altered on the way, servers with words and names of their own, answers that are pages. */
export const seventh: Report[] = [
  { server: 'wicked server_error for a code', source: `${GH}/Haufe-Lexware/wicked.haufe.io/issues/131`, as: 'har', cause: 'code_invalid', also: ['server_error', 'redirect_uri_missing'], calls: [
    authorized('https://api.wicked.example/auth/local/api/x/authorize', { client_id: 'w', redirect_uri: CB, state: '1' }, { code: '0badf00d1234', state: '1' }, 0),
    { url: 'https://api.wicked.example/auth/local/api/x/token', form: redeem({ client_id: 'w', client_secret: 's', code: 'ffffeeee0000' }), status: 500, answer: { error: 'server_error', error_description: 'could not retrieve user profile for given authorization code' }, at: 3 }] },
  { server: 'X refresh in the body', source: `${GH}/unasuke/omniauth-twitter2/issues/4`, as: 'http', cause: 'client_auth_method_wrong', calls: [
    { url: 'https://api.twitter.com/2/oauth2/token', form: refresh('bWRW', { client_id: 'TVQ', client_secret: 'sec' }), status: 401, answer: { error: 'unauthorized_client', error_description: 'Missing valid authorization header' } }] },
  { server: 'LinkedIn redirect of another route', source: `${GH}/pennersr/django-allauth/issues/2758`, as: 'har', cause: 'redirect_uri_mismatch_token', calls: [
    authorized('https://www.linkedin.com/oauth/v2/authorization', { client_id: '77', redirect_uri: 'http://localhost:3000/linkedin', state: 's' }, 'http://localhost:3000/linkedin?code=AQT&state=s', 0),
    { url: 'https://www.linkedin.com/oauth/v2/accessToken', form: redeem({ code: 'AQT', redirect_uri: 'http://localhost:8000/accounts/linkedin/login/callback/', client_id: '77', client_secret: 's' }), answer: { error: 'invalid_redirect_uri', error_description: LI }, at: 2 }] },
  { server: 'LinkedIn stored code again', source: `${GH}/r-everse/linkedin-php/issues/3`, as: 'har', cause: 'code_reused', calls: [
    { url: 'https://www.linkedin.com/oauth/v2/accessToken', form: redeem({ code: 'AQT', redirect_uri: CB, client_id: '77', client_secret: 's' }), ...granted({ expires_in: 5184000 }), at: 0 },
    { url: 'https://www.linkedin.com/oauth/v2/accessToken', form: redeem({ code: 'AQT', redirect_uri: CB, client_id: '77', client_secret: 's' }), answer: { error: 'invalid_request', error_description: LI }, at: 86400 }] },
  { server: 'Dropbox 500', source: `${GH}/snarfed/oauth-dropins/issues/729`, as: 'http', cause: 'server_error', also: ['request_malformed'], calls: [
    { url: 'https://api.dropbox.com/oauth2/token?&grant_type=authorization_code&code=aa11&client_id=k&client_secret=s&redirect_uri=http://localhost:8080/dropbox/oauth_callback', method: 'POST', status: 500, answer: { error: 'The server has either erred or is incapable of performing the requested operation.' } }] },
  { server: 'Slack used', source: `${GH}/kmrshntr/omniauth-slack/issues/54`, as: 'har', cause: 'code_reused', calls: [
    { url: 'https://slack.com/api/oauth.access?client_id=9.3&client_secret=s&code=918.38.abcdef', method: 'GET', status: 200, answer: { ok: false, error: 'code_already_used' }, at: 1 }] },
  { server: 'Amazon code', source: `${GH}/amzn/amazon-advertising-api-php-sdk/issues/8`, as: 'http', cause: 'code_invalid_or_expired', also: ['code_invalid'], calls: [
    { url: 'https://api.amazon.com/auth/o2/token', form: redeem({ client_id: 'amzn1.a', client_secret: 's', code: 'ANdNAVhyhqirUelHGEHA', redirect_uri: CB }), answer: { error_description: 'The request has an invalid grant parameter : code', error: 'invalid_grant' } }] },
  { server: 'GitLab extra query in redirect', source: `${GH}/openfaas/openfaas-cloud/issues/277`, as: 'har', cause: 'redirect_uri_mismatch_token', calls: [
    authorized('https://gitlab.acme.example/oauth/authorize', { client_id: 'g', redirect_uri: 'https://auth.acme.example/oauth2/authorized?r=https://system.acme.example/dashboard', state: 's' }, 'https://auth.acme.example/oauth2/authorized?r=https://system.acme.example/dashboard&code=9aa0b1&state=s', 0),
    { url: 'https://gitlab.acme.example/oauth/token', form: redeem({ client_id: 'g', client_secret: 's', code: '9aa0b1', redirect_uri: 'https://auth.acme.example/oauth2/authorized' }), status: 401, answer: { error: 'invalid_grant', error_description: 'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.' }, at: 1 }] },
  { server: 'two tabs verifier', source: `${GH}/supabase/supabase-js/issues/2557`, as: 'har', cause: 'pkce_mismatch', calls: [
    { url: `https://x.supabase.example/auth/v1/authorize?client_id=web&response_type=code&redirect_uri=${encodeURIComponent(CB)}&state=s1&code_challenge=${s256(V)}&code_challenge_method=S256`, status: 302, answerHeaders: { Location: 'https://login.example/x' }, answer: '', at: 0 },
    authorized('https://x.supabase.example/auth/v1/authorize', { client_id: 'web', redirect_uri: CB, state: 's2', code_challenge: s256(V2), code_challenge_method: 'S256' }, { code: CODE, state: 's2' }, 2),
    { url: 'https://x.supabase.example/auth/v1/token', form: redeem({ client_id: 'web', code: CODE, code_verifier: V, redirect_uri: CB }), answer: { code: 400, error_code: 'bad_code_verifier', msg: 'code challenge does not match previously saved code verifier' }, at: 3 }] },
  { server: 'HubSpot other client', source: `${GH}/airbytehq/airbyte/issues/57001`, as: 'http', cause: 'refresh_wrong_client', calls: [
    { url: 'https://api.hubapi.com/oauth/v1/token', form: refresh('na1-rt', { client_id: 'airbyte', client_secret: 's' }), answer: { status: 'BAD_REFRESH_TOKEN', message: 'refresh token was not issued to this client', correlationId: 'x' } }] },
  { server: 'better-auth redirect as invalid_client', source: `${GH}/better-auth/better-auth/pull/3458`, as: 'har', cause: 'redirect_uri_mismatch_token', calls: [
    authorized('https://auth.ba.example/api/auth/oauth2/authorize', { client_id: 'cl', redirect_uri: 'http://localhost:3333/cb', state: 'A' }, 'http://localhost:3333/cb?code=' + CODE + '&state=A', 0),
    { url: 'https://auth.ba.example/api/auth/oauth2/token', form: redeem({ client_id: 'cl', client_secret: 's', code: CODE, redirect_uri: 'http://127.0.0.1:3333/cb' }), status: 401, answer: { error: 'invalid_client', error_description: 'invalid redirect_uri' }, at: 1 }] },
  { server: 'Spotify python bytes', source: `${GH}/spotify/web-api/issues/964`, as: 'http', cause: 'client_auth_encoding', calls: [
    { url: 'https://accounts.spotify.com/api/token', form: redeem({ code: 'AQCh_8yytE', redirect_uri: 'http://ac.local:8000/complete/spotify/' }), headers: { Authorization: "Basic b'NjExZGE0MzdmOTJmNDVmNjliMmQyYWJjZGU6NzM4MjkyMWEzZTFk'" }, answer: { error: 'invalid_client' } }] },
  { server: 'Supabase already used', source: `${GH}/supabase/auth/issues/2136`, as: 'http', cause: 'refresh_reused', also: ['refresh_invalid'], calls: [
    { url: 'https://ref.supabase.co/auth/v1/token?grant_type=refresh_token', json: { refresh_token: 'u14GxxAbcd' }, headers: { apikey: 'eyJ' }, answer: { code: 400, error_code: 'refresh_token_already_used', msg: 'Invalid Refresh Token: Already Used' } }] },
  { server: 'WeChat secret', source: `${GH}/bottenderjs/messaging-apis/pull/502`, as: 'har', cause: 'client_secret_invalid', calls: [
    { url: 'https://api.weixin.qq.com/sns/oauth2/access_token?appid=wx1&secret=s&code=061abc&grant_type=authorization_code', method: 'GET', status: 200, answer: { errcode: 40125, errmsg: 'invalid appsecret, view more at http://t.cn/RAEkdVq' }, at: 0 }] },
  { server: 'WeChat code again', source: `${GH}/liyiorg/weixin-popular/issues/185`, as: 'har', cause: 'code_reused', calls: [
    { url: 'https://api.weixin.qq.com/sns/oauth2/access_token?appid=wx1&secret=s&code=061abcdef&grant_type=authorization_code', method: 'GET', ...granted({ refresh_token: 'r', openid: 'o' }), at: 0 },
    { url: 'https://api.weixin.qq.com/sns/oauth2/access_token?appid=wx1&secret=s&code=061abcdef&grant_type=authorization_code', method: 'GET', status: 200, answer: { errcode: 40029, errmsg: 'invalid code, hints: [ req_id: x ]' }, at: 2 }] },
  { server: 'Nextcloud rewritten path', source: `${GH}/H2CK/oidc/issues/545`, as: 'har', cause: 'token_endpoint_wrong', also: ['client_credentials_rejected'], calls: [
    { url: 'https://cloud.acme.example/index.php/.well-known/openid-configuration', status: 200, answer: { issuer: 'https://cloud.acme.example', authorization_endpoint: 'https://cloud.acme.example/apps/oidc/authorize', token_endpoint: 'https://cloud.acme.example/apps/oidc/token' }, at: 0 },
    { url: 'https://cloud.acme.example/index.php/token', form: redeem({ code: CODE, redirect_uri: CB }), basic: 'c:s', status: 401, answer: { message: 'Current user is not logged in' }, at: 3 }] },
  { server: 'Databricks login page', source: `${GH}/databricks/databricks-sdk-py/issues/298`, as: 'http', cause: 'token_endpoint_wrong', calls: [
    { url: 'https://accounts.cloud.acme.example/oidc/None/v1/token', form: { grant_type: 'client_credentials', scope: 'all-apis' }, basic: 'a:b', status: 200, answer: '<!doctype html><html><head><title>Login</title></head><body><div id="login-page"></div></body></html>', answerHeaders: { 'Content-Type': 'text/html; charset=utf-8' } }] },
  { server: 'device other client', source: CONSTRUCTED, as: 'har', cause: 'code_wrong_client', calls: [
    { url: 'https://auth.example.net/device/code', form: { client_id: 'tv-a' }, status: 200, answer: { device_code: 'DC-77aa', user_code: 'AA-BB', verification_uri: 'https://auth.example.net/go', expires_in: 900, interval: 5 }, at: 0 },
    { url: 'https://auth.example.net/token', form: { grant_type: DC, device_code: 'DC-77aa', client_id: 'tv-b' }, answer: { error: 'invalid_grant' }, at: 9 }] },
  { server: 'device endpoint refuses', source: CONSTRUCTED, as: 'har', cause: 'grant_type_not_allowed', calls: [
    { url: 'https://auth.example.net/oauth/device/code', form: { client_id: 'web-app', scope: 'openid' }, status: 403, answer: { error: 'unauthorized_client', error_description: "Grant type DC not allowed for the client." }, at: 0 }] },
];
