import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { receiverLimits } from '../../src-main/receiver/index.ts';
import type { Listening } from '../support/browser/index.ts';
import { dial, getRequest, listening, readAll } from '../support/browser/index.ts';

const limits = { connections: 8, headerTime: 300 };

describe('attack 11: slow and idle connections', () => {
  let open: Listening | null = null;
  const sockets: Socket[] = [];
  const dialMany = async (listener: Listening, count: number): Promise<Socket[]> => {
    for (let index = 0; index < count; index += 1) sockets.push(await dial(listener.receiver.port));
    return sockets.slice(-count);
  };
  const living = () => sockets.filter((socket) => !socket.destroyed && socket.readyState === 'open').length;

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await open?.receiver.close();
  });

  it('has the limits it promises', () => {
    expect(receiverLimits).toMatchObject({ connections: 16, headerTime: 5000, headerBytes: 8192, bodyBytes: 65_536 });
  });

  it('200 idle sockets leave room for the right callback, and are ended in time', async () => {
    open = await listening({ limits });
    for (const socket of await dialMany(open, 200)) socket.resume();
    await expect.poll(living).toBeLessThanOrEqual(limits.connections);
    expect((await open.navigate(open.right)).status).toBe(303);
    await expect.poll(living, { timeout: 2000 }).toBe(0);
    expect(open.verdicts()).toEqual(['accepted']);
  });

  it('50 sockets that send a byte now and then are ended, told 408 and recorded; the right callback comes through meanwhile', async () => {
    open = await listening({ limits });
    const slow = await dialMany(open, 50);
    for (const socket of slow) socket.resume();
    const drip = setInterval(() => { for (const socket of slow) if (socket.writable) socket.write('G'); }, 20);
    try {
      expect((await open.navigate(open.right)).status).toBe(303);
      await expect.poll(living, { timeout: 2000 }).toBe(0);
    } finally {
      clearInterval(drip);
    }
    expect(open.verdicts().filter((verdict) => verdict !== 'malformed')).toEqual(['accepted']);
  });

  it('a head that never ends is cut at its time', async () => {
    open = await listening({ limits });
    const [socket] = await dialMany(open, 1);
    const answer = readAll(socket as Socket);
    socket?.write('GET /callback?code=x HTTP/1.1\r\nX-Slow: ');
    expect((await answer).status).toBe(408);
    expect(open.events).toEqual([expect.objectContaining({ verdict: 'malformed', answered: 408, request: 'GET /callback?code=x HTTP/1.1\r\nX-Slow: ' })]);
  });

  it('a body that never ends is cut at its time', async () => {
    open = await listening({ limits, expected: { formPost: true } });
    const [socket] = await dialMany(open, 1);
    const answer = readAll(socket as Socket);
    socket?.write(`${getRequest(open.receiver.port, '/callback', { 'Content-Length': '1000' }, 'POST')}code=`);
    expect((await answer).status).toBe(408);
    expect(open.verdicts()).toEqual(['malformed']);
  });

  it('a header line of 1 MB is refused after 8 kB', async () => {
    open = await listening();
    const answer = await open.navigate(open.right, { 'X-Long': 'x'.repeat(1_000_000) });
    expect([431, 0]).toContain(answer.status);
    expect(open.verdicts()).toEqual(['malformed']);
    expect(open.events[0]?.request).toHaveLength(8192);
    expect((await open.navigate(open.right)).status).toBe(303);
  });
});
