import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageParts } from '../../../src-main/contract/index.ts';
import { InterimFilter } from '../../../src-main/wire/interim.ts';

function filtered(bytes: string, sizes: readonly number[], limit = 65_536): string {
  const filter = new InterimFilter(limit);
  let out = '';
  const input = Buffer.from(bytes, 'latin1');
  for (let [from, i] = [0, 0]; from < input.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    out += filter.pass(input.subarray(from, from + size))?.toString('latin1') ?? '';
    from += size;
  }
  return out + (filter.rest()?.toString('latin1') ?? '');
}

const final = 'HTTP/1.1 200 OK\r\nA: HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nbody';

describe('interim answers', () => {
  it('are taken out in front of the final answer, however the bytes are cut, and by the reader alike', () => {
    const one = fc.constantFrom('HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.0 102 \r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n');
    fc.assert(fc.property(fc.array(one, { maxLength: 4 }), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }), (interim, sizes) => {
      const bytes = interim.join('') + final;
      expect(filtered(bytes, sizes)).toBe(final);
      expect(messageParts(bytes)).toMatchObject({ startLine: 'HTTP/1.1 200 OK', headers: [{ name: 'A', value: 'HTTP/1.1 100 Continue' }] });
      expect(messageParts(bytes).head).toHaveLength(bytes.indexOf('\r\n\r\n', interim.join('').length) + 4);
    }));
  });

  it('anything else passes as it is', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string().map((rest) => `HTTP/1.1 ${rest}`), fc.constant('HTTP/1.1 101 Switching Protocols\r\n\r\nx'))
      .filter((text) => !/^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/.test(text)), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }), (text, sizes) => {
      const bytes = Buffer.from(text, 'utf8').toString('latin1');
      expect(filtered(bytes, sizes)).toBe(bytes);
    }));
  });

  it('an interim answer that never ends is handed on at the limit', () => {
    const endless = `HTTP/1.1 100 Continue\r\nX: ${'a'.repeat(200)}`;
    expect(filtered(endless, [7], 100)).toBe(endless);
  });

  it('an interim answer with nothing behind it is what there is', () => {
    expect(messageParts('HTTP/1.1 100 Continue\r\n\r\n').startLine).toBe('HTTP/1.1 100 Continue');
  });
});
