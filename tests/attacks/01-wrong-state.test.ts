import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeProvider } from '../../src-main/practice/index.ts';
import { getRequest, HttpUser, sendRaw } from '../support/browser/index.ts';
import { playFlow } from '../support/practice/flow.ts';
import { startPractice } from '../support/practice/index.ts';

describe('attack 1: wrong state', () => {
  let practice: PracticeProvider;
  beforeAll(async () => { practice = await startPractice(); });
  afterAll(() => practice.close());

  it('is answered 400 with a constant, asks the token endpoint nothing, and the right callback still succeeds', async () => {
    const flow = await playFlow(practice);
    const { url, redirectUri } = await flow.opened;
    const { url: callback } = await new HttpUser().signIn(url, { until: redirectUri });
    const { port, pathname, searchParams } = new URL(callback);

    const forged = new URLSearchParams(searchParams);
    forged.set('state', 'CANARY-forged-state');
    const answer = await sendRaw(Number(port), getRequest(Number(port), `${pathname}?${forged.toString()}`));
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('CANARY');
    expect(answer.body).toContain('state is not the one that was sent');
    expect(flow.verdicts()).toEqual(['state-mismatch']);
    expect(flow.tokenRequests()).toBe(0);
    expect(flow.flows.isRunning(flow.runId)).toBe(true);

    expect((await new HttpUser().go(callback)).html).toContain('Grantscope has the answer');
    await flow.ended;
    expect(flow.verdicts()).toEqual(['state-mismatch', 'accepted']);
    expect(flow.tokenRequests()).toBe(1);
    expect(flow.events.at(-1)).toMatchObject({ type: 'flow-ended', outcome: 'ok' });
  });
});
