import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Tap } from '../../../src-main/wire/tap.ts';
import { RawServer } from '../../support/hostile-server/index.ts';
import { until } from './requests.ts';

let server: RawServer;
beforeAll(async () => { server = await RawServer.start((socket) => { socket.write('HTTP/1.1 200 OK\r\n\r\n0123456789'); socket.end(); }); });
afterAll(() => server.stop());

function tapped(limit: number, onTooLarge: () => void = () => undefined): { tap: Tap; socket: Socket } {
  const tap = new Tap(limit, onTooLarge);
  const socket = connect(server.port, '127.0.0.1');
  tap.attach(socket);
  return { tap, socket };
}

describe('the tap on a socket', () => {
  it('keeps text of any encoding, bytes, and what is given to end, as the server gets them', async () => {
    const { tap, socket } = tapped(1000);
    const bytes = Buffer.from('bytes');
    socket.cork();
    socket.write('GET / \u00e9', 'latin1');
    socket.write('\u00e9');
    socket.write('0d0aff', 'hex');
    socket.write(bytes);
    bytes.fill(0);
    socket.write(new Uint8Array([0x78, 0x79, 0x7a]).subarray(1, 2));
    socket.uncork();
    socket.end('\r\n\r\n', 'latin1');
    socket.resume();
    await until(() => server.connections[0]?.received.includes('\r\n\r\n') === true);
    // `bytes` was changed before the kernel got it: the tap says what was handed over at the time.
    expect(tap.sent.toString('latin1')).toBe('GET / \u00e9\u00c3\u00a9\r\n\u00ffbytesy\r\n\r\n');
    expect(tap.lastSentAt).toBeGreaterThan(0);
  });

  it('keeps what arrives although nobody reads it', async () => {
    const { tap, socket } = tapped(1000);
    socket.end('GET / HTTP/1.1\r\n\r\n');
    await until(() => tap.receivedBytes === 29);
    expect(tap.received.toString()).toBe('HTTP/1.1 200 OK\r\n\r\n0123456789');
    expect(socket.readableFlowing).toBeNull();
    socket.destroy();
  });

  it('beyond the limit tells once, keeps the limit and hands nothing on', async () => {
    let told = 0;
    const { tap, socket } = tapped(20, () => told++);
    let read = 0;
    socket.on('data', (chunk: Buffer) => { read += chunk.length; });
    socket.end('GET / HTTP/1.1\r\n\r\n');
    await until(() => tap.receivedBytes > 20);
    await new Promise((next) => setTimeout(next, 20));
    expect([told, tap.received.length]).toEqual([1, 20]);
    expect(read).toBeLessThanOrEqual(20);
    socket.destroy();
  });
});
