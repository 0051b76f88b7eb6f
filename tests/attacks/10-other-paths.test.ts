import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Listening } from '../support/browser/index.ts';
import { listening } from '../support/browser/index.ts';

describe('attack 10: other paths', () => {
  let open: Listening;
  beforeEach(async () => { open = await listening(); });
  afterEach(() => open.receiver.close());

  const paths = [
    '/favicon.ico', '/', '/callback/', '/CALLBACK', '//callback', '/callback/../callback', '/./callback', '/%63allback', '/callback%2e', '/%2e%2e/callback', '/callback%2f',
    '/callback;x=1', '/callback\\', '*',
  ];
  for (const path of paths) {
    it(`refuses ${path} with the right parameters, and goes on waiting`, async () => {
      const answer = await open.navigate(`${path}${open.right.slice('/callback'.length)}`);
      expect([404, 400, 421]).toContain(answer.status);
      expect(open.events).toHaveLength(1);
      expect(await open.accepted()).toBeNull();
      expect((await open.navigate(open.right)).status).toBe(303);
    });
  }
});
