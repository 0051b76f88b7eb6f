import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawServer } from '../support/hostile-server/index.ts';
import { hostileServer } from '../support/hostile-server/index.ts';
import { ask, until } from '../main/wire/requests.ts';

describe('attack 16: an answer of 200 MB', () => {
  let server: RawServer;
  beforeAll(async () => { server = await hostileServer(); });
  afterAll(() => server.stop());

  it.each(['huge-chunked', 'huge-length', 'huge-undeclared'])('%s is cut at 1 MiB, its first 4 kB kept, and costs no memory', async (scenario) => {
    await ask(`${server.url}/html-200`);
    const before = process.memoryUsage().rss;
    const exchange = await ask(`${server.url}/${scenario}`);
    const after = process.memoryUsage().rss;
    expect(exchange.failure).toMatchObject({ code: 'response-too-large', message: expect.stringContaining('too large') as string });
    expect(exchange.response).toMatchObject({ status: 200, cut: { kept: 4096, limit: 1_048_576, counted: 'wire' } });
    expect(exchange.response?.raw).toHaveLength(4096);
    expect(exchange.response?.raw).toBe(server.last.sent.toString('latin1', 0, 4096));
    expect(exchange.response?.body).toMatch(/^a{3000}a*$/);
    expect(after - before).toBeLessThan(20 * 1_048_576);
    await server.last.closed;
    // The server got nowhere near its 200 MB: what it wrote is what fits into the socket's buffers.
    expect(server.last.sent.length).toBeLessThan(20 * 1_048_576);
  });

  it('a Content-Length that is too small ends the answer there', async () => {
    const exchange = await ask(`${server.url}/length-too-small`);
    expect(exchange.response?.body).toBe('aa');
    expect(exchange.response?.raw.length).toBeLessThanOrEqual(1_048_576);
    await until(() => server.open === 0);
  });

  it('a Content-Length that is too large is an answer that broke off', async () => {
    const exchange = await ask(`${server.url}/length-too-large`);
    expect(exchange.failure?.code).toBe('connection-closed');
    expect(exchange.response).toMatchObject({ status: 200, body: '{"access_token":"half' });
    expect(exchange.response?.raw).toBe(server.last.sent.toString('latin1'));
  });

  it('two Content-Lengths that differ are refused', async () => {
    const exchange = await ask(`${server.url}/length-twice`);
    expect(exchange.failure?.code).toBe('malformed-response');
    expect(exchange.response?.raw).toBe(server.last.sent.toString('latin1'));
  });

  it('a head that does not end is refused', async () => {
    const exchange = await ask(`${server.url}/huge-head`);
    expect(exchange.failure?.code).toBe('response-too-large');
    expect(exchange.response?.cut).toMatchObject({ kept: 4096, counted: 'wire' });
    await until(() => server.open === 0);
  });

  it('the limit is exact', async () => {
    const whole = await ask(`${server.url}/html-200`);
    const size = whole.response?.raw.length ?? 0;
    expect((await ask(`${server.url}/html-200`, { limits: { wireBytes: size } })).failure).toBeNull();
    expect((await ask(`${server.url}/html-200`, { limits: { wireBytes: size - 1 } })).failure?.code).toBe('response-too-large');
  });
});
