import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Listening } from '../support/browser/index.ts';
import { listening, sendRaw } from '../support/browser/index.ts';

describe('attack 9: requests that pages make by themselves', () => {
  let open: Listening;
  beforeEach(async () => { open = await listening(); });
  afterEach(() => open.receiver.close());

  const bare = { 'Sec-Fetch-Site': null, 'Sec-Fetch-Mode': null, 'Sec-Fetch-Dest': null };
  const cases: [string, Record<string, string | null>, string?][] = [
    ['fetch with cors', { Origin: 'https://evil.example', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' }],
    ['an image (no-cors)', { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }],
    ['a WebSocket', { 'Sec-Fetch-Mode': 'websocket', 'Sec-Fetch-Dest': 'websocket', Connection: 'Upgrade', Upgrade: 'websocket' }],
    ['a frame', { 'Sec-Fetch-Dest': 'iframe' }],
    ['an Origin from a browser without Sec-Fetch', { ...bare, Origin: 'https://evil.example' }],
    ['a foreign site without a mode', { ...bare, 'Sec-Fetch-Site': 'cross-site' }],
    ['another port of this machine', { ...bare, 'Sec-Fetch-Site': 'same-site' }],
    ['OPTIONS', { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Private-Network': 'true' }, 'OPTIONS'],
    ['HEAD', {}, 'HEAD'],
    ['POST, not asked for', { 'Content-Length': '0', Origin: 'https://evil.example' }, 'POST'],
    ['PUT', { 'Content-Length': '0' }, 'PUT'],
  ];
  for (const [name, headers, method] of cases) {
    it(`refuses ${name} without a CORS header, and is not used up by it`, async () => {
      const answer = await open.navigate(open.right, headers, method);
      expect([400, 405]).toContain(answer.status);
      expect(answer.head.toLowerCase()).not.toContain('access-control');
      expect(['cross-origin', 'method']).toContain(open.verdicts().join());
      expect(await open.accepted()).toBeNull();
      expect((await open.navigate(open.right)).status).toBe(303);
    });
  }

  it('refuses CONNECT', async () => {
    await sendRaw(open.receiver.port, `CONNECT 127.0.0.1:${open.receiver.port} HTTP/1.1\r\nHost: 127.0.0.1:${open.receiver.port}\r\n\r\n`);
    expect(open.verdicts()).toEqual(['method']);
    expect(await open.accepted()).toBeNull();
  });

  it('takes the redirect from the provider, which is a cross-site navigation', async () => {
    const answer = await open.navigate(open.right, { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-User': '?1' });
    expect(answer.status).toBe(303);
    expect(answer.head.toLowerCase()).not.toContain('access-control');
  });
});
