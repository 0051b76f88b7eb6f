import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeProvider } from '../../src-main/practice/index.ts';
import { dial, listening } from '../support/browser/index.ts';
import { playFlow } from '../support/practice/flow.ts';
import { startPractice } from '../support/practice/index.ts';

const codeOf = (port: number) => dial(port).then(() => 'open', (error: NodeJS.ErrnoException) => error.code);

describe('attack 12: nobody comes', () => {
  let practice: PracticeProvider;
  beforeAll(async () => { practice = await startPractice(); });
  afterAll(() => practice.close());

  it('the flow ends as timed out and the port is closed', async () => {
    const flow = await playFlow(practice, { limits: { browser: 0.3, request: 5 } });
    const { redirectUri } = await flow.opened;
    const port = Number(new URL(redirectUri).port);
    expect(await codeOf(port)).toBe('open');
    await flow.ended;
    expect(await codeOf(port)).toBe('ECONNREFUSED');
    expect(flow.events.at(-1)).toMatchObject({ type: 'flow-ended', outcome: 'timed-out', problem: { code: 'no-callback' } });
  });

  it('cancelling closes the port within 100 ms', async () => {
    const flow = await playFlow(practice);
    const { redirectUri } = await flow.opened;
    const since = performance.now();
    flow.flows.cancel(flow.runId);
    await flow.ended;
    expect(await codeOf(Number(new URL(redirectUri).port))).toBe('ECONNREFUSED');
    expect(performance.now() - since).toBeLessThan(100);
    expect(flow.events.at(-1)).toMatchObject({ type: 'flow-ended', outcome: 'cancelled' });
  });

  it('closing cuts connections that are open', async () => {
    const { receiver } = await listening();
    const socket = await dial(receiver.port);
    const cut = new Promise((closed) => socket.once('close', closed));
    await receiver.close();
    await cut;
    expect(await codeOf(receiver.port)).toBe('ECONNREFUSED');
  });
});
