import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchThrough } from '../../src-main/wire/index.ts';
import type { RawServer } from '../support/hostile-server/index.ts';
import { hostileServer } from '../support/hostile-server/index.ts';
import { ask } from '../main/wire/requests.ts';

describe('attack 20: redirects', () => {
  let server: RawServer;
  beforeAll(async () => { server = await hostileServer(); });
  afterAll(() => server.stop());

  it.each([['redirect-loop', 302], ['redirect-elsewhere', 307]])('%s is an answer and is not followed', async (scenario, status) => {
    const before = server.connections.length;
    const exchange = await ask(`${server.url}/${scenario}`, { method: 'POST', body: 'client_secret=CANARY-secret' });
    expect(exchange).toMatchObject({ failure: null, response: { status } });
    expect(server.connections).toHaveLength(before + 1);
  });

  it('nor does a fetch that asks for following follow it', async () => {
    const before = server.connections.length;
    const through = fetchThrough({ purpose: () => 'token', onExchange: () => undefined });
    const response = await through(`${server.url}/redirect-elsewhere`, { method: 'POST', body: 'code=CANARY-code', redirect: 'follow' });
    expect([response.status, response.headers.get('location'), response.redirected]).toEqual([307, 'https://evil.example/steal', false]);
    expect(server.connections).toHaveLength(before + 1);
  });
});
