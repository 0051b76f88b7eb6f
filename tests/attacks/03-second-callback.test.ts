import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeProvider } from '../../src-main/practice/index.ts';
import { getRequest, HttpUser, listening, sendRaw } from '../support/browser/index.ts';
import { playFlow } from '../support/practice/flow.ts';
import { startPractice } from '../support/practice/index.ts';

describe('attack 3: a second callback after success', () => {
  let practice: PracticeProvider;
  beforeAll(async () => { practice = await startPractice(); });
  afterAll(() => practice.close());

  it('is refused by 410 or a closed port, with the same code and with another, and there is one token request', async () => {
    const flow = await playFlow(practice);
    const { url, redirectUri } = await flow.opened;
    const { url: callback } = await new HttpUser().signIn(url, { until: redirectUri });
    const { port, pathname, search, searchParams } = new URL(callback);
    const knock = (target: string) => sendRaw(Number(port), getRequest(Number(port), target)).then(({ status }) => status, (error: NodeJS.ErrnoException) => error.code);

    expect(await knock(pathname + search)).toBe(303);
    const other = new URLSearchParams({ code: 'CANARY-other-code', state: searchParams.get('state') as string });
    for (const target of [pathname + search, `${pathname}?${other.toString()}`]) expect([410, 'ECONNREFUSED']).toContain(await knock(target));
    await flow.ended;
    expect(flow.tokenRequests()).toBe(1);
    expect(flow.events.at(-1)).toMatchObject({ type: 'flow-ended', outcome: 'ok' });
  });

  it('is recorded as second while the closing page is still awaited', async () => {
    const { receiver, navigate, right, state, verdicts, accepted, code } = await listening({ limits: { grace: 5000 } });
    await navigate(right);
    await receiver.close();
    expect((await navigate(right)).status).toBe(410);
    expect((await navigate(`/callback?code=CANARY-other&state=${state}`)).status).toBe(410);
    expect((await navigate(`/callback?error=access_denied&state=${state}`)).status).toBe(410);
    expect(verdicts()).toEqual(['accepted', 'second', 'second', 'second']);
    expect(await accepted()).toEqual({ code });
    await navigate('/grantscope-done');
  });
});
