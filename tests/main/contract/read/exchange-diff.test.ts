import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../../src-main/contract/exchange.ts';
import { exchangeDiff, nearestAlike } from '../../../../src-main/contract/read/exchange-diff.ts';

function exchange(id: string, form: string, answer: string, more: { status?: number; headers?: string[]; url?: string; purpose?: Exchange['purpose'] } = {}): Exchange {
  const { status = 200, headers = ['Content-Type: application/x-www-form-urlencoded'], url = 'https://as.test/token', purpose = 'token' } = more;
  return {
    id, purpose, method: 'POST', url, request: `POST /token HTTP/1.1\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n${form}`,
    response: { status, reason: 'R', raw: `HTTP/1.1 ${status} R\r\nDate: ${id}\r\n\r\n${answer}`, headLength: 0, body: answer },
    times: { started: 0, ended: 1 }, connection: null, tls: null, failure: null,
  };
}
const told = (a: Exchange, b: Exchange): [string, string, string | null, string | null][] =>
  exchangeDiff(a, b).filter(({ state }) => state !== 'same').map(({ label, state, a: left, b: right }) => [label, state, left, right]);

describe('two exchanges side by side', () => {
  it('nothing differs in one and the same', () => {
    const one = exchange('1', 'grant_type=refresh_token&scope=a', '{"error":"x","list":[1,{"a":null}]}');
    expect(told(one, one)).toEqual([]);
  });

  it('what had to be another one is told apart from what need not', () => {
    const a = exchange('1', 'grant_type=authorization_code&code=A&redirect_uri=https%3A%2F%2Fa%2Fcb', '{"access_token":"x","expires_in":300}');
    const b = exchange('2', 'grant_type=authorization_code&code=B&redirect_uri=https%3A%2F%2Fa%2Fcb%2F&extra=1', '{"error":"invalid_grant"}', { status: 400 });
    expect(told(a, b)).toEqual([
      ['code', 'fresh', 'A', 'B'], ['redirect_uri', 'differs', 'https://a/cb', 'https://a/cb/'], ['extra', 'differs', null, '1'],
      ['status', 'differs', '200 R', '400 R'], ['Date', 'fresh', '1', '2'],
      ['access_token', 'differs', 'x', null], ['expires_in', 'differs', '300', null], ['error', 'differs', null, 'invalid_grant'],
    ]);
  });

  it('headers by name in any case, repeated ones by their order', () => {
    const a = exchange('1', '', '', { headers: ['Accept: a', 'X: 1', 'X: 2'] });
    const b = exchange('1', '', '', { headers: ['accept: a', 'X: 1', 'X: 3', 'Y: 4'] });
    expect(told(a, b)).toEqual([['Accept / accept', 'name', 'a', 'a'], ['X', 'differs', '2', '3'], ['Y', 'differs', null, '4']]);
  });

  it('JSON by path, other bodies as text, no answer as none', () => {
    expect(told(exchange('1', '', '{"keys":[{"kid":"a"}]}'), exchange('1', '', '{"keys":[{"kid":"b"},{"kid":"c"}]}'))).toEqual([
      ['keys[0].kid', 'differs', 'a', 'b'], ['keys[1].kid', 'differs', null, 'c'],
    ]);
    expect(told(exchange('1', '', '<p>a'), exchange('1', '', '{"a":1}'))).toEqual([['body', 'differs', '<p>a', '{"a":1}']]);
    const dead = { ...exchange('1', '', ''), response: null, failure: { code: 'refused', message: 'Connection refused.' } };
    expect(told(dead, exchange('1', '', '')).slice(0, 1)).toEqual([['status', 'differs', 'Connection refused.', '200 R']]);
  });

  it('turned round it says the same of the other side, whatever the bodies (fuzz)', () => {
    const body = fc.oneof(fc.json(), fc.string(), fc.constant(''));
    fc.assert(fc.property(body, body, (left, right) => {
      const [a, b] = [exchange('1', left, right), exchange('2', right, left)];
      const count = (first: Exchange, second: Exchange): number => exchangeDiff(first, second).filter(({ state }) => state === 'same').length;
      expect(count(a, b)).toBe(count(b, a));
    }), { numRuns: 200 });
  });
});

describe('what to compare with', () => {
  const refresh = (id: string, status = 200): Exchange => exchange(id, 'grant_type=refresh_token', '', { status });
  const code = exchange('code', 'grant_type=authorization_code', '');
  const jwks = exchange('jwks', '', '', { purpose: 'jwks' });

  it('none where there is no other of its purpose', () => {
    expect(nearestAlike(jwks, [code, jwks, refresh('1')])).toBeNull();
  });

  it('the refresh that worked before, rather than the code or a refusal', () => {
    const last = refresh('4', 400);
    expect(nearestAlike(last, [code, refresh('1'), refresh('2'), refresh('3', 400), last])?.id).toBe('2');
    expect(nearestAlike(refresh('1'), [code, refresh('1')])?.id).toBe('code');
  });
});
