import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeBody } from '../../src-main/wire/decode.ts';
import type { RawServer } from '../support/hostile-server/index.ts';
import { hostileServer } from '../support/hostile-server/index.ts';
import { ask } from '../main/wire/requests.ts';

describe('attack 17: a body that grows when it is decoded', () => {
  let server: RawServer;
  beforeAll(async () => { server = await hostileServer(); });
  afterAll(() => server.stop());

  it.each([['bomb-gzip'], ['bomb-nested']])('%s is stopped by the count of decoded bytes', async (scenario) => {
    const started = performance.now();
    const exchange = await ask(`${server.url}/${scenario}`, { limits: { wireBytes: 4 * 1_048_576 } });
    expect(exchange.failure?.code).toBe('response-too-large');
    expect(exchange.failure?.why).toContain('decoding');
    expect(exchange.response?.cut).toEqual({ kept: 4096, limit: 1_048_576, counted: 'decoded' });
    expect(exchange.response?.body).toHaveLength(4096);
    expect(exchange.response?.raw).toBe(server.last.sent.toString('latin1'));
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('codings without end are not followed', async () => {
    const decoded = await decodeBody(gzipSync('x'), Array.from({ length: 10_000 }, () => 'gzip'), 1000);
    expect(decoded).toMatchObject({ cut: false, error: '10000 codings were applied; at most 8 are undone.' });
  });

  it('the limit is exact', async () => {
    const packed = gzipSync(Buffer.alloc(1000, 'x'));
    expect(await decodeBody(packed, ['gzip'], 1000)).toMatchObject({ cut: false, error: null });
    expect(await decodeBody(packed, ['gzip'], 999)).toMatchObject({ cut: true, body: Buffer.alloc(999, 'x') });
  });
});
