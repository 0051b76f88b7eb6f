import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formParameters } from '../../../../src-main/contract/read/http.ts';
import { counted, encodingNotes } from '../../../../src-main/contract/read/parameter-encoding.ts';

const kinds = (form: string): string[][] => counted(formParameters(form)).map(({ parameter, count }) => encodingNotes(parameter, count).map(({ kind }) => kind));

describe('how a parameter was written', () => {
  it('nothing is said where the decoded value tells all', () => {
    expect(kinds('grant_type=authorization_code&code=abc&redirect_uri=https%3A%2F%2Fa.test%2Fcb%3Fnext%3D%252Fhome&scope=')).toEqual([[], [], [], []]);
  });

  it('a space as + or %20, both told apart', () => {
    expect(kinds('scope=openid+email&scope2=openid%20email')).toEqual([['plus'], ['percent-20']]);
  });

  it('what was encoded twice, is no UTF-8, or has a broken %', () => {
    expect(kinds('redirect_uri=https%253A%252F%252Fa&x=%FF%FE&y=100%&z=%zz')).toEqual([['encoded-twice'], ['not-utf-8'], ['broken-percent'], ['broken-percent']]);
  });

  it('names: none, no =, twice; resource may repeat (RFC 8707 §2)', () => {
    expect(kinds('=v&flag&a=1&a=2&resource=x&resource=y')).toEqual([['no-name'], ['no-equals'], ['duplicate'], ['duplicate'], [], []]);
  });

  it('characters that should have been encoded, and ones nobody sees', () => {
    expect(kinds('a=b c&b="x"&c=%E2%80%AEevil&d=%00')).toEqual([['bare'], ['bare'], ['control'], ['control']]);
  });

  it('a masked secret is no finding', () => {
    expect(kinds('code=\ue0f0authorization_code:43:0123456789abcdef\ue0f1')).toEqual([[]]);
  });

  it('any bytes are told about without throwing; a well-made form never alarms (fuzz)', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => { kinds(text); }), { numRuns: 300 });
    fc.assert(fc.property(fc.dictionary(fc.string({ minLength: 1, unit: fc.constantFrom('a', 'B', '_', '1') }), fc.string({ unit: fc.constantFrom('a', ' ', 'é', '&', '=', '/', '+') })), (pairs) => {
      const form = new URLSearchParams(pairs).toString();
      expect(counted(formParameters(form)).flatMap(({ parameter, count }) => encodingNotes(parameter, count)).filter(({ matters }) => matters)).toEqual([]);
    }), { numRuns: 200 });
  });
});
