import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawServer, hostileServer, whole } from '../support/hostile-server/index.ts';
import { ask } from '../main/wire/requests.ts';
import { lintExchange } from '../../src-main/contract/index.ts';

describe('attack 19: answers that are not what they should be', () => {
  let server: RawServer;
  beforeAll(async () => { server = await hostileServer(); });
  afterAll(() => server.stop());

  it('an HTML page with status 200 is an answer like any other', async () => {
    const exchange = await ask(`${server.url}/html-200`);
    expect(exchange).toMatchObject({ failure: null, response: { status: 200, body: '<!doctype html><title>Sorry</title>' } });
  });

  it.each([
    ['a byte order mark', '\u00ef\u00bb\u00bf{}'], ['truncated JSON', '{"access_token":"x'], ['deep nesting', '['.repeat(100_000)],
    ['duplicate keys', '{"error":"a","error":"b"}'], ['__proto__', '{"__proto__":{"polluted":true}}'], ['bytes that are no UTF-8', '\u00ff\u00fe\u0000\u0001'],
  ])('%s is kept byte for byte and judged by nobody here', async (_name, body) => {
    const odd = await RawServer.start(whole(body));
    const exchange = await ask(odd.url);
    expect(exchange).toMatchObject({ failure: null, response: { body } });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    await odd.stop();
  });

  it.each([
    ['not-http', 'malformed-response', 0, 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['bare-line-feeds', 'malformed-response', 200, ''],
    ['bad-chunk', 'malformed-response', 200, ''],
    ['switching-protocols', 'malformed-response', 101, ''],
    ['truncated-chunk', 'connection-closed', 200, '{"access_'],
    ['truncated-gzip', 'content-decoding-failed', 200, undefined],
    ['reset-body', 'connection-reset', 200, '{"access_token":"half'],
  ])('%s is %s, and every byte is kept', async (scenario, code, status, body) => {
    const exchange = await ask(`${server.url}/${scenario}`);
    expect(exchange.failure?.code).toBe(code);
    for (const text of [exchange.failure?.message, exchange.failure?.why, exchange.failure?.next]) expect(text).toMatch(/\S/);
    expect(exchange.response?.status).toBe(status);
    if (body !== undefined) expect(exchange.response?.body).toBe(body);
    expect(exchange.response?.raw).toBe(server.last.sent.toString('latin1'));
    expect(exchange.request).toBe(server.last.received.toString('latin1'));
  });

  it('an unknown coding is no failure: the body is shown as it came, and it is said whose doing that is', async () => {
    const exchange = await ask(`${server.url}/unknown-coding`);
    expect(exchange.failure).toBeNull();
    expect(exchange.response?.body).toBe('abc');
    expect(exchange.response?.raw).toBe(server.last.sent.toString('latin1'));
    expect(lintExchange(exchange)).toContainEqual(expect.objectContaining({ code: 'content-coding-unknown', blame: 'server' }));
  });

  it.each([['empty', 'connection-closed'], ['reset', 'connection-reset']])('%s is %s, with no answer', async (scenario, code) => {
    const exchange = await ask(`${server.url}/${scenario}`);
    expect(exchange.failure?.code).toBe(code);
    expect(exchange.response).toBeNull();
    expect(exchange.request).toBe(server.last.received.toString('latin1'));
  });

  it('a reset right behind the bytes loses none of those that arrived', async () => {
    for (let round = 0; round < 20; round++) {
      const hasty = await RawServer.start((socket) => { socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', () => socket.resetAndDestroy()); });
      const exchange = await ask(hasty.url);
      expect(exchange.failure?.code).toMatch(/^connection-(reset|closed)$/);
      if (exchange.response !== null) expect(exchange.response.body).toBe('half');
      await hasty.stop();
    }
  });

  it('a port where nobody listens refuses', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((ready) => free.once('listening', ready));
    const { port } = free.address() as { port: number };
    await new Promise((closed) => free.close(closed));
    const exchange = await ask(`http://127.0.0.1:${port}/`);
    expect(exchange).toMatchObject({ failure: { code: 'connection-refused', message: `127.0.0.1:${port} refused the connection.` }, response: null, request: '', connection: null, tls: null });
  });

  it('a name that does not exist is not found', async () => {
    // An empty label makes the resolver refuse without asking the network.
    const exchange = await ask('http://nowhere..invalid/token');
    expect(exchange.failure).toMatchObject({ code: 'name-not-found', message: 'The name nowhere..invalid was not found.' });
  });
});
