import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Listening } from '../support/browser/index.ts';
import { getRequest, listening, sendRaw } from '../support/browser/index.ts';

describe('attack 8: DNS rebinding and foreign Host', () => {
  let open: Listening;
  beforeEach(async () => { open = await listening(); });
  afterEach(() => open.receiver.close());

  const port = (): number => open.receiver.port;
  const requests: [string, () => string][] = [
    ['Host: evil.example', () => getRequest(port(), open.right, { Host: `evil.example:${port()}` })],
    ['Host: localhost, where 127.0.0.1 is registered', () => getRequest(port(), open.right, { Host: `localhost:${port()}` })],
    ['Host without the port', () => getRequest(port(), open.right, { Host: '127.0.0.1' })],
    ['Host with another port', () => getRequest(port(), open.right, { Host: '127.0.0.1:1' })],
    ['Host: [', () => getRequest(port(), open.right, { Host: '[' })],
    ['an empty Host', () => getRequest(port(), open.right, { Host: '' })],
    ['two Hosts', () => getRequest(port(), open.right, { host: 'evil.example' })],
    ['127.1', () => getRequest(port(), open.right, { Host: `127.1:${port()}` })],
    ['a trailing dot', () => getRequest(port(), open.right, { Host: `127.0.0.1.:${port()}` })],
    ['an absolute-form target', () => getRequest(port(), `http://127.0.0.1:${port()}${open.right}`)],
    ['an absolute-form target elsewhere', () => getRequest(port(), `http://evil.example${open.right}`)],
    ['no Host, HTTP/1.0', () => `GET ${open.right} HTTP/1.0\r\n\r\n`],
    ['no Host, HTTP/1.1', () => `GET ${open.right} HTTP/1.1\r\n\r\n`],
  ];
  for (const [name, request] of requests) {
    it(`refuses ${name}, and nothing happens but a record`, async () => {
      const answer = await sendRaw(port(), request());
      expect([421, 400]).toContain(answer.status);
      expect(answer.text).not.toContain('CANARY');
      expect(['host', 'malformed']).toContain(open.verdicts().join());
      expect(await open.accepted()).toBeNull();
      expect((await open.navigate(open.right)).status).toBe(303);
    });
  }
});
