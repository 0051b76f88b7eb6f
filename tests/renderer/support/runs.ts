import type { RunEvent, TokenRecord } from '../../../src-main/contract/run.ts';
import { mask, maskedJwt } from './masked.ts';
import { Recording, environmentOf } from './recording.ts';

const issuer = 'http://127.0.0.1:41777';
const redirectUri = 'http://127.0.0.1:53412/callback';
const metadata = {
  issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, userinfo_endpoint: `${issuer}/me`, jwks_uri: `${issuer}/jwks`,
  revocation_endpoint: `${issuer}/token/revocation`, introspection_endpoint: `${issuer}/token/introspection`,
  code_challenge_methods_supported: ['S256'], token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
  authorization_response_iss_parameter_supported: true,
};
const basic = `Authorization: Basic ${mask('client_secret', 'secret', 43)}`;
const form = 'Content-Type: application/x-www-form-urlencoded;charset=UTF-8';

function tokens(recording: Recording, generation: number): TokenRecord[] {
  const now = Math.floor(recording.now / 1000);
  return [
    { id: `access-${generation}`, kind: 'access_token', value: mask('access_token', `a${generation}`), expiresIn: 120, scope: 'openid profile email offline_access', tokenType: 'Bearer' },
    { id: `refresh-${generation}`, kind: 'refresh_token', value: mask('refresh_token', `r${generation}`) },
    { id: `id-${generation}`, kind: 'id_token', value: maskedJwt({ sub: 'ada', nonce: 'n-0S6_WzA2Mj', at_hash: 'n7Lk2bq1fVJ0lKqmW2qbBg', sid: 'Z4gYQxAoQvGfVa', aud: 'practice-confidential', exp: now + 120, iat: now, iss: issuer }) },
  ];
}

function tokenAnswer(records: TokenRecord[]): string {
  return JSON.stringify({ access_token: records[0]?.value, expires_in: 120, id_token: records[2]?.value, refresh_token: records[1]?.value, scope: 'openid profile email offline_access', token_type: 'Bearer' });
}

