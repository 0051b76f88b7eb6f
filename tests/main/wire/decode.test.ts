import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../../src-main/wire/decode.ts';

const coders: Record<string, ((bytes: Uint8Array) => Buffer)[]> = { gzip: [gzipSync], br: [brotliCompressSync], deflate: [deflateSync, deflateRawSync], identity: [(bytes) => Buffer.from(bytes)] };

describe('content codings', () => {
  it('any bytes under any codings come out again', async () => {
    const coding = fc.constantFrom(...Object.entries(coders).flatMap(([name, all]) => all.map((code) => ({ name, code }))));
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.array(coding, { maxLength: 4 }), async (bytes, codings) => {
      const wire = codings.reduce<Buffer>((body, { code }) => code(body), Buffer.from(bytes));
      expect(await decodeBody(wire, codings.map(({ name }) => name), 10_000)).toEqual({ body: Buffer.from(bytes), cut: false, error: null });
    }));
  });

  it('garbage is an error, never a throw', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.constantFrom('gzip', 'br', 'deflate'), async (bytes, coding) => {
      const { error, cut } = await decodeBody(Buffer.from(bytes), [coding], 10_000);
      expect(cut).toBe(false);
      expect(error === null || error.length > 0).toBe(true);
    }), { numRuns: 60 });
    expect((await decodeBody(Buffer.from('garbage'), ['gzip'], 100)).error).toBe('incorrect header check');
  });

  it('of a stream that broke off, the part that can be read is kept', async () => {
    const text = Array.from({ length: 4000 }, (_, i) => `line ${i * 7919 % 4001}\n`).join('');
    for (const [coding, [code]] of Object.entries(coders)) {
      const packed = code?.(Buffer.from(text)) ?? Buffer.alloc(0);
      const { body, error } = await decodeBody(packed.subarray(0, packed.length - 200), [coding], 1_000_000);
      expect(body.length, coding).toBeGreaterThan(0);
      expect(text.startsWith(body.toString())).toBe(true);
      expect(error === null).toBe(coding === 'identity');
    }
  });

  it('an unknown coding is named without its control characters, the body left as it is', async () => {
    expect(await decodeBody(Buffer.from('abc'), ['ro\u001bt13\u202e'], 100)).toEqual({ body: Buffer.from('abc'), cut: false, error: null, unknown: 'ro?t13?' });
  });

  it('no body needs no decoding', async () => {
    expect(await decodeBody(Buffer.alloc(0), ['gzip', 'br'], 100)).toEqual({ body: Buffer.alloc(0), cut: false, error: null });
  });
});
