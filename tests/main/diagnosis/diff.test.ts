import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alteration } from '../../../src-main/diagnosis/diff/alteration.ts';
import { uriDifference } from '../../../src-main/diagnosis/diff/uri.ts';
import { isPlaceholder } from '../../../src-main/diagnosis/placeholder.ts';

describe('the difference of two redirect URIs', () => {
  it.each([
    ['https://a.test/cb', 'http://a.test/cb', ['scheme']],
    ['http://localhost:3000/cb', 'http://127.0.0.1:3000/cb', ['host']],
    ['http://localhost:3000/cb', 'http://localhost:3001/cb', ['port']],
    ['https://a.test/cb', 'https://a.test/callback', ['path']],
    ['https://a.test/cb', 'https://a.test/cb/', ['slash']],
    ['https://a.test', 'https://a.test/', ['slash']],
    ['https://a.test/Cb', 'https://a.test/cb', ['case']],
    ['https://a.test/a%20b', 'https://a.test/a b', ['encoding']],
    ['https://a.test/cb', 'https%3A%2F%2Fa.test%2Fcb', ['encoding']],
    ['https://a.test/cb?x=1', 'https://a.test/cb', ['query']],
    ['https://a.test/cb', 'https://a.test/cb ', ['white-space']],
    ['https://a.test/cb', 'https://a.test/cb#x', ['fragment']],
    ['http://a.test:1/cb', 'https://b.test:2/cb', ['scheme', 'host', 'port']],
  ])('%s and %s: %j', (left, right, parts) => { expect(uriDifference(left, right)?.parts).toEqual(parts); });

  it('is null for identical ones, and its middles put the two back together', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (left, right) => {
      const difference = uriDifference(left, right);
      if (left === right) { expect(difference).toBeNull(); return; }
      const head = left.slice(0, difference?.position);
      expect(right.startsWith(head)).toBe(true);
      expect(left.slice(head.length).startsWith(difference?.left ?? '?')).toBe(true);
      expect(right.slice(head.length).startsWith(difference?.right ?? '?')).toBe(true);
    }));
  });
});

describe('how a value was altered', () => {
  it.each([
    ['a/b+c=', encodeURIComponent('a/b+c='), 'double-encoded'], ['a%2Fb', 'a/b', 'over-decoded'], ['a+b+c', 'a b c', 'plus-space'], ['abcdefgh', 'abcd', 'truncated'], ['abcdefgh', 'efgh', 'cut-front'],
    ['abcdefgh', 'abcdefgh#_=_', 'appended'], ['aBcD', 'abcd', 'case'], ['abcd', '"abcd"', 'quoted'], ['abcd', 'abcd\n', 'white-space'], ['abcdefghijkl', 'abcdefgXijkl', 'characters'],
  ])('%s sent as %s: %s', (original, sent, kind) => { expect(alteration(original, sent)?.kind).toBe(kind); });

  it('says nothing of equal or unrelated ones, and never quotes a value', () => {
    expect(alteration('abc', 'abc')).toBeNull();
    expect(alteration('abcdefghijkl', 'zyxwvutsrqpo')).toBeNull();
    fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{20,60}$/), fc.integer({ min: 10, max: 19 }), (value, length) => {
      expect(alteration(value, value.slice(0, length))?.text).not.toContain(value.slice(0, 10));
    }));
  });
});

describe('placeholders', () => {
  it.each(['[REDACTED]', '***', '<your-code>', 'xxxxxxxx', 'XXXX', '{{code}}', '${CODE}', 'abc…', 'abc...', 'your_client_secret', 'YOUR-CODE', 'redacted', '(removed)', 'AUTHORIZATION_CODE_HERE', 'REFRESH_TOKEN'])('%s is one', (value) => { expect(isPlaceholder(value)).toBe(true); });
  it.each(['SplxlOBeZQQYbYS6WxSbIA', '4/0AdQt8qh7xYz', 'M.R3_BAY.abc-1', 'a.b.c', 'client-a', '0oa1b2c3', 'my-client', 'secret', 'test', 'undefined', '[object Object]'])('%s is none', (value) => { expect(isPlaceholder(value)).toBe(false); });
});
