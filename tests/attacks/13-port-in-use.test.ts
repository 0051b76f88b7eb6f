import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeProvider } from '../../src-main/practice/index.ts';
import { dial, listening } from '../support/browser/index.ts';
import { playFlow } from '../support/practice/flow.ts';
import { startPractice } from '../support/practice/index.ts';

const listen = (host: string, port: number): Promise<Server> => new Promise((done, failed) => {
  const server = createServer();
  server.once('error', failed);
  server.listen({ host, port }, () => done(server));
});
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

describe('attack 13: the port is taken', () => {
  let practice: PracticeProvider;
  beforeAll(async () => { practice = await startPractice(); });
  afterAll(() => practice.close());

  for (const [host, taken] of [['127.0.0.1', '127.0.0.1'], ['localhost', '::1']] as const) {
    it(`on ${taken}: a flow with redirect host ${host} says so, names the port, and opens no browser`, async () => {
      const squatter = await listen(taken, 0);
      try {
        const port = portOf(squatter);
        const flow = await playFlow(practice, { redirect: { host, port, path: '/callback' } });
        await flow.ended;
        expect(flow.events.at(-1)).toMatchObject({
          type: 'flow-ended', outcome: 'failed',
          problem: { code: 'port-in-use', message: `Port ${port} is already in use.`, why: expect.stringContaining(taken), next: expect.any(String), field: 'redirect.port' },
        });
        expect(flow.events.map(({ type }) => type)).not.toContain('browser-opened');
        // Nothing half bound stays behind.
        if (host === 'localhost') await expect(dial(port, '127.0.0.1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      } finally {
        squatter.close();
      }
    });
  }

  it('is bound before the browser opens, and nobody else can bind it then', async () => {
    const flow = await playFlow(practice);
    const port = Number(new URL((await flow.opened).redirectUri).port);
    for (const host of ['127.0.0.1', '0.0.0.0', '::']) await expect(listen(host, port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    flow.flows.cancel(flow.runId);
    await flow.ended;
  });

  it('nothing listens on any other address of this machine', async () => {
    const others = Object.values(networkInterfaces()).flat().filter((address) => address !== undefined && !address.internal && address.scopeid === 0 || address?.family === 'IPv4' && !address.internal);
    for (const host of ['127.0.0.1', 'localhost', '[::1]'] as const) {
      const { receiver } = await listening({ redirect: { host } });
      for (const other of others) await expect(dial(receiver.port, other?.address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      // 127.0.0.2 is loopback as well, and not ours.
      await expect(dial(receiver.port, '127.0.0.2')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await receiver.close();
    }
  });
});
