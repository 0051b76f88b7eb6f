import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { remade } from '../../../../src-main/compare/rules/remade.ts';

describe('what a server made anew', () => {
  it.each([
    ['a short id', 'a8f3c2d9', '07be41fc'], ['an id behind a word', 'req_k3j2h4x9', 'req_9x0v1bq7'],
    ['a time of RFC 9110', 'Mon, 23 Nov 2026 22:00:00 GMT', 'Tue, 24 Nov 2026 08:11:09 GMT'], ['a time with a blank', '2026-11-23 22:00:00', '2026-11-24 08:11:09'],
    ['a session in an address', 'https://as.example/logout?sid=k3j2h4x9q0v1', 'https://as.example/logout?sid=9x0v1bq7m2n8'],
    ['an object with a time', '{"created":1790000000,"of":"app"}', '{"created":1790004711,"of":"app"}'],
    ['an object with an id', '{"session":{"id":"k3j2h4x9q0v1"}}', '{"session":{"id":"9x0v1bq7m2n8"}}'],
  ])('%s', (_name, one, other) => {
    expect(remade([one, other])).toBe('anew');
    expect(remade([other, one])).toBe('anew');
  });

  it('lists in another order, at any depth', () => {
    expect(remade(['["read","write"]', '["write","read"]'])).toBe('order');
    expect(remade(['{"app":{"roles":["x","y"]}}', '{"app":{"roles":["y","x"]}}'])).toBe('order');
  });

  it.each([
    ['words', 'admin', 'reader'], ['versions', 'v2beta1', 'v2beta2'], ['names with a number', 'client1', 'worker2'], ['small numbers', '{"level":1}', '{"level":2}'],
    ['members that are not there', '{"a":"k3j2h4x9q0v1"}', '{"b":"9x0v1bq7m2n8"}'], ['lists of other lengths', '["a"]', '["a","b"]'],
    ['another host', 'https://one.example/a', 'https://two.example/a'], ['a word beside an id', '{"id":"k3j2h4x9q0v1","plan":"free"}', '{"id":"9x0v1bq7m2n8","plan":"paid"}'],
  ])('but not %s', (_name, one, other) => {
    expect(remade([one, other])).toBeNull();
    expect(remade([other, one])).toBeNull();
  });

  it('never throws, and says the same in every order', () => {
    const text = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{"__proto__":1}', '[', '{', `${'['.repeat(300)}${']'.repeat(300)}`));
    fc.assert(fc.property(fc.array(text, { minLength: 2, maxLength: 4 }), (texts) => {
      expect(remade(texts.toReversed())).toBe(remade(texts));
    }), { numRuns: 300 });
  });

  it('knows random ids of twelve characters nearly always', () => {
    const made = () => randomBytes(9).toString('base64url');
    const known = Array.from({ length: 500 }, () => remade([made(), made()])).filter((one) => one === 'anew');
    expect(known.length).toBeGreaterThan(450);
  });
});
