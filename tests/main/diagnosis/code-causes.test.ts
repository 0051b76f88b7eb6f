import { describe, expect, it } from 'vitest';
import { AS, authorize, CHALLENGE, CODE, diagnosed, finding, order, redeem, REDIRECT, run, START, token, tokens, VERIFIER } from './runs.ts';

/** First cause of a code flow at an unknown server that answers a bare invalid_grant. */
const first = (...parts: Parameters<typeof run>): string => {
  const diagnosis = diagnosed(run(...parts));
  expect(diagnosis.causes[0]?.verdict, order(diagnosis)).toBe('likely');
  return diagnosis.causes[0]?.id ?? '';
};

describe('a code grant refused by an unknown server', () => {
  it('names nothing likely without evidence', () => {
    const diagnosis = diagnosed(run(authorize(), token()));
    expect(diagnosis.causes.filter(({ verdict }) => verdict === 'likely'), order(diagnosis)).toEqual([]);
    for (const id of ['redirect_uri_mismatch_token', 'pkce_mismatch', 'code_wrong_client', 'value_altered', 'pkce_verifier_missing', 'code_invalid', 'refresh_expired', 'wrong_tenant']) {
      expect(finding(diagnosis, id).verdict, id).toBe('ruled-out');
    }
    expect(finding(diagnosis, 'user_disabled').verdict).toBe('unknowable');
    expect(diagnosis.provider).toBeNull();
  });

  it('code_reused: redeemed before', () => {
    expect(first(authorize(), token(tokens('r-1')), token({ at: 9 }))).toBe('code_reused');
    const diagnosis = diagnosed(run(authorize(), token({ ...tokens('r-1') }), token({ at: 9 })));
    expect(finding(diagnosis, 'code_reused').evidence[0]?.text).toMatch(/5 s before/);
  });

  it('code_reused: the first attempt broke off', () => { expect(first(authorize(), token({ status: 502, body: 'Bad Gateway' }), token({ at: 6 }))).toBe('code_reused'); });

  it('code_reused: not for a retry of the very same fault', () => {
    expect(first(authorize(), token({ parameters: redeem({ redirect_uri: `${REDIRECT}/` }) }), token({ at: 5, parameters: redeem({ redirect_uri: `${REDIRECT}/` }) }))).toBe('redirect_uri_mismatch_token');
  });

  it('code_reused: a mended retry of a spent code', () => {
    expect(first(authorize(), token({ parameters: redeem({ code_verifier: 'x'.repeat(43) }) }), token({ at: 5 }))).toBe('code_reused');
  });

  it('code_expired: too old, by our clock', () => { expect(first(authorize(), token({ at: 700 }))).toBe('code_expired'); });

  it('code_expired: too old by the server’s clock though ours was set back', () => {
    expect(first(authorize(), token({ at: 4, date: START + 1_000_000 }))).toBe('code_expired');
  });

  it('code_expired: leads among equals from a few seconds on', () => {
    const diagnosis = diagnosed(run(authorize(), token({ at: 15 })));
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe('code_expired');
  });

  it('code_expired: not within a second', () => {
    const diagnosis = diagnosed(run(authorize(), token({ at: 4 })));
    expect(finding(diagnosis, 'code_expired').verdict).not.toBe('likely');
  });

  it('redirect_uri_mismatch_token: with the kind of difference and both values', () => {
    const diagnosis = diagnosed(run(authorize(), token({ parameters: redeem({ redirect_uri: `${REDIRECT}/` }) })));
    expect(diagnosis.causes[0]?.id).toBe('redirect_uri_mismatch_token');
    const [deciding] = finding(diagnosis, 'redirect_uri_mismatch_token').evidence;
    expect(deciding?.values).toEqual(expect.arrayContaining([{ label: 'At authorization', value: REDIRECT }, { label: 'Differs in', value: 'slash' }]));
    expect(deciding?.target).toEqual({ part: 'request-body', name: 'redirect_uri' });
  });

  it('redirect_uri_missing', () => { expect(first(authorize(), token({ parameters: redeem({ redirect_uri: undefined }) }))).toBe('redirect_uri_missing'); });

  it('redirect_uri_missing: not where neither request had one', () => {
    const diagnosis = diagnosed(run(authorize({ parameters: { redirect_uri: undefined } }), token({ parameters: redeem({ redirect_uri: undefined }) })));
    expect(finding(diagnosis, 'redirect_uri_mismatch_token').verdict).toBe('ruled-out');
    expect(finding(diagnosis, 'redirect_uri_missing').verdict).not.toBe('likely');
  });

  it('redirect_uri_not_registered: complained of although both are the same', () => {
    expect(first(authorize(), token({ body: { error: 'invalid_grant', error_description: 'Redirect URI is not registered' } }))).toBe('redirect_uri_not_registered');
  });

  it.each([
    ['another verifier', redeem({ code_verifier: 'A'.repeat(50) })],
    ['the challenge in place of the verifier', redeem({ code_verifier: CHALLENGE })],
  ])('pkce_mismatch: %s', (_what, parameters) => { expect(first(authorize(), token({ parameters }))).toBe('pkce_mismatch'); });

  it('pkce_mismatch: S256 challenge, method left out', () => {
    const diagnosis = diagnosed(run(authorize({ parameters: { code_challenge_method: undefined } }), token()));
    expect(diagnosis.causes[0]?.id).toBe('pkce_mismatch');
    expect(diagnosis.causes[0]?.why).toMatch(/plain/);
  });

  it('pkce_mismatch: the verifier of another login', () => {
    const diagnosis = diagnosed(run(authorize({ state: 's-old', code: 'oldcode-12345678' }), authorize({ at: 5, state: 's-new', parameters: { code_challenge: 'pDXZ8XfcB4kyCGUHoHB_DZWcgXNqPfV9BKs1LdUc_8A' } }), token({ at: 9 })));
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe('pkce_mismatch');
    expect(diagnosis.causes[0]?.why).toMatch(/another authorization request/);
  });

  it('pkce_verifier_missing', () => { expect(first(authorize(), token({ parameters: redeem({ code_verifier: undefined }) }))).toBe('pkce_verifier_missing'); });
  it('pkce_unexpected_verifier', () => { expect(first(authorize({ parameters: { code_challenge: undefined, code_challenge_method: undefined } }), token())).toBe('pkce_unexpected_verifier'); });
  it('pkce_malformed: a verifier too short', () => {
    const short = 'tooshort';
    expect(first(authorize({ parameters: { code_challenge: '6_Le1U4wsGHu7TCqTIu2-BnX6MjNr0wP81tZNDXWb9E' } }), token({ parameters: redeem({ code_verifier: short }), body: { error: 'invalid_request', error_description: 'code_verifier must be between 43 and 128 characters' } }))).toBe('pkce_malformed');
  });
  it('pkce_required: at the redirect', () => {
    const [entry] = authorize({ code: null, parameters: { code_challenge: undefined, code_challenge_method: undefined } });
    const diagnosis = diagnosed(run([{ ...entry!, response: { status: 302, reason: '', headers: [{ name: 'Location', value: `${REDIRECT}?error=invalid_request&error_description=PKCE+is+required+for+this+client&state=state-1` }], body: '' } }]));
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe('pkce_required');
    expect(diagnosis.exchangeId).toBeNull();
  });

  it('code_wrong_client', () => { expect(first(authorize(), token({ basic: 'client-b:s3cr3t-value' }))).toBe('code_wrong_client'); });

  it.each([
    ['truncated', CODE.slice(0, 12), 'truncated'],
    ['encoded twice', 'a%2Fb%2Bc0123456789', 'double-encoded'],
  ])('value_altered: %s', (_what, value, kind) => {
    const code = kind === 'truncated' ? CODE : 'a/b+c0123456789';
    const diagnosis = diagnosed(run(authorize({ code }), token({ parameters: redeem({ code: value }) })));
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe('value_altered');
    expect(diagnosis.causes[0]?.evidence[0]?.values).toContainEqual({ label: 'Kind', value: kind });
    expect(diagnosis.causes[1]?.id, order(diagnosis)).toBe('code_invalid');
  });

  it('value_altered: a bare plus in the body', () => {
    expect(first(authorize({ code: 'abc+def/ghi+jkl=' }), token({ raw: `grant_type=authorization_code&code=abc+def/ghi+jkl=&redirect_uri=${encodeURIComponent(REDIRECT)}&code_verifier=${VERIFIER}` }))).toBe('value_altered');
  });

  it('value_altered: shows without the callback', () => {
    expect(first(token({ parameters: redeem({ code: '4%2F0AdQt8qh7xYz' }), body: { error: 'invalid_grant', error_description: 'Malformed auth code.' } }))).toBe('value_altered');
  });

  it('code_invalid: an entirely different code', () => { expect(first(authorize(), token({ parameters: redeem({ code: 'zzzzYYYYxxxx0000' }) }))).toBe('code_invalid'); });

  it('wrong_tenant: another realm', () => {
    expect(first(authorize({ url: `${AS}/realms/one/protocol/openid-connect/auth` }), token({ url: `${AS}/realms/two/protocol/openid-connect/token`, body: { error: 'invalid_grant', error_description: 'Code not valid' } }))).toBe('wrong_tenant');
  });

  it('wrong_environment: sandbox and production', () => {
    expect(first(authorize({ url: 'https://auth.sandbox.pay.test/authorize' }), token({ url: 'https://auth.pay.test/token' }))).toBe('wrong_environment');
  });

  it('wrong_environment: not where metadata names the other host', () => {
    const diagnosis = diagnosed(run(
      token({ at: 0, method: 'GET', url: 'https://accounts.unknown.test/.well-known/openid-configuration', status: 200, basic: null, raw: '', body: { issuer: 'https://accounts.unknown.test', token_endpoint: 'https://tokens.unknown.test/token', authorization_endpoint: 'https://accounts.unknown.test/authorize' } }),
      authorize({ url: 'https://accounts.unknown.test/authorize' }), token({ url: 'https://tokens.unknown.test/token' })));
    expect(finding(diagnosis, 'wrong_environment').verdict, order(diagnosis)).toBe('ruled-out');
  });

  it('server_state_lost: the server was away in between', () => {
    const diagnosis = diagnosed(run(authorize(), token({ at: 4, url: `${AS}/health`, status: 503, body: 'x', method: 'GET', basic: null, raw: '' }), token({ at: 5 })));
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe('server_state_lost');
  });

  it('takes values that were removed before sharing for what they are', () => {
    const diagnosis = diagnosed(run(authorize({ code: '[REDACTED]', parameters: { code_challenge: 'XXXXXXXX' } }), token({ parameters: redeem({ code: '***', code_verifier: '<verifier>' }) }), token({ at: 5, parameters: redeem({ code: '***', code_verifier: '<verifier>' }) })));
    expect(diagnosis.causes.filter(({ verdict }) => verdict === 'likely'), order(diagnosis)).toEqual([]);
  });

  it('takes a bare plus in the callback for a plus', () => {
    const [entry] = authorize();
    const back = { ...entry!, response: { ...entry!.response!, headers: [{ name: 'Location', value: `${REDIRECT}?code=abc+def/ghi&state=state-1` }] } };
    expect(finding(diagnosed(run([back], token({ parameters: redeem({ code: 'abc+def/ghi' }) }))), 'value_altered').verdict).toBe('ruled-out');
    expect(diagnosed(run([back], token({ parameters: redeem({ code: 'abc def/ghi' }) }))).causes[0]?.id).toBe('value_altered');
  });

  it('code_reused: twice at once, and the other one won', () => {
    expect(first(authorize(), token({ at: 4, took: 300 }), token({ at: 4.05, took: 300, ...tokens('r-1') }))).toBe('code_reused');
  });

  it('code_invalid: a word in place of a value', () => { expect(first(token({ parameters: redeem({ code: 'undefined' }) }))).toBe('code_invalid'); });

  it('a page of the authorization endpoint', () => {
    const [entry] = authorize({ code: null });
    const page = { ...entry!, response: { status: 400, reason: '', headers: [{ name: 'Content-Type', value: 'text/html' }], body: '<html><title>Error</title><body><h1>Error 400: redirect_uri_mismatch</h1><p>The redirect_uri is not registered for this client</p></body></html>' } };
    const diagnosis = diagnosed(run([page]));
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe('redirect_uri_not_registered');
    expect(diagnosis.entry).toBe(page.id);
  });

  it('wrong_tenant: by the first part of the path, and not for two parts of one product', () => {
    expect(first(authorize({ url: `${AS}/tenant-a/oauth2/authorize` }), token({ url: `${AS}/tenant-b/oauth2/token` }))).toBe('wrong_tenant');
    expect(finding(diagnosed(run(authorize({ url: `${AS}/ui/login/authorize` }), token({ url: `${AS}/oauth/token` }))), 'wrong_tenant').verdict).not.toBe('likely');
  });

  it('wrong_environment: not for the two hosts many services have', () => {
    const diagnosis = diagnosed(run(authorize({ url: 'https://www.service.test/oauth' }), token({ at: 90, url: 'https://api.service.test/oauth/token' })));
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe('code_expired');
  });

  it('session_ended: not by a logout before the login', () => {
    const diagnosis = diagnosed(run(token({ at: -9, method: 'GET', url: `${AS}/logout`, status: 200, body: {}, basic: null, raw: '' }), authorize(), token()));
    expect(finding(diagnosis, 'session_ended').verdict).not.toBe('likely');
  });
});
