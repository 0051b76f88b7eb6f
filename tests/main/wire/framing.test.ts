import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framedBody } from '../../../src-main/wire/framing.ts';
import { headOfAnswer } from '../../../src-main/wire/head.ts';

const bodyOf = (raw: string, method = 'GET'): string => framedBody(Buffer.from(raw, 'latin1'), headOfAnswer(raw), method).toString('latin1');
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';

describe('the body between head and end', () => {
  it.each([
    ['HEAD has none', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc', 'HEAD', ''],
    ['304 has none', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\nabc', 'GET', ''],
    ['what follows the length is not it', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef', 'GET', 'abc'],
    ['chunks win over a length', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n', 'GET', 'abc'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabc', 'GET', 'abc'],
    ['no HTTP at all', 'SSH-2.0-x\r\n', 'GET', 'SSH-2.0-x\r\n'],
    ['a chunk that broke off', `${chunked}a\r\nabc`, 'GET', 'abc'],
    ['a size that broke off', `${chunked}3\r\nabc\r\n1`, 'GET', 'abc'],
    ['a size that is none', `${chunked}3\r\nabc\r\nzz\r\nabc`, 'GET', 'abc'],
    ['a head that broke off', 'HTTP/1.1 200 OK\r\nTransfer-Enc', 'GET', ''],
  ])('%s', (_name, raw, method, body) => {
    expect(bodyOf(raw, method)).toBe(body);
  });

  it('any bytes in any chunks come out again, and any cut gives the beginning of them', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 8 }), fc.nat(600), (chunks, cut) => {
      const pieces = chunks.map((chunk) => `${chunk.length.toString(16)};x=y\r\n${Buffer.from(chunk).toString('latin1')}\r\n`);
      const body = Buffer.concat(chunks).toString('latin1');
      const raw = `${chunked}${pieces.join('')}0\r\n\r\n`;
      expect(bodyOf(raw)).toBe(body);
      expect(body.startsWith(bodyOf(raw.slice(0, Math.max(chunked.length, raw.length - cut))))).toBe(true);
    }));
  });

  it('no bytes make it throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (tail) => {
      const raw = Buffer.from(tail, 'utf8').toString('latin1');
      expect(() => bodyOf(raw)).not.toThrow();
      expect(() => bodyOf(`${chunked}${raw}`)).not.toThrow();
      expect(() => bodyOf(`HTTP/1.1 200${raw}`)).not.toThrow();
    }));
  });
});
