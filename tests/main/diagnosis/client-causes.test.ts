import { describe, expect, it } from 'vitest';
import { AS, authorize, diagnosed, finding, order, other, redeem, REDIRECT, run, START, token, tokens, VERIFIER } from './runs.ts';

const body = { error: 'invalid_client' };
const first = (...parts: Parameters<typeof run>): string => {
  const diagnosis = diagnosed(run(...parts));
  expect(diagnosis.causes[0]?.verdict, order(diagnosis)).toBe('likely');
  return diagnosis.causes[0]?.id ?? '';
};
const metadata = (members: Record<string, unknown>): ReturnType<typeof token> => other('GET', `${AS}/.well-known/openid-configuration`, { at: 0, raw: '', body: { issuer: AS, token_endpoint: `${AS}/token`, ...members } });
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object, header: object = { alg: 'RS256' }): string => `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;

describe('the client', () => {
  it('client_credentials_rejected: nothing but the answer', () => { expect(first(token({ status: 401, body }))).toBe('client_credentials_rejected'); });
  it('client_secret_invalid: the authorization endpoint knew the client', () => { expect(first(authorize(), token({ status: 401, body }))).toBe('client_secret_invalid'); });
  it('client_secret_invalid: another secret was accepted before', () => {
    expect(first(authorize(), token({ ...tokens('r') }), token({ at: 9, status: 401, body, basic: 'client-a:wrong', parameters: redeem({ code: 'another-code-12345' }) }))).toBe('client_secret_invalid');
  });
  it('client_secret_invalid: a line break at its end', () => { expect(first(token({ status: 401, body, basic: 'client-a:s3cr3t\n' }))).toBe('client_secret_invalid'); });
  it('client_secret_invalid: not where the same one worked', () => {
    expect(finding(diagnosed(run(authorize(), token({ ...tokens('r') }), token({ at: 9, status: 401, body }))), 'client_secret_invalid').verdict).not.toBe('likely');
  });
  it('a redirect fault beside invalid_client is the next failure, not this one', () => {
    expect(first(authorize(), token({ status: 401, body, parameters: redeem({ redirect_uri: `${REDIRECT}/x` }) }))).toBe('client_secret_invalid');
  });
  it('client_secret_missing', () => { expect(first(authorize(), token({ status: 401, body, basic: null, parameters: redeem({ client_id: 'client-a' }) }))).toBe('client_secret_missing'); });
  it('client_secret_missing: ruled out by a sent one', () => { expect(finding(diagnosed(run(token({ body }))), 'client_secret_missing').verdict).toBe('ruled-out'); });
  it('client_secret_unexpected: accepted without one before', () => {
    const plain = redeem({ client_id: 'client-a' });
    const diagnosis = diagnosed(run(authorize(), token({ basic: null, parameters: plain, ...tokens('r') }), token({ at: 9, status: 401, body, parameters: { ...plain, code: 'second-code-12345' } })));
    expect(finding(diagnosis, 'client_secret_unexpected').verdict).toBe('likely');
  });
  it('client_auth_method_wrong: both at once', () => { expect(first(token({ status: 401, body, parameters: redeem({ client_id: 'client-a', client_secret: 's3cr3t-value' }) }))).toBe('client_auth_method_wrong'); });
  it('client_auth_method_wrong: not offered by the server', () => { expect(first(metadata({ token_endpoint_auth_methods_supported: ['client_secret_post'] }), authorize(), token({ status: 401, body }))).toBe('client_auth_method_wrong'); });
  it('client_auth_encoding: no base64', () => { expect(first(token({ status: 401, body, basic: null, requestHeaders: { Authorization: 'Basic client-a:s3cr3t' } }))).toBe('client_auth_encoding'); });
  it('client_auth_encoding: a bare plus in the secret', () => { expect(first(authorize(), token({ status: 401, body, basic: 'client-a:ab+cd%zz' }))).toBe('client_auth_encoding'); });
  it('client_unknown: another id than at authorization', () => { expect(first(authorize(), token({ status: 401, body, basic: 'clientA:s3cr3t-value' }))).toBe('client_unknown'); });
  it('unsupported_grant_type: misspelt', () => {
    const diagnosis = diagnosed(run(token({ body: { error: 'unsupported_grant_type' }, parameters: redeem({ grant_type: 'authorisation_code' }) })));
    expect(diagnosis.causes[0]?.id).toBe('unsupported_grant_type');
  });
  it('grant_type_not_allowed: and not where it was allowed', () => {
    expect(first(token({ body: { error: 'unauthorized_client', error_description: 'The client may not use this grant type' } }))).toBe('grant_type_not_allowed');
    expect(finding(diagnosed(run(authorize(), token({ ...tokens('r') }), token({ at: 9, body: { error: 'unauthorized_client' } }))), 'grant_type_not_allowed').verdict).toBe('ruled-out');
  });
  it('client_type_mismatch and client_disabled by the answer’s words', () => {
    expect(first(token({ body: { error: 'unauthorized_client', error_description: 'Client application is suspended' } }))).toBe('client_disabled');
    expect(first(token({ body: { error: 'invalid_client', error_description: 'Public clients cannot redeem a confidential code: wrong client type' } }))).toBe('client_type_mismatch');
  });
});

describe('the request', () => {
  const invalid = { error: 'invalid_request' };
  it.each([
    ['JSON', { raw: JSON.stringify(redeem()), requestHeaders: { 'Content-Type': 'application/json' } }],
    ['JSON announced as a form', { raw: JSON.stringify(redeem()) }],
    ['no content type', { requestHeaders: { 'Content-Type': '' } }],
    ['a GET', { method: 'GET' }],
    ['parameters in the query', { raw: '', url: `${AS}/token?${new URLSearchParams(redeem() as Record<string, string>).toString()}` }],
    ['a parameter twice', { raw: `${new URLSearchParams(redeem() as Record<string, string>).toString()}&grant_type=authorization_code` }],
    ['multipart', { raw: '--b\r\nContent-Disposition: form-data; name="grant_type"\r\n\r\nauthorization_code\r\n--b--\r\n', requestHeaders: { 'Content-Type': 'multipart/form-data; boundary=b' } }],
  ])('request_malformed: %s', (_what, options) => { expect(first(authorize(), token({ body: invalid, ...options }))).toBe('request_malformed'); });

  it('request_malformed: not where the server read the grant out of it', () => {
    const diagnosis = diagnosed(run(authorize(), token({ raw: JSON.stringify(redeem({ redirect_uri: 'https://app.test/other' })), requestHeaders: { 'Content-Type': 'application/json' } })));
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe('redirect_uri_mismatch_token');
  });
  it('missing_parameter', () => { expect(first(token({ body: invalid, parameters: redeem({ code: undefined }) }))).toBe('missing_parameter'); });
  it('scope_invalid', () => { expect(first(token({ body: { error: 'invalid_scope', error_description: 'Unknown scope: foo' }, parameters: { grant_type: 'client_credentials', scope: 'foo' } }))).toBe('scope_invalid'); });
  it('token_endpoint_wrong: 404', () => { expect(first(authorize(), token({ status: 404, body: '<!doctype html><title>Not Found</title>' }))).toBe('token_endpoint_wrong'); });
  it('token_endpoint_wrong: the authorization endpoint', () => { expect(first(authorize(), token({ url: `${AS}/authorize`, status: 400, body: '<html><body>Error</body></html>' }))).toBe('token_endpoint_wrong'); });
  it('token_endpoint_wrong: not the published one', () => { expect(first(metadata({}), authorize(), token({ url: `${AS}/oauth/v1/token`, status: 400, body: { message: 'no' } }))).toBe('token_endpoint_wrong'); });
  it('token_endpoint_redirected', () => { expect(first(authorize(), token({ status: 301, body: '', headers: { Location: `${AS}/token/` } }))).toBe('token_endpoint_redirected'); });
  it('token_endpoint_redirected: the request that came after', () => {
    expect(first(authorize(), token({ url: 'http://as.unknown.test/token', status: 301, body: '', headers: { Location: `${AS}/token` } }), token({ at: 5, method: 'GET', raw: '', requestHeaders: { 'Content-Type': '' }, body: invalid }))).toBe('token_endpoint_redirected');
  });
  it('rate_limited', () => { expect(first(authorize(), token({ status: 429, body: '', headers: { 'Retry-After': '30' } }))).toBe('rate_limited'); });
  it('server_error', () => { expect(first(authorize(), token({ status: 500, body: 'Internal Server Error' }))).toBe('server_error'); });

  it('assertion_claims: expired, by the server’s clock', () => {
    const assertion = jwt({ iss: 'client-a', sub: 'client-a', aud: `${AS}/token`, exp: START / 1000 - 60, iat: START / 1000 - 120, jti: '1' });
    expect(first(authorize(), token({ status: 401, body, basic: null, parameters: redeem({ client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion }) }))).toBe('assertion_claims');
  });
  it('assertion_claims: for another audience', () => {
    const assertion = jwt({ iss: 'client-a', sub: 'client-a', aud: 'https://elsewhere.test', exp: START / 1000 + 60, iat: START / 1000, jti: '1' });
    expect(first(authorize(), token({ status: 401, body, basic: null, parameters: redeem({ client_assertion: assertion }) }))).toBe('assertion_claims');
  });
  it('clock_skew: our clock is ahead and the assertion is dated by it', () => {
    const assertion = jwt({ iss: 'client-a', sub: 'client-a', aud: `${AS}/token`, exp: START / 1000 + 60, iat: START / 1000, jti: '1' });
    expect(first(token({ status: 401, body, basic: null, date: START - 600_000, parameters: redeem({ client_assertion: assertion }) }))).toBe('clock_skew');
  });
  it('clock_skew: ruled out by agreeing clocks', () => { expect(finding(diagnosed(run(authorize(), token())), 'clock_skew').verdict).toBe('ruled-out'); });
  it('dpop_binding: another key', () => {
    const proof = (x: string): Record<string, string> => ({ DPoP: jwt({ htu: `${AS}/token`, htm: 'POST', iat: START / 1000, jti: x }, { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x, y: 'y' } }) });
    const R = 'refresh-token-bound-1234';
    expect(first(authorize(), token({ requestHeaders: proof('a'), ...tokens(R) }), token({ at: 9, parameters: { grant_type: 'refresh_token', refresh_token: R }, requestHeaders: proof('b') }))).toBe('dpop_binding');
  });
  it('dpop_binding: the server’s nonce', () => {
    const DPoP = jwt({ htu: `${AS}/token`, htm: 'POST', iat: START / 1000, jti: 'x' });
    expect(first(authorize(), token({ requestHeaders: { DPoP }, body: { error: 'use_dpop_nonce' }, headers: { 'DPoP-Nonce': 'n' } }))).toBe('dpop_binding');
  });
  it('user_password_wrong: the password grant', () => {
    const diagnosis = diagnosed(run(token({ parameters: { grant_type: 'password', username: 'ann', password: 'wrong-password' } })));
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe('user_password_wrong');
    expect(finding(diagnosis, 'code_expired').verdict).toBe('ruled-out');
  });
  it('a Keycloak refuses a wrong secret as unauthorized_client', () => {
    expect(first(authorize(), token({ status: 401, body: { error: 'unauthorized_client', error_description: 'Invalid client or Invalid client credentials' } }))).toBe('client_secret_invalid');
  });
  it('keeps the secrets of the run to itself', () => {
    const diagnosis = diagnosed(run(authorize(), token({ body: { error: 'invalid_grant', error_description: `Code ${redeem()['code'] ?? ''} with verifier ${VERIFIER} is wrong for secret s3cr3t-value` }, parameters: redeem({ redirect_uri: 'https://app.test/other' }) })));
    const text = JSON.stringify(diagnosis);
    for (const secret of [redeem()['code'] ?? '', VERIFIER, 's3cr3t-value']) expect(text).not.toContain(secret);
  });
});
