import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePair } from '../../../src-renderer/diagnosis/compare-values.ts';

const joined = (pieces: { text: string }[] | undefined): string => (pieces ?? []).map(({ text }) => text).join('');

describe('two values side by side', () => {
  it('says nothing of equal values and of values too long to compare', () => {
    expect(comparePair('https://a.test/cb', 'https://a.test/cb')).toBeNull();
    expect(comparePair('a'.repeat(601), 'b')).toBeNull();
  });

  it('marks the slash, the case, the port that differ and nothing else', () => {
    const marked = (a: string, b: string) => comparePair(a, b)?.map((pieces) => pieces.filter(({ differs }) => differs).map(({ text }) => text).join('|'));
    expect(marked('https://a.test/cb', 'https://a.test/cb/')).toEqual(['', '/']);
    expect(marked('https://a.test/Callback', 'https://a.test/callback')).toEqual(['C', 'c']);
    expect(marked('http://localhost:3000/cb', 'http://localhost:8000/cb')).toEqual(['3', '8']);
  });

  it('takes a masked secret for one character: it is equal or it is not', () => {
    const [one, other] = ['\ue0f0client_secret:10:0123456789abcdef\ue0f1', '\ue0f0client_secret:10:0123456789abcdee\ue0f1'];
    expect(comparePair(`Basic client:${one}`, `Basic client:${other}`)).toEqual([
      [{ text: 'Basic client:', differs: false }, { text: one, differs: true }], [{ text: 'Basic client:', differs: false }, { text: other, differs: true }],
    ]);
  });

  it('loses no character of either, and what is not marked is equal', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (a, b) => {
      const compared = comparePair(a, b);
      if (a === b) return compared === null;
      const [left, right] = compared ?? [[], []];
      const same = (pieces: typeof left): string => pieces.filter(({ differs }) => !differs).map(({ text }) => text).join('');
      return joined(left) === a && joined(right) === b && same(left) === same(right);
    }));
  });
});
