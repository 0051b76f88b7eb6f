import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as oauth from 'oauth4webapi';
import type { Exchange } from '../../../src-main/contract/index.ts';
import { fetchThrough, WireError } from '../../../src-main/wire/index.ts';
import type { RawServer } from '../../support/hostile-server/index.ts';
import { hostileServer, RawServer as Raw, whole } from '../../support/hostile-server/index.ts';

let hostile: RawServer;
beforeAll(async () => { hostile = await hostileServer(); });
afterAll(() => hostile.stop());

function recorder(more: Partial<Parameters<typeof fetchThrough>[0]> = {}): { seen: Exchange[]; through: typeof fetch } {
  const seen: Exchange[] = [];
  return { seen, through: fetchThrough({ purpose: (url) => (url.pathname === '/token' ? 'token' : 'other'), onExchange: (exchange) => seen.push(exchange), ...more }) };
}

describe('a fetch whose exchanges are recorded', () => {
  it('carries a token request of oauth4webapi, header names in their usual case', async () => {
    const server = await Raw.start(whole('{"error":"invalid_grant","error_description":"gone"}', 'Content-Type: application/json\r\nX-From: HTTP/1.1 proxy\r\n', 'HTTP/1.1 400 Bad Request\r\n'));
    const { seen, through } = recorder({ headers: { 'user-agent': 'Grantscope/1', accept: 'text/plain' } });
    const as: oauth.AuthorizationServer = { issuer: server.url, token_endpoint: `${server.url}/token` };
    const client: oauth.Client = { client_id: 'app' };
    const response = await oauth.refreshTokenGrantRequest(as, client, oauth.ClientSecretBasic('CANARY-secret'), 'CANARY-refresh', { [oauth.customFetch]: through, [oauth.allowInsecureRequests]: true });
    await expect(oauth.processRefreshTokenResponse(as, client, response)).rejects.toMatchObject({ error: 'invalid_grant', error_description: 'gone' });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ purpose: 'token', method: 'POST', failure: null });
    expect(seen[0]?.request).toBe(server.last.received.toString('latin1'));
    expect(seen[0]?.request.split('\r\n\r\n')[0]?.split('\r\n').map((line) => line.split(':')[0])).toEqual([
      'POST /token HTTP/1.1', 'host', 'connection', 'Accept', 'Authorization', 'Content-Type', 'User-Agent', 'content-length',
    ]);
    expect(seen[0]?.request).toContain('\r\nAccept: application/json\r\n');
    await server.stop();
  });

  it('takes a Request, form parameters and bytes', async () => {
    const server = await Raw.start(whole('{}'));
    const { seen, through } = recorder();
    const bytes = Uint8Array.from([0, 255, 10]);
    await through(new Request(`${server.url}/token`, { method: 'POST', body: bytes, headers: { dpop: 'x' } }));
    await through(new URL(server.url), { method: 'POST', body: new URLSearchParams({ a: '\u00fc' }) });
    await through(server.url, { method: 'POST', body: bytes.buffer });
    expect(seen.map(({ request }) => request.split('\r\n\r\n')[1])).toEqual(['\u0000\u00ff\n', 'a=%C3%BC', '\u0000\u00ff\n']);
    expect(seen[0]?.request).toContain('\r\nDPoP: x\r\n');
    await expect(through(server.url, { method: 'POST', body: new FormData() })).rejects.toThrow(TypeError);
    await server.stop();
  });

  it.each([204, 205, 304])('status %i has a null body', async (status) => {
    const server = await Raw.start((socket) => { socket.write(`HTTP/1.1 ${status} X\r\n${status === 205 ? 'Content-Length: 0\r\n' : ''}\r\n`); socket.end(); });
    const response = await recorder().through(server.url);
    expect([response.status, response.body]).toEqual([status, null]);
    await server.stop();
  });

  it('gives status, reason, repeated headers and the headers of the final answer only', async () => {
    const server = await Raw.start((socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nX-Interim: 1\r\n\r\nHTTP/1.1 401 Nein\u00e9\r\nVia: HTTP/1.1 x\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\n{}');
      socket.end();
    });
    const response = await recorder().through(server.url);
    expect([response.status, response.statusText, response.headers.get('x-interim'), response.headers.get('via'), response.headers.getSetCookie()])
      .toEqual([401, 'Nein', null, 'HTTP/1.1 x', ['a=1', 'b=2']]);
    expect(await response.json()).toEqual({});
    await server.stop();
  });

  it.each([['reset', 'connection-reset'], ['empty', 'connection-closed'], ['not-http', 'malformed-response'], ['truncated-chunk', 'connection-closed'], ['status-999', 'malformed-response'], ['switching-protocols', 'malformed-response']])(
    '%s throws %s with the exchange, which was handed over before', async (scenario, code) => {
      const { seen, through } = recorder();
      const error = await through(`${hostile.url}/${scenario}`).then(() => null, (thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(WireError);
      expect(error).toMatchObject({ problem: { code }, exchange: seen[0] });
      expect(seen).toHaveLength(1);
    });

  it('stops for either signal', async () => {
    for (const which of ['options', 'call'] as const) {
      const person = new AbortController();
      const { seen, through } = recorder(which === 'options' ? { signal: person.signal } : {});
      const pending = through(`${hostile.url}/never`, which === 'call' ? { signal: person.signal } : {});
      setTimeout(() => person.abort(), 20);
      await expect(pending).rejects.toMatchObject({ problem: { code: 'cancelled' } });
      expect(seen).toHaveLength(1);
    }
  });
});
