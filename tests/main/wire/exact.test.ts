import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeSchema } from '../../../src-main/contract/index.ts';
import type { Answer } from '../../support/hostile-server/index.ts';
import { authority, RawServer } from '../../support/hostile-server/index.ts';
import { ask, latin1 } from './requests.ts';

const ca = authority();
const certificate = ca.issue({ name: 'localhost', ip: ['127.0.0.1'] });
const trust = { ca: [ca.cert] };
const body = Buffer.from('{"access_token":"CANARY-token-ü","expires_in":3600}');
let answer: Answer = () => undefined;

const bodies: Record<string, (payload: Buffer) => string[] | Buffer[]> = {
  'content-length': (payload) => [Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${payload.length}\r\n\r\n`), payload],
  'chunked, with extensions and a trailer': (payload) => [
    Buffer.from(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;note="x"\r\n`), payload.subarray(0, 5),
    Buffer.from(`\r\n${(payload.length - 5).toString(16).toUpperCase()}\r\n`), payload.subarray(5), Buffer.from('\r\n0\r\nX-Trailer: 1\r\n\r\n'),
  ],
  'closed by the server': (payload) => [Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n'), payload],
  'HTTP/1.0': (payload) => [Buffer.from('HTTP/1.0 200 OK\r\n\r\n'), payload],
  'after interim answers': (payload) => [Buffer.from(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: ${payload.length}\r\n\r\n`), payload],
};
const codings: Record<string, (payload: Buffer) => Buffer> = {
  gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync, 'deflate ': deflateRawSync,
  'gzip, br': (payload) => brotliCompressSync(gzipSync(payload)), 'x-gzip, identity': gzipSync,
};

describe.each([['plain', false], ['TLS', true]])('the bytes of an exchange over %s', (_name, secure) => {
  let server: RawServer;
  beforeAll(async () => { server = await RawServer.start((socket, request) => answer(socket, request), secure ? certificate : undefined); });
  afterAll(() => server.stop());

  const both = async (pieces: readonly (string | Buffer)[], more: Parameters<typeof ask>[1] = {}): ReturnType<typeof ask> => {
    answer = (socket) => {
      for (const piece of pieces) socket.write(piece);
      socket.end();
    };
    const exchange = await ask(`${server.url}/token?x=%20y`, { trust, ...more });
    expect(exchangeSchema.parse(exchange)).toEqual(exchange);
    expect(latin1(exchange.request)).toEqual(server.last.received);
    expect(latin1(exchange.response?.raw ?? '')).toEqual(server.last.sent);
    return exchange;
  };

  it.each(Object.keys(bodies))('GET and POST, body %s', async (name) => {
    for (const request of [{}, { method: 'POST', headers: [['Content-Type', 'application/x-www-form-urlencoded']] as const, body: 'code=CANARY&x=ü' }]) {
      const exchange = await both(bodies[name]?.(body) ?? [], request);
      expect(exchange.failure).toBeNull();
      expect(exchange.response).toMatchObject({ status: 200, reason: 'OK' });
      expect(latin1(exchange.response?.body ?? '')).toEqual(body);
      const { raw, headLength } = exchange.response ?? { raw: '', headLength: 0 };
      expect(raw.slice(0, headLength)).toMatch(/\r\n\r\n$/);
      expect(raw.slice(0, headLength).split('HTTP/1.').at(-1)).toMatch(/^\d 200 OK/);
    }
  });

  it.each(Object.keys(codings))('content coding %s, raw bytes kept', async (coding) => {
    const encoded = codings[coding]?.(body) ?? Buffer.alloc(0);
    const exchange = await both([`HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${encoded.length}\r\n\r\n`, encoded]);
    expect(exchange.failure).toBeNull();
    expect(latin1(exchange.response?.body ?? '')).toEqual(body);
    expect(latin1(exchange.response?.raw.slice(exchange.response.headLength) ?? '')).toEqual(encoded);
  });

  it('undoes content codings that stand in two header lines', async () => {
    const encoded = brotliCompressSync(gzipSync(body));
    const exchange = await both([`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Encoding: br\r\nContent-Length: ${encoded.length}\r\n\r\n`, encoded]);
    expect(latin1(exchange.response?.body ?? '')).toEqual(body);
  });

  it('undoes gzip as a transfer coding', async () => {
    const encoded = gzipSync(body);
    const exchange = await both([`HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${encoded.length.toString(16)}\r\n`, encoded, '\r\n0\r\n\r\n']);
    expect(exchange.failure).toBeNull();
    expect(latin1(exchange.response?.body ?? '')).toEqual(body);
  });

  it.each([['HEAD', '200 OK'], ['GET', '204 No Content'], ['GET', '304 Not Modified']])('%s answered %s has no body', async (method, status) => {
    const exchange = await both([`HTTP/1.1 ${status}\r\nContent-Encoding: gzip\r\n${method === 'HEAD' ? 'Content-Length: 100\r\n' : ''}\r\n`], { method });
    expect(exchange.failure).toBeNull();
    expect(exchange.response?.body).toBe('');
  });

  it('keeps a status line without reason and header values that are no ASCII', async () => {
    const exchange = await both(['HTTP/1.1 401\r\nWWW-Authenticate: Basic realm="caf\u00e9"\r\nContent-Length: 0\r\n\r\n']);
    expect(exchange.response).toMatchObject({ status: 401, reason: '', body: '' });
  });

  it('any header values and any body, in any pieces', async () => {
    const value = fc.array(fc.constantFrom(...'aZ0 \t"%:,;=/\u00a0\u00e9\u00ff'), { maxLength: 40 }).map((characters) => characters.join(''));
    const headers = fc.array(fc.tuple(fc.constantFrom('X-One', 'x-two', 'X-ONE', 'Authorization', 'Cookie'), value), { maxLength: 6 });
    const bytes = fc.uint8Array({ maxLength: 3000 });
    await fc.assert(fc.asyncProperty(headers, bytes, bytes, fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }), async (given, sent, returned, cuts) => {
      const whole = Buffer.concat([Buffer.from(`HTTP/1.1 400 Bad\r\nContent-Length: ${returned.length}\r\n\r\n`), returned]);
      const pieces: Buffer[] = [];
      for (let [from, i] = [0, 0]; from < whole.length; i++) {
        const size = cuts[i % cuts.length] ?? 1;
        pieces.push(whole.subarray(from, from + size));
        from += size;
      }
      const exchange = await both(pieces, { method: 'POST', headers: given, body: sent });
      expect(exchange.failure).toBeNull();
      expect(latin1(exchange.response?.body ?? '')).toEqual(Buffer.from(returned));
      const written = exchange.request.slice(0, exchange.request.indexOf('\r\n\r\n'));
      expect(written.split('\r\n').slice(3, -1)).toEqual(given.map(([name, text]) => `${name}: ${text}`));
      expect(latin1(exchange.request.slice(written.length + 4))).toEqual(Buffer.from(sent));
    }), { numRuns: 60 });
  });

  it('adds host, connection and content-length, and nothing else', async () => {
    const exchange = await both(['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'], { method: 'POST', headers: [['Accept', 'application/json']], body: 'a=b' });
    expect(exchange.request).toBe(`POST /token?x=%20y HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nconnection: close\r\nAccept: application/json\r\ncontent-length: 3\r\n\r\na=b`);
  });

  it('knows the times in their order, the addresses and the facts of TLS', async () => {
    const { times, connection, tls } = await both(['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n']);
    const points = [0, times.connected, ...(secure ? [times.secured] : []), times.sent, times.firstByte, times.ended];
    expect(points).not.toContain(undefined);
    expect([...points].sort((a, b) => Number(a) - Number(b))).toEqual(points);
    expect(Math.abs(times.started - Date.now())).toBeLessThan(5000);
    expect(connection).toMatchObject({ remoteAddress: '127.0.0.1', remotePort: server.port, localAddress: '127.0.0.1' });
    if (secure) expect(tls).toMatchObject({ protocol: 'TLSv1.3', authorized: true, certificate: { subject: 'CN=localhost', issuer: 'CN=Test authority' } });
    else expect([tls, times.secured]).toEqual([null, undefined]);
  });
});

describe('many exchanges at once', () => {
  it('50 of them do not mix', async () => {
    const server = await RawServer.start(async (socket, request) => {
      const echo = request.toString('latin1').split('\r\n\r\n')[1] ?? '';
      await new Promise((next) => setTimeout(next, Math.random() * 30));
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${echo.length}\r\n\r\n`);
      socket.write(echo);
      socket.end();
    });
    const numbers = Array.from({ length: 50 }, (_, i) => `number=${i}&${'x'.repeat(i * 37)}`);
    const exchanges = await Promise.all(numbers.map((number) => ask(`${server.url}/${number.slice(0, 9)}`, { method: 'POST', body: number })));
    for (const [i, exchange] of exchanges.entries()) {
      const seen = server.connections.find(({ received }) => received.toString('latin1') === exchange.request);
      expect(exchange.response?.body).toBe(numbers[i]);
      expect(seen?.sent.toString('latin1')).toBe(exchange.response?.raw);
    }
    expect(new Set(exchanges.map(({ id }) => id)).size).toBe(50);
    expect(server.connections).toHaveLength(50);
    await server.stop();
  });
});
