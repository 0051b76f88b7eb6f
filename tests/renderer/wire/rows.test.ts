import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactText, visibleText } from '../../../src-renderer/wire/exact.ts';
import { folded, positionsOf, withoutMarkers } from '../../../src-renderer/wire/find.svelte.ts';
import { hexBytes, hexLine, looksBinary } from '../../../src-renderer/wire/hex.ts';
import { ROW_LENGTH, textRows } from '../../../src-renderer/wire/text-lines.ts';
import { mask } from '../support/masked.ts';

describe('long texts in rows', () => {
  it('attack 19: a line of a mebibyte becomes rows of bounded length', () => {
    const rows = textRows('x'.repeat(1_048_576));
    expect(rows).toHaveLength(Math.ceil(1_048_576 / ROW_LENGTH));
    expect(rows.slice(0, -1).every(({ more }) => more)).toBe(true);
  });

  it('together they are the text again, no row is long, no masked secret is cut (fuzz)', () => {
    const piece = fc.oneof(fc.string({ maxLength: 300 }), fc.constant('\n'), fc.constant(mask('code_verifier', 'x')), fc.constant('\ue0f0'), fc.constant('😀'.repeat(150)));
    fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('');
      const rows = textRows(text);
      expect(rows.map(({ start, end, more }) => text.slice(start, end) + (more ? '' : '\n')).join('')).toBe(`${text}\n`);
      for (const { start, end } of rows) {
        expect(end - start).toBeLessThanOrEqual(ROW_LENGTH + 60);
        expect(text.slice(start, end).isWellFormed() || !text.isWellFormed()).toBe(true);
      }
      for (const found of text.matchAll(/\ue0f0code_verifier:43:[0-9a-f]{16}\ue0f1/g)) {
        expect(rows.some(({ start, end }) => start <= found.index && found.index + found[0].length <= end)).toBe(true);
      }
    }), { numRuns: 300 });
  });
});

describe('bytes as numbers', () => {
  it('sixteen a line, as hexdump -C has them', () => {
    const codes = hexBytes(`\u0089PNG\r\n\u001a\n${'A'.repeat(9)}`);
    expect(hexLine(codes, 0)).toEqual({ offset: '00000000', hex: '89 50 4e 47 0d 0a 1a 0a  41 41 41 41 41 41 41 41', text: '.PNG....AAAAAAAA' });
    expect(hexLine(codes, 1)).toEqual({ offset: '00000010', hex: '41', text: 'A' });
  });

  it('a masked secret stays masked, at its own length', () => {
    const codes = hexBytes(`a${mask('client_secret', 's', 3)}b`);
    expect(hexLine(codes, 0)).toMatchObject({ hex: '61 ·· ·· ·· 62', text: 'a···b' });
  });

  it('text is no binary, whatever its language; a picture is', () => {
    const utf8 = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));
    for (const text of ['', '{"a":1}', utf8('日本語テキスト'.repeat(400)), 'a\r\n\tb', mask('code_verifier', 'x')]) expect(looksBinary(text)).toBe(false);
    for (const bytes of ['\u0089PNG\r\n\u001a\n\0', '\u001f\u008b\b\0', '\u00ff\u00fe\u00fd\u00fc'.repeat(20)]) expect(looksBinary(bytes)).toBe(true);
  });

  it('any bytes have lines, and those hold every byte (fuzz)', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const codes = hexBytes(String.fromCharCode(...bytes));
      const hex = Array.from({ length: Math.ceil(codes.length / 16) }, (_none, line) => hexLine(codes, line).hex).join(' ').split(/ +/).filter(Boolean);
      expect(hex).toEqual([...bytes].map((byte) => byte.toString(16).padStart(2, '0')));
      looksBinary(String.fromCharCode(...bytes));
    }));
  });
});

describe('what cannot be seen', () => {
  it('attack 7: marks of direction and width are named, so that no text reorders or hides another', () => {
    expect(visibleText('a\u202eb\u200bc\u00add\u061ce\u0000\n\tf\r\n')).toBe('a⟨U+202E⟩b⟨U+200B⟩c⟨U+00AD⟩d⟨U+061C⟩e⟨NUL⟩\n\tf\n');
    expect(exactText('a\u00e2\u0080\u008bb')).toBe('a⟨U+200B⟩b');
  });
});

describe('finding', () => {
  it('positions are those of the text, also where lower case is longer', () => {
    const text = 'İx CODE code';
    expect(folded(text)).toHaveLength(text.length);
    expect(positionsOf(folded(text), 'code')).toEqual([3, 8]);
    expect(positionsOf('aaaa', 'aa')).toEqual([0, 2]);
  });

  it('what a secret is masked as is not found', () => {
    const text = `a${mask('code_verifier', 'x')}b`;
    expect(withoutMarkers(text)).toHaveLength(text.length);
    expect(withoutMarkers(text)).not.toContain('verifier');
  });
});
