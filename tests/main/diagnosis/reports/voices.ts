import { createHash } from 'node:crypto';
import type { CauseId } from '../../../../src-main/diagnosis/cause-ids.ts';
import type { Call, Report } from './report.ts';
import { authorized, granted, redeem, refresh } from './report.ts';

/** The same faults at servers that answer them in different ways, none of which names the fault: only the recorded values can tell. */

const AS = 'https://as.example.net';
const V = 'Zk3p-9QxT1vLm8RwYb2sNc7dHf5gJa0uEoKiXtCzBqS';
const S256 = createHash('sha256').update(V).digest('base64url');
const REDIRECT = 'https://client.example.net/signin/cb';
const CODE = 'Qm9Zt4-xWv8_LpR2sKd7Yh1nGc6JfE3a';
const asked = { client_id: 'web-client', redirect_uri: REDIRECT, scope: 'openid profile', state: 'st-81', code_challenge: S256, code_challenge_method: 'S256' };
const sign = (changed: Record<string, string> = {}, at = 0): Call => authorized(`${AS}/oauth2/authorize`, { ...asked, ...changed }, { code: CODE, state: 'st-81' }, at);
const whole = { client_id: 'web-client', client_secret: 'n0t-a-real-one', code: CODE, redirect_uri: REDIRECT, code_verifier: V };
type Form = Record<string, string | undefined>;
const token = (changed: Form = {}, more: Partial<Call> = {}): Call => ({
  url: `${AS}/oauth2/token`, at: 1, form: redeem(Object.fromEntries(Object.entries({ ...whole, ...changed }).filter((pair): pair is [string, string] => pair[1] !== undefined))), ...more,
});
const renew = (value: string, at: number, more: Partial<Call> = {}): Call => ({ url: `${AS}/oauth2/token`, at, form: refresh(value, { client_id: 'web-client', client_secret: 'n0t-a-real-one' }), ...more });

interface Fault { calls: Call[]; cause: CauseId; also?: CauseId[]; out?: CauseId[]; grant: 'code' | 'refresh' }
const others: CauseId[] = ['redirect_uri_mismatch_token', 'pkce_mismatch', 'code_wrong_client', 'value_altered', 'pkce_verifier_missing'];
const except = (...ids: CauseId[]): CauseId[] => others.filter((id) => !ids.includes(id));

