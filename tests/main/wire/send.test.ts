import { getEventListeners, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileServer, RawServer } from '../../support/hostile-server/index.ts';
import { ask, until } from './requests.ts';

let server: RawServer;
beforeAll(async () => { server = await hostileServer(); });
afterAll(() => server.stop());

/** Every address this machine has for itself: 127.0.0.1, and ::1 where it has IPv6. */
const loopback = Object.values(networkInterfaces()).flatMap((all) => all ?? []).filter(({ internal }) => internal).map(({ address }) => address);

/** A server that answers whoever connects, before reading anything. */
async function answering(address: string, answer: string): Promise<{ port: number; close(): Promise<unknown> }> {
  const server = createServer((socket) => socket.on('error', () => undefined).resume().end(answer)).listen(0, address);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => new Promise((closed) => server.close(closed)) };
}

const resources = (kind: RegExp): number => process.getActiveResourcesInfo().filter((name) => kind.test(name)).length;

describe('one exchange', () => {
  it.each(['html-200', 'reset-body', 'not-http', 'never', 'huge-chunked'])('%s leaves no socket, no timer and no listener behind', async (scenario) => {
    const person = new AbortController();
    await until(() => server.open === 0);
    const before = { sockets: resources(/TCP|TLS/), timers: resources(/Timeout/) };
    await ask(`${server.url}/${scenario}`, { signal: person.signal, limits: { idle: 50 } });
    expect(getEventListeners(person.signal, 'abort')).toHaveLength(0);
    await until(() => server.open === 0);
    // The scenario's own timers and sockets end a turn after its connection.
    await until(() => resources(/TCP|TLS/) <= before.sockets && resources(/Timeout/) <= before.timers);
  });

  it('has a connection of its own each time, closed afterwards', async () => {
    const first = await ask(`${server.url}/html-200`);
    const second = await ask(`${server.url}/html-200`);
    expect(first.connection?.localPort).not.toBe(second.connection?.localPort);
    expect(first.request).toContain('\r\nconnection: close\r\n');
  });

  it.each(loopback)('reaches %s', async (address) => {
    const { port, close } = await answering(address, 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    const host = address.includes(':') ? `[${address}]` : address;
    const exchange = await ask(`http://${host}:${port}/`);
    expect(exchange).toMatchObject({ failure: null, connection: { remoteAddress: address, remotePort: port } });
    expect(exchange.request).toContain(`host: ${host}:${port}\r\n`);
    await close();
  });

  it('an answer that is complete ends the exchange although the server stays', async () => {
    const lingering = await RawServer.start((socket) => { socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'); });
    const exchange = await ask(lingering.url);
    expect(exchange).toMatchObject({ failure: null, response: { body: 'hi' } });
    await until(() => lingering.open === 0);
    await lingering.stop();
  });

  it('an answer that comes before the request is recorded too', async () => {
    const answer = 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n';
    const { port, close } = await answering('127.0.0.1', answer);
    const exchange = await ask(`http://127.0.0.1:${port}/`);
    expect(exchange.response).toMatchObject({ status: 408, raw: answer });
    await close();
  });
});
