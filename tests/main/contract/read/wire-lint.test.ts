import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange, RunEvent } from '../../../../src-main/contract/index.ts';
import { lintExchange, lintFactsOf } from '../../../../src-main/contract/index.ts';

const basic = (id: string, secret: string): string => `Authorization: Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const form = 'Content-Type: application/x-www-form-urlencoded';

function exchange(body: string, headers: string[] = [form], options: { method?: string; status?: number; answer?: string; answerHeaders?: string[]; url?: string } = {}): Exchange {
  const head = `HTTP/1.1 ${options.status ?? 200} X\r\n${(options.answerHeaders ?? ['Content-Type: application/json', 'Cache-Control: no-store']).join('\r\n')}\r\n\r\n`;
  const answer = options.answer ?? '{"access_token":"a","token_type":"Bearer"}';
  return {
    id: 'e', purpose: 'token', method: options.method ?? 'POST', url: options.url ?? 'https://as.test/token',
    request: `${options.method ?? 'POST'} /token HTTP/1.1\r\nHost: as.test\r\n${headers.join('\r\n')}\r\n\r\n${body}`,
    response: { status: options.status ?? 200, reason: 'X', raw: head + answer, headLength: head.length, body: answer },
    times: { started: 0, ended: 1 }, connection: null, tls: null, failure: null,
  };
}
const codes = (...args: Parameters<typeof exchange>) => lintExchange(exchange(...args)).map(({ code, blame }) => `${code} ${blame}`);
const right = 'grant_type=authorization_code&code=c&redirect_uri=https%3A%2F%2Fa.test%2Fcb&code_verifier=v';

describe('a token request against the specifications', () => {
  it('has nothing to say of one that is right', () => {
    expect(codes(right, [form, basic('client', 'secret')])).toEqual([]);
    expect(codes(`${right}&client_id=client&client_secret=secret`)).toEqual([]);
  });

  it('names two ways of client authentication, and whose doing they are', () => {
    expect(codes(`${right}&client_secret=secret`, [form, basic('client', 'secret')])).toEqual(['two-authentications sender']);
    expect(lintExchange(exchange(`${right}&client_secret=secret`, [form, basic('client', 'secret')]), { added: ['client_secret'] })[0]?.blame).toBe('configuration');
  });

  it('names Basic raw and form-encoded, where it makes a difference', () => {
    expect(codes(right, [form, basic('client', 'a+b/c=d e')])).toEqual(['basic-raw configuration']);
    expect(codes(right, [form, basic('client', 'a%2Bb%2Fc%3Dd+e')])).toEqual(['basic-form-encoded configuration']);
    expect(codes(right, [form, 'Authorization: Basic ***'])).toEqual(['basic-unreadable sender']);
    expect(codes(right, [form, basic('client', 'secret\n')])).toContain('basic-white-space configuration');
  });

  it('names duplicates, white space, empty values, parameters of another grant, and what is no form', () => {
    expect(codes(`${right}&code=d`)).toEqual(['duplicate-parameter sender']);
    expect(codes(`${right}&resource=a&resource=b`)).toEqual([]);
    expect(codes(`${right}&client_id=client%20`)).toEqual(['white-space configuration']);
    expect(codes(`${right}&client_secret=s%0A`)).toEqual(['white-space configuration']);
    expect(codes('grant_type=authorization_code&code=c%20')).toEqual(['white-space sender']);
    expect(codes(`${right}&scope=`)).toEqual(['empty-parameter configuration']);
    expect(codes(`${right}&state=`)).toEqual(['empty-parameter sender']);
    expect(codes('grant_type=refresh_token&refresh_token=r&redirect_uri=https%3A%2F%2Fa.test')).toEqual(['parameter-of-another-grant sender']);
    expect(codes('{"grant_type":"authorization_code"}', ['Content-Type: application/json'])).toEqual(['token-content-type sender']);
    expect(codes('', [form], { method: 'GET' })).toContain('token-method sender');
    expect(codes(right, [form], { url: 'https://as.test/token%20' })).toEqual(['white-space-in-url configuration']);
  });

  it('holds the method against the metadata', () => {
    const facts = { metadata: { token_endpoint_auth_methods_supported: ['private_key_jwt'] } };
    expect(lintExchange(exchange(right, [form, basic('client', 'secret')]), facts)).toMatchObject([{ code: 'auth-method-not-in-metadata', blame: 'configuration' }]);
    const jwt = (alg: string) => `${right}&client_assertion=${Buffer.from(JSON.stringify({ alg })).toString('base64url')}.e30.x`;
    expect(lintExchange(exchange(jwt('ES256')), facts)).toEqual([]);
    expect(lintExchange(exchange(jwt('HS256')), facts)).toMatchObject([{ message: expect.stringMatching(/^client_secret_jwt is used, and the metadata offers private_key_jwt/) as string }]);
    expect(lintExchange(exchange(`${right}&client_id=client`), facts)).toMatchObject([{ message: expect.stringContaining('(none)') as string }]);
    expect(lintExchange({ ...exchange(`${right}&client_id=client`), tls: { protocol: 'TLSv1.3', cipher: 'c', alpn: null, authorized: true, certificate: null, clientCertificate: { subject: 's', fingerprint256: 'f' } } }, { metadata: { token_endpoint_auth_methods_supported: ['tls_client_auth'] } })).toEqual([]);
    expect(lintExchange({ ...exchange('token=t', [form, basic('client', 'secret')]), purpose: 'revocation' }, facts)).toEqual([]);
    expect(lintExchange({ ...exchange('token=t', [form, basic('client', 'secret')]), purpose: 'revocation' }, { metadata: { revocation_endpoint_auth_methods_supported: ['none'] } })).toHaveLength(1);
    for (const odd of ['x', null, {}, [7, null]]) expect(() => lintExchange(exchange(right), { metadata: { token_endpoint_auth_methods_supported: odd } })).not.toThrow();
  });

  it('takes what was provoked or changed by hand for what it is', () => {
    const stamp = (seq: number) => ({ seq, at: seq, mono: seq, boot: 'b' });
    const twice = { ...exchange(`${right}&code=d`) };
    const events: RunEvent[] = [
      { ...stamp(0), type: 'step-started', step: 'a', kind: 'exchange' }, { ...stamp(1), type: 'exchange-recorded', step: 'a', exchange: { ...twice, id: 'plain' } },
      { ...stamp(2), type: 'resumed', before: 'exchange', edited: true }, { ...stamp(3), type: 'exchange-recorded', step: 'a', exchange: { ...twice, id: 'edited' } },
      { ...stamp(4), type: 'exchange-recorded', step: 'a', exchange: { ...twice, id: 'after' } },
      { ...stamp(5), type: 'step-started', step: 'b', kind: 'exchange', provocation: 'reuse-code' }, { ...stamp(6), type: 'exchange-recorded', step: 'b', exchange: { ...twice, id: 'provoked' } },
    ];
    const factsOf = lintFactsOf(events);
    expect(['plain', 'edited', 'after', 'provoked'].map((id) => lintExchange(twice, factsOf(id))[0]?.blame)).toEqual(['sender', 'purpose', 'sender', 'purpose']);
  });

  it('tells the server’s answer apart', () => {
    expect(codes(right, [form], { status: 302 })).toContain('answer-redirect server');
    expect(codes(right, [form], { answer: '{"error":"invalid_grant"}' })).toContain('error-with-200 server');
    expect(codes(right, [form], { answerHeaders: ['Content-Type: application/json'] })).toEqual(['tokens-may-be-cached server']);
    expect(codes(right, [form, basic('a', 'b')], { status: 400, answer: '{"error":"invalid_client"}' })).toEqual(['invalid-client-form server']);
    expect(codes(right, [form], { status: 403, answer: '{"error":"invalid_grant"}' })).toEqual(['error-status server']);
  });

  it('never throws, and puts no value of the request into its words', () => {
    const secret = 'CANARY-7f3a9c';
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 80 }), (body, header) => {
      const found = lintExchange(exchange(`${body}&client_secret=${secret}&code=${secret}%20`, [form, `Authorization: ${header.replace(/[\r\n]/g, '')}`]));
      return !JSON.stringify(found).includes(secret);
    }));
  });
});
