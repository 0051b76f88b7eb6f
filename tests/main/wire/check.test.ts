import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawServer, whole } from '../../support/hostile-server/index.ts';
import { ask } from './requests.ts';

let server: RawServer;
beforeAll(async () => { server = await RawServer.start(whole('{}')); });
afterAll(() => server.stop());

describe('attack 24: what would break out of its header line', () => {
  it.each([
    ['CRLF', 'a\r\nX-Evil: 1'], ['LF', 'a\nb'], ['CR', 'a\rb'], ['NUL', 'a\u0000b'], ['DEL', 'a\u007fb'], ['escape', 'a\u001bb'],
    ['beyond Latin-1', 'caf\u0119'], ['emoji', '\u{1f600}'], ['lone surrogate', '\ud800'],
  ])('%s in a value is refused, its header named, no socket opened', async (_name, value) => {
    const before = server.connections.length;
    const exchange = await ask(server.url, { headers: [['Accept', '*/*'], ['X-Client', `CANARY-${value}`]] });
    expect(exchange.failure).toMatchObject({ code: 'invalid-header', field: 'X-Client' });
    expect(JSON.stringify(exchange.failure)).not.toContain('CANARY');
    expect(exchange).toMatchObject({ request: '', response: null, connection: null });
    expect(server.connections).toHaveLength(before);
  });

  it.each(['', 'a b', 'a:b', 'a\r\nb', 'n\u00e4me', '(x)'])('the name %j is refused', async (name) => {
    const before = server.connections.length;
    expect((await ask(server.url, { headers: [[name, 'x']] })).failure?.code).toBe('invalid-header');
    expect(server.connections).toHaveLength(before);
  });

  it('whatever is refused or not: one request, its header lines as many as given', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 12 }), async (name, value) => {
      const before = server.connections.length;
      const exchange = await ask(server.url, { headers: [[`X-${name}`, value]] });
      if (exchange.failure !== null) {
        expect(exchange.failure.code).toBe('invalid-header');
        expect(server.connections).toHaveLength(before);
        return;
      }
      expect(exchange.request).toBe(`GET / HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nconnection: close\r\nX-${name}: ${value}\r\n\r\n`);
    }), { numRuns: 150 });
  });
});

describe('requests that cannot be sent', () => {
  it.each(['', 'token', '/token', 'file:///etc/passwd', 'ftp://127.0.0.1/', 'javascript:alert(1)', 'data:,x', 'http://', 'ws://127.0.0.1/'])('the URL %j', async (url) => {
    expect((await ask(url)).failure?.code).toBe('invalid-url');
  });

  it.each(['', 'GE T', 'GET\r\nX: 1', 'G\u00cbT', 'CONNECT'])('the method %j', async (method) => {
    const before = server.connections.length;
    expect((await ask(server.url, { method })).failure?.code).toBe('invalid-method');
    expect(server.connections).toHaveLength(before);
  });

  it.each<[string, readonly (readonly [string, string])[]]>([
    ['a length that is not the body\'s', [['Content-Length', '5']]], ['two lengths', [['Content-Length', '3'], ['content-length', '3']]],
    ['two hosts', [['Host', 'a'], ['host', 'b']]], ['transfer-encoding', [['Transfer-Encoding', 'chunked']]], ['expect', [['Expect', '100-continue']]],
    ['upgrade', [['Upgrade', 'h2c']]],
  ])('framing the caller has no say in: %s', async (_name, headers) => {
    const before = server.connections.length;
    expect((await ask(server.url, { method: 'POST', body: 'abc', headers })).failure?.code).toBe('invalid-header');
    expect(server.connections).toHaveLength(before);
  });

  it('a host and a true length of the caller are taken', async () => {
    const exchange = await ask(`${server.url}/x`, { method: 'POST', body: 'abc', headers: [['Content-Length', '3'], ['Host', 'idp.example'], ['Connection', 'keep-alive']] });
    expect(exchange.failure).toBeNull();
    expect(exchange.request).toBe('POST /x HTTP/1.1\r\nhost: idp.example\r\nconnection: close\r\ncontent-length: 3\r\n\r\nabc');
  });

  it('user name, password and fragment of the URL stay here', async () => {
    const exchange = await ask(`http://CANARY-user:CANARY-password@127.0.0.1:${server.port}/a?b=1#CANARY-fragment`);
    expect(exchange.failure).toBeNull();
    expect(server.last.received.toString('latin1')).not.toContain('CANARY');
    expect(exchange.request).toMatch(/^GET \/a\?b=1 HTTP/);
    expect(exchange.url).toBe(`http://127.0.0.1:${server.port}/a?b=1#CANARY-fragment`);
  });
});
