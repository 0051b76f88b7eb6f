import type { CauseId } from '../../../../src-main/diagnosis/cause-ids.ts';
import type { Call, Report } from './report.ts';
import { authorized, granted, redeem } from './report.ts';

/** Faults of the client's authentication and of the request's form, answered by servers that do not name them. */

const AS = 'https://as.example.net';
const REDIRECT = 'https://client.example.net/signin/cb';
const CODE = 'Qm9Zt4-xWv8_LpR2sKd7Yh1nGc6JfE3a';
const sign = authorized(`${AS}/oauth2/authorize`, { client_id: 'web-client', redirect_uri: REDIRECT, state: 'st-81' }, { code: CODE, state: 'st-81' }, 0);
const body = { code: CODE, redirect_uri: REDIRECT };
const post = (more: Partial<Call>): Call => ({ url: `${AS}/oauth2/token`, at: 1, form: redeem(body), ...more });
const earlier = (more: Partial<Call>): Call => ({ url: `${AS}/oauth2/token`, at: -3000, form: redeem({ ...body, code: 'Ab12-earlier-code-Yz98', ...(more.form as object | undefined) }), ...more, ...granted() });
const form = new URLSearchParams(redeem({ ...body, client_id: 'web-client', client_secret: 'n0t-a-real-one' })).toString();
const parts = redeem({ ...body, client_id: 'web-client', client_secret: 'n0t-a-real-one' });
const multipart = `${Object.entries(parts).map(([name, value]) => `--XyZ\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--XyZ--\r\n`;

interface Fault { calls: Call[]; cause: CauseId; also?: CauseId[]; out?: CauseId[] }
type Voice = Pick<Call, 'status' | 'answer' | 'answerHeaders'>;

const credentials: Record<string, Fault> = {
  'a wrong secret': { calls: [sign, post({ basic: 'web-client:wrong' })], cause: 'client_secret_invalid', also: ['client_credentials_rejected'], out: ['client_secret_missing'] },
  'another secret than before': { calls: [earlier({ basic: 'web-client:right-one' }), sign, post({ basic: 'web-client:wrong-one' })], cause: 'client_secret_invalid', out: ['client_secret_missing', 'client_unknown'] },
  'no credential': { calls: [sign, post({ form: redeem({ ...body, client_id: 'web-client' }) })], cause: 'client_secret_missing', out: ['client_secret_invalid', 'client_secret_unexpected'] },
  'header and body at once': { calls: [sign, post({ basic: 'web-client:n0t-a-real-one', form: redeem({ ...body, client_id: 'web-client', client_secret: 'n0t-a-real-one' }) })], cause: 'client_auth_method_wrong', also: ['client_secret_invalid'] },
  'the other method than before': { calls: [earlier({ basic: 'web-client:n0t-a-real-one' }), sign, post({ form: redeem({ ...body, client_id: 'web-client', client_secret: 'n0t-a-real-one' }) })], cause: 'client_auth_method_wrong', out: ['client_secret_missing'] },
  'a plus that is not encoded': { calls: [sign, post({ basic: 'web-client:ab+cd/ef==' })], cause: 'client_auth_encoding', also: ['client_secret_invalid'] },
  'no base64': { calls: [sign, post({ headers: { Authorization: 'Basic web-client:n0t-a-real-one' } })], cause: 'client_auth_encoding', also: ['client_auth_method_wrong'] },
  'a bearer token': { calls: [sign, post({ headers: { Authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' } })], cause: 'client_auth_method_wrong' },
  'a line break after the secret': { calls: [sign, post({ form: redeem({ ...body, client_id: 'web-client', client_secret: 'n0t-a-real-one\n' }) })], cause: 'client_secret_invalid', also: ['value_altered'] },
};
const refusals: Record<string, Voice> = {
  'invalid_client, 401': { status: 401, answer: { error: 'invalid_client' }, answerHeaders: { 'WWW-Authenticate': 'Basic realm="as"' } },
  'invalid_client, 400': { status: 400, answer: { error: 'invalid_client', error_description: 'Client authentication failed' } },
  'the words of the specification': { status: 401, answer: { error: 'invalid_client', error_description: 'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)' } },
  'unauthorized': { status: 401, answer: { error: 'unauthorized', message: 'Unauthorized' } },
  'no body': { status: 401, answer: '' },
  'bad credentials': { status: 401, answer: { timestamp: '2026-04-02T09:00:01Z', status: 401, error: 'Unauthorized', message: 'Bad credentials', path: '/oauth2/token' } },
};

const shapes: Record<string, Fault> = {
  'JSON': { calls: [sign, post({ form: JSON.stringify(parts), headers: { 'Content-Type': 'application/json' } })], cause: 'request_malformed' },
  'JSON called a form': { calls: [sign, post({ form: JSON.stringify(parts) })], cause: 'request_malformed' },
  'multipart': { calls: [sign, post({ form: multipart, headers: { 'Content-Type': 'multipart/form-data; boundary=XyZ' } })], cause: 'request_malformed' },
  'a form called text': { calls: [sign, post({ form, headers: { 'Content-Type': 'text/plain;charset=UTF-8' } })], cause: 'request_malformed' },
  'the query': { calls: [sign, post({ url: `${AS}/oauth2/token?${form}`, form: '', method: 'POST' })], cause: 'request_malformed', also: ['missing_parameter'] },
  'GET': { calls: [sign, post({ url: `${AS}/oauth2/token?${form}`, form: '', method: 'GET' })], cause: 'request_malformed' },
  'a parameter twice': { calls: [sign, post({ form: `${form}&redirect_uri=${encodeURIComponent(REDIRECT)}` })], cause: 'request_malformed' },
};
const complaints: Record<string, Voice> = {
  'invalid_request': { answer: { error: 'invalid_request' } },
  'unsupported_grant_type': { answer: { error: 'unsupported_grant_type' } },
  'a missing grant type': { answer: { error: 'invalid_request', error_description: 'Missing grant_type parameter' } },
  'Bad Request': { answer: 'Bad Request' },
  '415': { status: 415, answer: { status: 415, title: 'Unsupported Media Type' } },
};

const crossed = (faults: Record<string, Fault>, voices: Record<string, Voice>): Report[] => Object.entries(voices).flatMap(([voice, answer]) => Object.entries(faults).map(([name, { calls, ...rest }]): Report => ({
  server: `${name}, ${voice}`, source: name, as: 'har', ...rest, calls: calls.map((call, index) => (index === calls.length - 1 ? { ...call, ...answer } : call)),
})));

export const spokenOfClients: Report[] = [...crossed(credentials, refusals), ...crossed(shapes, complaints)];