const first = { refresh_token: 'rt-Aa11-Zx9Lm2Qw8', expires_in: 3600 };
const faults: Record<string, Fault> = {
  'trailing slash': { grant: 'code', calls: [sign(), token({ redirect_uri: `${REDIRECT}/` })], cause: 'redirect_uri_mismatch_token', out: except('redirect_uri_mismatch_token') },
  'http for https': { grant: 'code', calls: [sign(), token({ redirect_uri: REDIRECT.replace('https', 'http') })], cause: 'redirect_uri_mismatch_token', out: except('redirect_uri_mismatch_token') },
  'other port': { grant: 'code', calls: [sign(), token({ redirect_uri: REDIRECT.replace('.net/', '.net:8443/') })], cause: 'redirect_uri_mismatch_token', out: except('redirect_uri_mismatch_token') },
  'capital letter': { grant: 'code', calls: [sign(), token({ redirect_uri: REDIRECT.replace('signin', 'SignIn') })], cause: 'redirect_uri_mismatch_token', out: except('redirect_uri_mismatch_token') },
  'no redirect_uri': { grant: 'code', calls: [sign(), token({ redirect_uri: undefined })], cause: 'redirect_uri_missing', also: ['redirect_uri_mismatch_token'], out: except('redirect_uri_mismatch_token') },
  'another verifier': { grant: 'code', calls: [sign(), token({ code_verifier: `${V.slice(0, -1)}x` })], cause: 'pkce_mismatch', out: except('pkce_mismatch', 'value_altered') },
  'challenge as verifier': { grant: 'code', calls: [sign(), token({ code_verifier: S256 })], cause: 'pkce_mismatch', out: except('pkce_mismatch') },
  'no verifier': { grant: 'code', calls: [sign(), token({ code_verifier: undefined })], cause: 'pkce_verifier_missing', out: except('pkce_verifier_missing') },
  'verifier without challenge': { grant: 'code', calls: [authorized(`${AS}/oauth2/authorize`, { client_id: 'web-client', redirect_uri: REDIRECT, state: 'st-81' }, { code: CODE, state: 'st-81' }, 0), token()], cause: 'pkce_unexpected_verifier', out: ['redirect_uri_mismatch_token', 'code_wrong_client', 'value_altered'] },
  'another client': { grant: 'code', calls: [sign(), token({ client_id: 'mobile-client' })], cause: 'code_wrong_client', out: except('code_wrong_client') },
  'code used twice': { grant: 'code', calls: [sign(), token({}, granted(first)), token({}, { at: 2 })], cause: 'code_reused', out: others },
  'code cut short': { grant: 'code', calls: [sign(), token({ code: CODE.slice(0, -4) })], cause: 'value_altered', also: ['code_invalid'], out: except('value_altered') },
  'code in small letters': { grant: 'code', calls: [sign(), token({ code: CODE.toLowerCase() })], cause: 'value_altered', also: ['code_invalid'], out: except('value_altered') },
  'code encoded twice': { grant: 'code', calls: [authorized(`${AS}/oauth2/authorize`, asked, { code: 'ab/cd+ef==GhIjKl', state: 'st-81' }, 0), token({ code: 'ab%2Fcd%2Bef%3D%3DGhIjKl' })], cause: 'value_altered', also: ['code_invalid'], out: except('value_altered') },
  'plus became a space': { grant: 'code', calls: [authorized(`${AS}/oauth2/authorize`, asked, { code: 'ab/cd+ef==GhIjKl', state: 'st-81' }, 0), token({ code: 'ab/cd ef==GhIjKl' })], cause: 'value_altered', also: ['code_invalid'], out: except('value_altered') },
  'another code': { grant: 'code', calls: [sign(), token({ code: 'Zz81-kkLm0_pQr5TtUvW9xYzAbCdEfG2' })], cause: 'code_invalid', out: except('value_altered') },
  'twenty minutes late': { grant: 'code', calls: [sign(), token({}, { at: 1200 })], cause: 'code_expired', out: others },
  'two minutes late': { grant: 'code', calls: [sign(), token({}, { at: 130 })], cause: 'code_expired', out: others },
  'another realm': { grant: 'code', calls: [authorized(`${AS}/realms/blue/oauth2/authorize`, asked, { code: CODE, state: 'st-81' }, 0), token({}, { url: `${AS}/realms/green/oauth2/token` })], cause: 'wrong_tenant', also: ['wrong_environment'], out: others },
  'another host': { grant: 'code', calls: [authorized('https://sandbox.as.example.net/oauth2/authorize', asked, { code: CODE, state: 'st-81' }, 0), token()], cause: 'wrong_environment', also: ['wrong_tenant'], out: others },
  'rotated refresh token': { grant: 'refresh', calls: [sign(), token({}, granted(first)), renew(first.refresh_token, 600, granted({ refresh_token: 'rt-Bb22-Kp7Nv4Ys1' })), renew(first.refresh_token, 1300)], cause: 'refresh_reused', out: ['refresh_wrong_client', 'value_altered', 'refresh_concurrent'] },
  'successor of a replayed one': { grant: 'refresh', calls: [sign(), token({}, granted(first)), renew(first.refresh_token, 600, granted({ refresh_token: 'rt-Bb22-Kp7Nv4Ys1' })), renew(first.refresh_token, 700, { answer: { error: 'invalid_grant' } }), renew('rt-Bb22-Kp7Nv4Ys1', 1300)], cause: 'refresh_reused', out: ['refresh_wrong_client', 'value_altered'] },
  'two refreshes at once': { grant: 'refresh', calls: [sign(), token({}, granted(first)), renew(first.refresh_token, 600, { ...granted({ refresh_token: 'rt-Bb22-Kp7Nv4Ys1' }), took: 400 }), renew(first.refresh_token, 600.2, { took: 350 })], cause: 'refresh_concurrent', also: ['refresh_reused'], out: ['refresh_wrong_client', 'value_altered'] },
  'refresh by another client': { grant: 'refresh', calls: [sign(), token({}, granted(first)), { url: `${AS}/oauth2/token`, at: 600, form: refresh(first.refresh_token, { client_id: 'mobile-client' }) }], cause: 'refresh_wrong_client', out: ['value_altered'] },
  'access token for refresh token': { grant: 'refresh', calls: [sign(), token({}, granted(first)), renew('at-7fJ2kQ9xV1', 600)], cause: 'refresh_invalid' },
  'refresh token cut short': { grant: 'refresh', calls: [sign(), token({}, granted(first)), renew(first.refresh_token.slice(0, -3), 600)], cause: 'value_altered', also: ['refresh_invalid'] },
  'past its stated lifetime': { grant: 'refresh', calls: [sign(), token({}, granted({ ...first, refresh_expires_in: 1800 })), renew(first.refresh_token, 2500)], cause: 'refresh_expired', out: ['refresh_wrong_client', 'value_altered'] },
  'revoked before': { grant: 'refresh', calls: [sign(), token({}, granted(first)), { url: `${AS}/oauth2/revoke`, at: 300, form: { token: first.refresh_token, client_id: 'web-client' }, status: 200 }, renew(first.refresh_token, 400)], cause: 'refresh_revoked', out: ['refresh_wrong_client', 'value_altered'] },
  'code of the grant replayed': { grant: 'refresh', calls: [sign(), token({}, granted(first)), token({}, { at: 5, answer: { error: 'invalid_grant' } }), renew(first.refresh_token, 60)], cause: 'code_reused', also: ['refresh_revoked'], out: ['refresh_wrong_client', 'value_altered'] },
};

