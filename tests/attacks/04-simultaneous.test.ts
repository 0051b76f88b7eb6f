import { describe, expect, it } from 'vitest';
import { dial, getRequest, listening, readAll } from '../support/browser/index.ts';

describe('attack 4: simultaneous callbacks', () => {
  it('one wins and the others are told so, by GET', async () => {
    const { receiver, right, state, verdicts, accepted } = await listening();
    const sockets = await Promise.all(Array.from({ length: 8 }, () => dial(receiver.port)));
    const answers = sockets.map((socket) => readAll(socket));
    // All in one tick, each with a code of its own.
    sockets.forEach((socket, index) => socket.write(getRequest(receiver.port, index % 2 ? right : `/callback?code=other-${index}&state=${state}`)));
    const statuses = (await Promise.all(answers)).map(({ status }) => status).sort();
    expect(statuses).toEqual([303, ...Array.from({ length: 7 }, () => 410)]);
    expect(verdicts().filter((verdict) => verdict === 'accepted')).toHaveLength(1);
    expect(await accepted()).toHaveProperty('code');
    await receiver.close();
  });

  it('one wins by POST too, where the bodies arrive together', async () => {
    const { receiver, state, verdicts } = await listening({ expected: { formPost: true } });
    const sockets = await Promise.all(Array.from({ length: 6 }, () => dial(receiver.port)));
    const answers = sockets.map((socket) => readAll(socket));
    const bodies = sockets.map((_socket, index) => `state=${state}&code=code-${index}`);
    sockets.forEach((socket, index) => socket.write(getRequest(receiver.port, '/callback', { 'Content-Length': String(bodies[index]?.length) }, 'POST')));
    await new Promise((soon) => setTimeout(soon, 30));
    sockets.forEach((socket, index) => socket.write(bodies[index] as string));
    expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([303, 410, 410, 410, 410, 410]);
    expect(verdicts().sort()).toEqual(['accepted', 'second', 'second', 'second', 'second', 'second']);
    await receiver.close();
  });
});
