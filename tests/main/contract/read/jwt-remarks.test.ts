import { describe, expect, it } from 'vitest';
import { headerWords } from '../../../../src-main/contract/read/header-words.ts';
import { decodeJwt } from '../../../../src-main/contract/read/jwt.ts';
import { jwtRemarks } from '../../../../src-main/contract/read/jwt-remarks.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const said = (claims: object, header: object = { alg: 'RS256', kid: 'k' }, name = ''): string[] => jwtRemarks(decodeJwt(`${part(header)}.${part(claims)}.sig`), name).map(({ text }) => text);

describe('what stands out in a JWT', () => {
  it('nothing in a sound one, nothing in what is none', () => {
    expect(said({ iss: 'https://as', sub: 'ada', aud: 'c', exp: 2000, iat: 1000 }, undefined, 'id_token')).toEqual([]);
    expect(jwtRemarks(decodeJwt('opaque'))).toEqual([]);
  });

  it('alg none, a key brought along, a shared secret', () => {
    expect(said({}, { alg: 'None' })).toEqual([expect.stringContaining('nobody signed it')]);
    expect(said({}, { alg: 'ES256', kid: 'a', jwk: {}, jku: 'https://evil' })).toEqual([expect.stringContaining('(jwk, jku)')]);
    expect(said({}, { alg: 'HS256' })).toEqual([expect.stringContaining('shared secret')]);
  });

  it('times in milliseconds, as text, the wrong way round', () => {
    expect(said({ exp: 1_900_000_000_000 })).toEqual([expect.stringContaining('exp is given in milliseconds')]);
    expect(said({ exp: '2000', iat: null })).toEqual([expect.stringContaining('exp has to be a number'), expect.stringContaining('is null')]);
    expect(said({ exp: 5, iat: 5 })).toEqual([expect.stringContaining('before it was issued')]);
    expect(said({ exp: 5, nbf: 6 })).toEqual([expect.stringContaining('before it becomes valid')]);
  });

  it('an audience of several, with and without azp', () => {
    const claims = { iss: 'i', sub: 's', exp: 2, iat: 1, aud: ['a', 'b'] };
    expect(said(claims, undefined, 'id_token')).toEqual([expect.stringContaining('no azp')]);
    expect(said({ ...claims, azp: 'a' }, undefined, 'id_token')).toEqual([expect.stringContaining('each of them')]);
    expect(said({ aud: [] })).toEqual([expect.stringContaining('for nobody')]);
  });

  it('a DPoP proof is held to its own rules (RFC 9449 §4.2)', () => {
    expect(said({ jti: '1', htm: 'POST', htu: 'https://as/token', iat: 1 }, { alg: 'ES256', typ: 'dpop+jwt', jwk: {} }, 'DPoP'.toLowerCase())).toEqual([]);
    expect(said({ iat: 1 }, { alg: 'ES256', typ: 'JWT' }, 'dpop')).toEqual([expect.stringContaining('must bring its public key'), 'typ should be dpop+jwt.', 'Required and not there: jti, htm, htu.']);
  });

  it('a logout token with a nonce, a payload sent apart, a nested one', () => {
    expect(said({ nonce: 'n' }, { alg: 'RS256', kid: 'k', typ: 'logout+jwt' }, 'logout_token')).toEqual([expect.stringContaining('must not have a nonce')]);
    expect(said({}, { alg: 'RS256', kid: 'k', b64: false, cty: 'JWT' })).toEqual([expect.stringContaining('detached'), expect.stringContaining('nested')]);
  });
});

describe('what a header is for', () => {
  it('by name, without regard to case, each with its source; unknown ones are unknown', () => {
    expect(headerWords('DPoP-Nonce')).toEqual({ text: expect.stringContaining('next DPoP proof'), section: 'RFC 9449 §8' });
    expect(headerWords('X-Never-Heard')).toBeUndefined();
    expect(headerWords('__proto__')).toBeUndefined();
    expect(headerWords('constructor')).toBeUndefined();
  });
});
