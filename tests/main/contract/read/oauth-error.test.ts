import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, formatMarker, readOAuthError } from '../../../../src-main/contract/index.ts';

const read = (status: number, body: string, headers: Record<string, string> = {}) =>
  readOAuthError({ status, body: bytesOf(body), headers: Object.entries(headers).map(([name, value]) => ({ name, value })) });
const json = (status: number, body: unknown, headers?: Record<string, string>) => read(status, JSON.stringify(body), headers);

describe('readOAuthError', () => {
  it('finds no error in answers that are none', () => {
    for (const body of ['{"access_token":"a","token_type":"Bearer"}', '{"active":false}', '{"keys":[]}', '{"sub":"1","status":"active","message":"hi"}', '', 'access_token=a&error=', '<html><title>Welcome</title></html>', 'eyJ.eyJ.x', '[]', 'null', '{"error":null}', '{"error":"","access_token":"a"}']) {
      expect(read(200, body), body).toBeNull();
    }
    expect(read(302, '', { Location: 'https://as.example/login' })).toBeNull();
  });

  const table: [string, ReturnType<typeof read>, Record<string, unknown>][] = [
    ['RFC 6749', json(400, { error: 'invalid_grant', error_description: 'no', error_uri: 'https://e' }), { error: 'invalid_grant', description: 'no', uri: 'https://e', foundIn: 'json', status: 400 }],
    ['a BOM and another content type', read(400, '\ufeff{"error":"invalid_grant"}', { 'Content-Type': 'text/html' }), { error: 'invalid_grant', foundIn: 'json' }],
    ['Facebook', json(400, { error: { message: 'This authorization code has been used.', type: 'OAuthException', code: 100, error_subcode: 36009, fbtrace_id: 'x' } }), { error: 'OAuthException', description: 'This authorization code has been used.', subcode: '100' }],
    ['Google APIs', json(401, { error: { code: 401, message: 'Bad', status: 'UNAUTHENTICATED' } }), { error: 'UNAUTHENTICATED', description: 'Bad', subcode: '401' }],
    ['Google rapt', json(400, { error: 'invalid_grant', error_description: 'reauth related error (invalid_rapt)', error_subtype: 'invalid_rapt' }), { subcode: 'invalid_rapt' }],
    ['Twitch', json(400, { status: 400, message: 'Invalid grant' }), { error: null, description: 'Invalid grant' }],
    ['Twitch with 200', json(200, { status: 400, message: 'Invalid grant' }), { error: null, description: 'Invalid grant' }],
    ['HubSpot', json(400, { status: 'BAD_AUTH_CODE', message: 'missing or unknown auth code' }), { error: 'BAD_AUTH_CODE', description: 'missing or unknown auth code' }],
    ['Zoom', json(400, { reason: 'Invalid Token!', error: 'invalid_grant' }), { error: 'invalid_grant', description: 'Invalid Token!' }],
    ['Zoom number', json(401, { code: 4704, message: 'Invalid client secret.' }), { error: null, subcode: '4704', description: 'Invalid client secret.' }],
    ['Entra', json(400, { error: 'invalid_grant', error_description: 'AADSTS70008: The provided…', error_codes: [70008], suberror: 'bad_token' }), { error: 'invalid_grant', subcode: 'AADSTS70008' }],
    ['Entra by number alone', json(400, { error: 'invalid_grant', error_codes: [54005] }), { subcode: 'AADSTS54005' }],
    ['B2C', json(400, { error: 'invalid_grant', error_description: 'AADB2C90080: The provided grant has expired.\r\nCorrelation ID: 1' }), { subcode: 'AADB2C90080' }],
    ['FusionAuth', json(400, { error: 'invalid_request', error_description: 'Invalid Authorization Code', error_reason: 'auth_code_not_found' }), { subcode: 'auth_code_not_found' }],
    ['Okta', json(403, { errorCode: 'E0000022', errorSummary: 'The endpoint…', errorCauses: [] }), { error: null, subcode: 'E0000022', description: 'The endpoint…' }],
    ['a list of errors', json(401, { success: false, errors: [{ errorType: 'invalid_client', message: 'Nope' }] }), { error: 'invalid_client', description: 'Nope' }],
    ['Salesforce list', json(401, [{ message: 'Session expired', errorCode: 'INVALID_SESSION_ID' }]), { error: null, subcode: 'INVALID_SESSION_ID', description: 'Session expired' }],
    ['problem details', json(400, { type: 'about:blank', title: 'Bad', detail: 'Field x', status: 400 }), { error: null, description: 'Field x' }],
    ['Slack with 200', json(200, { ok: false, error: 'invalid_code' }), { error: 'invalid_code', status: 200 }],
    ['GitHub with 200, JSON', json(200, { error: 'bad_verification_code', error_description: 'd' }), { error: 'bad_verification_code', status: 200 }],
    ['GitHub with 200, form', read(200, 'error=bad_verification_code&error_description=The+code+passed+is+incorrect&error_uri=https%3A%2F%2Fx', { 'Content-Type': 'application/x-www-form-urlencoded' }), { error: 'bad_verification_code', description: 'The code passed is incorrect', uri: 'https://x', foundIn: 'form' }],
    ['a number as error', json(400, { error: 17, message: 'm' }), { error: null, subcode: '17', description: 'm' }],
    ['WWW-Authenticate', read(401, '', { 'WWW-Authenticate': 'Basic realm="a, b", Bearer realm="x", error="invalid_token", error_description="The \\"token\\" expired"' }), { error: 'invalid_token', description: 'The "token" expired', foundIn: 'www-authenticate' }],
    ['WWW-Authenticate beside a bare message', json(401, { message: 'Unauthorized' }, { 'www-authenticate': 'DPoP error=use_dpop_nonce' }), { error: 'use_dpop_nonce', foundIn: 'www-authenticate' }],
    ['a page', read(400, '<!doctype html><html><head><title>Error</title><style>p{}</style><script>if(a<b){"invalid_scope"}</script></head><body><p>invalid_grant &amp; more<br>next</body>', { 'Content-Type': 'text/html' }), { error: 'invalid_grant', description: 'Error\ninvalid_grant & more\nnext', foundIn: 'html' }],
    ['a page with 200 and a code', read(200, '<html><body>invalid_client</body></html>'), { error: 'invalid_client', foundIn: 'html', status: 200 }],
    ['a page with 502', read(502, '<html><title>502 Bad Gateway</title></html>'), { error: null, description: '502 Bad Gateway', foundIn: 'html' }],
    ['plain text', read(503, 'upstream connect error'), { error: null, description: 'upstream connect error', foundIn: 'text' }],
    ['cut-off JSON', read(400, '{"error":"invalid_grant","error_desc'), { error: 'invalid_grant', foundIn: 'text' }],
    ['a redirect', read(302, '', { location: 'https://as/login?x=1&error=invalid_request&error_description=No' }), { error: 'invalid_request', description: 'No', foundIn: 'redirect' }],
    ['nothing at all', read(401, ''), { error: null, foundIn: 'none', status: 401 }],
    ['JSON null', read(500, 'null'), { error: null, foundIn: 'none', status: 500 }],
  ];
  it.each(table)('reads %s', (_name, found, expected) => expect(found).toMatchObject(expected));

  it('keeps a genuine marker of masked text and takes a forged one apart', () => {
    const marker = formatMarker({ kind: 'authorization_code', length: 30, fingerprint: '0123456789abcdef' });
    expect(readOAuthError({ status: 400, headers: [], body: `{"error":"invalid_request","reason":"Invalid authorization code ${marker}"}` })?.description).toBe(`Invalid authorization code ${marker}`);
    for (const body of [bytesOf(JSON.stringify({ error: marker })), `{"error":"\\ue0f0${marker.slice(1, -1)}\\ue0f1"}`, bytesOf(`<p>${marker}</p>`), bytesOf(`<p>&#57584;${marker.slice(1, -1)}&#xe0f1;</p>`)]) {
      expect(JSON.stringify(readOAuthError({ status: 400, headers: [], body }))).not.toMatch(/[\ue0f0\ue0f1]/);
    }
  });

  it('is not led astray by prototype members', () => {
    expect(read(200, '{"__proto__":{"error":"invalid_grant"}}')).toBeNull();
    expect(read(400, '{"__proto__":{"error":"invalid_grant"}}')).toMatchObject({ error: null });
  });

  it('is linear and bounded on hostile pages', () => {
    const started = performance.now();
    for (const piece of ['<script', '<!--', '<a ="', '&', '<', '"<']) {
      expect(read(400, `<html>${piece.repeat(200_000)}`)?.description?.length ?? 0).toBeLessThanOrEqual(4000);
    }
    read(400, '['.repeat(200_000));
    read(400, `{"error":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    read(401, '', { 'WWW-Authenticate': 'Bearer error="'.repeat(3000) });
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('never throws, whatever comes', () => {
    const body = fc.oneof(fc.string({ unit: 'binary' }).map(bytesOf), fc.json().map(bytesOf), fc.string({ unit: fc.constantFrom('<', '>', '"', '=', '&', 'error', '{', '}', ':', '\\', '\ue0f0', ' ', 'a') }));
    fc.assert(fc.property(fc.integer({ min: 0, max: 599 }), body, fc.string(), (status, bytes, challenge) => {
      const found = readOAuthError({ status, body: bytes, headers: [{ name: 'WWW-Authenticate', value: challenge }] });
      if (status >= 400) expect(found).not.toBeNull();
    }), { numRuns: 2000 });
  });

  it('reads any description back from JSON, form and challenge', () => {
    const words = fc.string({ unit: fc.constantFrom(...'abc ÄÖ€"\\=&+%;,') , minLength: 1, maxLength: 60 });
    fc.assert(fc.property(words, (said) => {
      expect(json(400, { error: 'e', error_description: said })?.description).toBe(said);
      expect(read(400, new URLSearchParams({ error: 'e', error_description: said }).toString())?.description).toBe(said);
      expect(read(401, '', { 'WWW-Authenticate': `Bearer realm="r", error="e", error_description="${bytesOf(said).replace(/["\\]/g, '\\$&')}"` })?.description).toBe(said);
    }));
  });
});
