import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Listening } from '../support/browser/index.ts';
import { listening } from '../support/browser/index.ts';

describe('attack 6: a forged error', () => {
  let open: Listening;
  beforeEach(async () => { open = await listening(); });
  afterEach(() => open.receiver.close());

  it('with no state or a wrong one is recorded and cancels nothing', async () => {
    expect((await open.navigate('/callback?error=access_denied')).status).toBe(400);
    expect((await open.navigate('/callback?error=access_denied&state=wrong')).status).toBe(400);
    expect((await open.navigate('/?error=access_denied')).status).toBe(404);
    expect(open.verdicts()).toEqual(['state-missing', 'state-mismatch', 'path']);
    expect(open.events[0]?.parameters).toEqual([{ name: 'error', value: 'access_denied' }]);
    expect(await open.accepted()).toBeNull();
    expect((await open.navigate(open.right)).status).toBe(303);
  });

  it('while the provider\'s own, with the right state, ends the wait', async () => {
    expect((await open.navigate(`/callback?error=login_required&state=${open.state}`)).status).toBe(303);
    expect(await open.accepted()).toEqual({ error: { error: 'login_required', foundIn: 'redirect', status: 0 } });
  });
});