function authorize(recording: Recording, name: string, mode: 'system' | 'tracing', upTo: 'waiting' | 'end' = 'end', provocation?: 'wrong-verifier'): void {
  const parameters = [
    ['response_type', 'code'], ['client_id', 'practice-confidential'], ['redirect_uri', redirectUri], ['scope', 'openid profile email offline_access'],
    ['state', `st-${name}-5b0Jm1qQm0`], ['nonce', 'n-0S6_WzA2Mj'], ['code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'], ['code_challenge_method', 'S256'],
  ].map(([key, value]) => ({ name: key as string, value: value as string }));
  const url = `${issuer}/auth?${parameters.map(({ name: key, value }) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
  const more = provocation ? { provocation } : {};
  recording.step('authorize', (step) => {
    recording.add({ type: 'listening', step, redirectUri, address: '127.0.0.1', port: 53412 });
    recording.add({ type: 'authorization-requested', step, url, redirectUri, parameters, state: `st-${name}`, nonce: 'n-0S6_WzA2Mj', codeVerifier: mask('code_verifier', name), codeChallenge: 'E9Mel', codeChallengeMethod: 'S256' });
    recording.wait(8);
    recording.add({ type: 'browser-opened', step, mode, url });
  }, more);
  const step = `receive-${name}`;
  recording.add({ type: 'step-started', step, kind: 'receive', limit: 300, ...more });
  if (upTo === 'waiting') return;
  recording.wait(1830);
  if (mode === 'tracing') {
    recording.add({ type: 'front-channel-hop', step, method: 'GET', url, status: 303, location: `${issuer}/interaction/9Jq`, setCookieNames: ['_interaction', '_session'] });
    recording.add({ type: 'front-channel-hop', step, method: 'POST', url: `${issuer}/interaction/9Jq`, status: 303, location: `${issuer}/auth/9Jq`, setCookieNames: [] });
  }
  recording.add({
    type: 'callback-received', step, verdict: 'state-mismatch', answered: 400, expected: `st-${name}-5b0Jm1qQm0`, found: 'forged',
    request: `GET /callback?code=${mask('authorization_code', 'foreign', 12)}&state=forged HTTP/1.1\r\nHost: 127.0.0.1:53412\r\nUser-Agent: curl/8.9\r\n\r\n`,
    parameters: [{ name: 'code', value: mask('authorization_code', 'foreign', 12) }, { name: 'state', value: 'forged' }],
  });
  recording.wait(2210);
  recording.add({
    type: 'callback-received', step, verdict: 'accepted', answered: 200,
    request: `GET /callback?code=${mask('authorization_code', name)}&state=st-${name}-5b0Jm1qQm0&iss=${encodeURIComponent(issuer)} HTTP/1.1\r\nHost: 127.0.0.1:53412\r\nUser-Agent: Mozilla/5.0\r\n\r\n`,
    parameters: [{ name: 'code', value: mask('authorization_code', name) }, { name: 'state', value: `st-${name}-5b0Jm1qQm0` }, { name: 'iss', value: issuer }],
  });
  recording.add({ type: 'step-ended', step, outcome: 'ok' });
  recording.wait(2);
}

const codeForm = (code: string): string => `grant_type=authorization_code&code=${mask('authorization_code', code)}&redirect_uri=${encodeURIComponent(redirectUri)}&code_verifier=${mask('code_verifier', code)}`;

function begin(recording: Recording, mode: 'system' | 'tracing'): void {
  recording.add({ type: 'run-started', runId: recording.runId, origin: 'live', environment: environmentOf(), client: { id: 'practice-confidential', authMethod: 'client_secret_basic' }, browser: mode, versions: { grantscope: '0.1.0' }, hasSecret: true });
  recording.step('discover', (step) => {
    recording.exchange(step, 'discovery', { method: 'GET', url: `${issuer}/.well-known/openid-configuration` }, { status: 200, reason: 'OK', body: JSON.stringify(metadata) }, 14.2);
    recording.add({ type: 'metadata-read', step, source: 'openid-configuration', metadata, findings: [] });
  });
}

/** A flow that has opened the browser and waits. */
export function waitingRun(runId: string, start: number, mono: number): RunEvent[] {
  const recording = new Recording(runId, start, mono);
  begin(recording, 'system');
  authorize(recording, 'first', 'system', 'waiting');
  return recording.events;
}

/** A whole flow with its refresh; with `refused` also the code redeemed a second time. */
export function finishedRun(runId: string, start: number, mono: number, refused: boolean, mode: 'system' | 'tracing' = 'system'): RunEvent[] {
  const recording = new Recording(runId, start, mono);
  begin(recording, mode);
  authorize(recording, 'first', mode);
  recording.step('exchange', (step) => {
    const received = tokens(recording, 0);
    const exchange = recording.exchange(step, 'token', { method: 'POST', url: `${issuer}/token`, headers: [basic, form, 'Content-Length: 268'], body: codeForm('first') }, { status: 200, reason: 'OK', body: tokenAnswer(received) }, 38.4);
    recording.add({ type: 'tokens-received', step, exchangeId: exchange.id, generation: 0, tokens: received });
  });
  recording.step('validate', (step) => {
    recording.exchange(step, 'jwks', { method: 'GET', url: `${issuer}/jwks` }, { status: 200, reason: 'OK', body: '{"keys":[{"kty":"RSA","kid":"keystore-CHANGE-ME","use":"sig","e":"AQAB","n":"xwQ72P9z9OYshiQ-ntDYaPnnfwG6u9JAdLMZ5o0dmjlcyrvwQRdoFIKPnO65Q8mh6F_LDSxjxa2Yzo_wdjhbPZLjfUJXgCzm54cClXzT5twzo7lzoAfaJlkTsoZc2HFWqmcri0BuzmTFLZx2Q7wYBm0pXHmQKF0V-C1O6NWfd4mfBhbM-I1tHYSpAMgarSm22WDMDx-WWI7TEzy2QhaBVaENW9BKaKkJklocAZCxk18WhR0fckIGiWiSM5FcU1PY2jfGsTmX505Ub7P5Dz75Ygqrutd5tFrcqyPAtPTFDk8X1InxkkUwpP3nFU5o50DGhwQolGYKPGtQ-ZtmbOfcWQ"}]}' }, 6.1);
    recording.add({
      type: 'token-checked', step, tokenId: 'id-0', verdicts: [
        { check: 'signature', outcome: 'passed', section: 'OIDC Core §3.1.3.7 (6)', found: 'RS256, key keystore-CHANGE-ME' },
        { check: 'iss', outcome: 'passed', section: 'OIDC Core §3.1.3.7 (2)', expected: issuer, found: issuer },
        { check: 'aud', outcome: 'passed', section: 'OIDC Core §3.1.3.7 (3)', expected: 'practice-confidential', found: 'practice-confidential' },
        { check: 'exp', outcome: 'passed', section: 'OIDC Core §3.1.3.7 (9)' },
        { check: 'nonce', outcome: 'passed', section: 'OIDC Core §3.1.3.7 (11)', expected: 'n-0S6_WzA2Mj', found: 'n-0S6_WzA2Mj' },
        { check: 'c_hash', outcome: 'not-checked', section: 'OIDC Core §3.3.2.11', explanation: 'The token carries none.' },
      ],
    });
  });
  recording.step('userinfo', (step) => {
    recording.exchange(step, 'userinfo', { method: 'GET', url: `${issuer}/me`, headers: [`Authorization: Bearer ${mask('access_token', 'a0')}`] }, { status: 200, reason: 'OK', body: '{"sub":"ada","name":"Ada \u202eLovelace","email":"ada@example.com","email_verified":true}' }, 9.7);
  });
  recording.add({ type: 'flow-ended', outcome: 'ok' });
  recording.wait(5400);
  recording.step('refresh', (step) => {
    const received = tokens(recording, 1);
    const exchange = recording.exchange(step, 'token', { method: 'POST', url: `${issuer}/token`, headers: [basic, form], body: `grant_type=refresh_token&refresh_token=${mask('refresh_token', 'r0')}` }, { status: 200, reason: 'OK', body: tokenAnswer(received) }, 21.3);
    recording.add({ type: 'tokens-received', step, exchangeId: exchange.id, generation: 1, parentToken: 'refresh-0', tokens: received });
  });
  if (refused) provoked(recording);
  return recording.events;
}

function provoked(recording: Recording): void {
  recording.wait(3000);
  recording.step('exchange', (step) => {
    const body = '{"error":"invalid_grant","error_description":"grant request is invalid"}';
    const exchange = recording.exchange(step, 'token', { method: 'POST', url: `${issuer}/token`, headers: [basic, form], body: codeForm('first') }, { status: 400, reason: 'Bad Request', body }, 12.8);
    const error = { error: 'invalid_grant', description: 'grant request is invalid', foundIn: 'json', status: 400 } as const;
    recording.add({ type: 'grant-refused', step, exchangeId: exchange.id, error });
    return { outcome: 'refused', problem: { code: 'invalid_grant', message: 'invalid_grant: grant request is invalid', next: 'The exact request and answer are kept; copy it as curl to repeat it outside.' } };
  }, { provocation: 'reuse-code' });
}

/** A provider that cannot be reached. */
export function unreachableRun(runId: string, start: number): RunEvent[] {
  const recording = new Recording(runId, start, 5000);
  recording.add({ type: 'run-started', runId, origin: 'live', environment: environmentOf({ id: '22222222-2222-4222-8222-222222222222', name: 'Staging, Keycloak', provider: { kind: 'discovery', issuer: 'http://127.0.0.1:9' } }), client: { id: 'grantscope', authMethod: 'client_secret_basic' }, browser: 'system', versions: {}, hasSecret: true });
  const problem = { code: 'connection-refused', message: 'Connection refused by 127.0.0.1:9.', why: 'Nothing listens there, or a firewall answers for it.', next: 'Check the issuer’s host and port, and whether the server runs.' };
  recording.step('discover', (step) => {
    recording.exchange(step, 'discovery', { method: 'GET', url: 'http://127.0.0.1:9/.well-known/openid-configuration' }, problem, 2.2);
    return { outcome: 'failed', problem };
  });
  recording.add({ type: 'flow-ended', outcome: 'failed', problem });
  return recording.events;
}

/** Many refreshes, for the long view. */
export function longRun(runId: string, start: number, steps: number): RunEvent[] {
  const recording = new Recording(runId, start, 5000);
  begin(recording, 'system');
  for (let index = 0; index < steps; index += 1) {
    recording.step('refresh', (step) => {
      recording.exchange(step, 'token', { method: 'POST', url: `${issuer}/token`, headers: [basic, form], body: `grant_type=refresh_token&refresh_token=${mask('refresh_token', `r${index}`)}` }, { status: 200, reason: 'OK', body: '{"token_type":"Bearer"}' }, 12);
    });
  }
  recording.add({ type: 'flow-ended', outcome: 'ok' });
  return recording.events;
}