const RFC = 'The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client';
export const voices: Record<string, { code: Pick<Call, 'status' | 'answer' | 'answerHeaders'>; refresh: Pick<Call, 'status' | 'answer' | 'answerHeaders'> }> = {
  'a bare invalid_grant': { code: { answer: { error: 'invalid_grant' } }, refresh: { answer: { error: 'invalid_grant' } } },
  'the words of the specification': { code: { answer: { error: 'invalid_grant', error_description: RFC } }, refresh: { status: 401, answer: { error: 'invalid_grant', error_description: RFC } } },
  'one text for everything': { code: { answer: { error: 'invalid_grant', error_description: 'Invalid authorization code' } }, refresh: { answer: { error: 'invalid_grant', error_description: 'Invalid refresh token' } } },
  'invalid or expired': { code: { answer: { error: 'invalid_grant', error_description: 'Code is invalid or expired' } }, refresh: { answer: { error: 'invalid_grant', error_description: 'Token is invalid, expired or revoked' } } },
  'not found': { code: { answer: { error: 'invalid_grant', error_description: 'Authorization code not found' } }, refresh: { answer: { error: 'invalid_grant', error_description: 'refresh token not found' } } },
  'a bare invalid_request': { code: { answer: { error: 'invalid_request' } }, refresh: { answer: { error: 'invalid_request' } } },
  'Bad Request without OAuth': { code: { answer: { message: 'Bad Request', statusCode: 400 } }, refresh: { answer: { message: 'Bad Request', statusCode: 400 } } },
  'a 200 with an error': { code: { status: 200, answer: { success: false, error: 'invalid_grant' } }, refresh: { status: 200, answer: { success: false, error: 'invalid_grant' } } },
  'a word of its own': { code: { status: 403, answer: { code: 1004, msg: 'grant verification failed' } }, refresh: { status: 403, answer: { code: 1004, msg: 'grant verification failed' } } },
  'invalid_token': { code: { status: 401, answer: { error: 'invalid_token' } }, refresh: { status: 401, answer: { error: 'invalid_token', error_description: 'The token is not valid' } } },
};

/** Every fault in every voice. */
export const spoken: Report[] = Object.entries(voices).flatMap(([voice, answers]) => Object.entries(faults).map(([name, { calls, grant, cause, also, out }]): Report => ({
  server: `${name}, ${voice}`, source: name, as: 'har', cause, ...(also && { also }), ...(out && { out }),
  calls: calls.map((call, index) => (index === calls.length - 1 ? { ...call, ...answers[grant] } : call)),
})));
