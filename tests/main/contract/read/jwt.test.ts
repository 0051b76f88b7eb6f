import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimMeaning, decodeBase64url, decodeJwt, formatMarker, headerMeaning } from '../../../../src-main/contract/index.ts';

const part = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const header = { alg: 'RS256', kid: 'k' };

describe('decodeJwt', () => {
  it('reads header and claims of a signed token', () => {
    expect(decodeJwt(`${part(header)}.${part({ sub: 'Ä€😀' })}.c2ln`)).toEqual({ kind: 'jws', header, claims: { sub: 'Ä€😀' }, duplicates: [] });
  });

  it('reads a masked token, whose signature is a marker', () => {
    const marker = formatMarker({ kind: 'signature', length: 342, fingerprint: '0123456789abcdef' });
    expect(decodeJwt(`${part(header)}.${part({ sub: 'a' })}.${marker}`)).toEqual({ kind: 'jws', header, claims: { sub: 'a' }, duplicates: [] });
    expect(decodeJwt(formatMarker({ kind: 'access_token', length: 9, fingerprint: '0123456789abcdef' }))).toEqual({ kind: 'opaque', duplicates: [] });
  });

  it('reads the header of an encrypted token', () => {
    expect(decodeJwt(`${part({ alg: 'RSA-OAEP', enc: 'A256GCM' })}..iv.text.tag`)).toEqual({ kind: 'jwe', header: { alg: 'RSA-OAEP', enc: 'A256GCM' }, duplicates: [] });
  });

  it.each(['', 'abc', 'a.b', 'gho_16C7e42F292c6912E7710c838347Ae178B4a', 'ya29.a0AfH6', '1.2.3', '...', '....', 'e30', 'a b.c d.e f'])('calls %j opaque', (token) => {
    expect(decodeJwt(token)).toEqual({ kind: 'opaque', duplicates: [] });
  });

  it.each([
    ['two parts', `${part(header)}.${part({})}`, 'has 2 parts'],
    ['six parts', `${part(header)}.${part({})}.a.b.c.d`, 'has 6 parts'],
    ['a hundred parts', `${part(header)}.${part({})}${'.a'.repeat(98)}`, 'more than six parts'],
    ['no signature', `${part({ alg: 'none' })}.${part({})}.`, 'no signature'],
    ['no alg', `${part({})}.${part({})}.x`, 'names no alg'],
    ['crit', `${part({ ...header, crit: ['b64'] })}.${part({})}.x`, 'crit: b64'],
    ['a broken header', `eyJ!!!.${part({})}.x`, 'header cannot be read'],
    ['claims that are no JSON', `${part(header)}.${part('plain')}.x`, 'it is not JSON'],
    ['claims that are a list', `${part(header)}.${part([1])}.x`, 'no JSON object'],
    ['claims that are no base64', `${part(header)}.%%%.x`, 'not base64url'],
  ])('says what is wrong with %s', (_name, token, problem) => {
    const decoded = decodeJwt(token);
    expect(decoded.kind).toBe('jws');
    expect(decoded.problem).toContain(problem);
  });

  it('gives claims that are no object as text', () => {
    expect(decodeJwt(`${part(header)}.${part('plain')}.x`)).toMatchObject({ payload: 'plain' });
  });

  it('names members that stand twice', () => {
    expect(decodeJwt(`${part('{"alg":"none","alg":"RS256"}')}.${part('{"exp":1,"a":{"exp":2},"exp":3}')}.x`)).toMatchObject({ claims: { exp: 3 }, duplicates: ['alg', 'exp'] });
  });

  it('lets no claim become a prototype', () => {
    const { claims } = decodeJwt(`${part(header)}.${part('{"__proto__":{"admin":true}}')}.x`);
    expect(claims?.['admin']).toBeUndefined();
    expect(Object.getPrototypeOf({})).not.toHaveProperty('admin');
  });

  it('bears a megabyte of header and refuses to read twenty', () => {
    expect(decodeJwt(`${part({ ...header, x: 'y'.repeat(1_000_000) })}.${part({})}.x`).header?.['x']).toHaveLength(1_000_000);
    expect(decodeJwt('e'.repeat(20_000_001))).toMatchObject({ kind: 'opaque', problem: expect.stringContaining('20000001') });
  });

  it('never throws, and reads every claim back', () => {
    const piece = fc.oneof(fc.base64String(), fc.json().map((text) => part(text)), fc.string({ unit: 'binary', maxLength: 30 }));
    fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), (parts) => { expect(decodeJwt(parts.join('.')).kind).toMatch(/^(?:jws|jwe|opaque)$/); }), { numRuns: 1500 });
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (claims) => {
      expect(decodeJwt(`${part(header)}.${part(claims)}.sig`).claims).toEqual(JSON.parse(JSON.stringify(claims)));
    }));
  });

  it('decodes base64url with and without padding', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed()), (text) => {
      const bytes = Buffer.from(text, 'utf8');
      expect([bytes.toString('base64url'), bytes.toString('base64')].map(decodeBase64url)).toEqual([text.replace(/^\ufeff/, ''), text.replace(/^\ufeff/, '')]);
    }));
    for (const bad of ['', 'a', 'a=b=', 'ab\n', 'äö', 'a b c']) expect(decodeBase64url(bad)).toBeNull();
  });
});

describe('meanings', () => {
  it('explains registered claims and header members, and no inherited names', () => {
    expect(claimMeaning('exp')).toMatchObject({ time: true, section: 'RFC 7519 §4.1.4' });
    expect(headerMeaning('alg')?.section).toBe('RFC 7515 §4.1.1');
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'my_claim']) expect([claimMeaning(name), headerMeaning(name)]).toEqual([undefined, undefined]);
  });
});
