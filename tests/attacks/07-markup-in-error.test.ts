import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Listening } from '../support/browser/index.ts';
import { listening, sendRaw } from '../support/browser/index.ts';

const texts = {
  'an image with a handler': '<img src=x onerror=alert(1)>', 'the end of a script': '</script><script>alert(1)</script>', 'a right-to-left override': 'safe \u202e txt.exe',
  'line breaks for a header': '\r\nSet-Cookie: evil=1\r\n\r\n<h1>owned</h1>', Japanese: 'アクセスが拒否されました', 'a NUL and escapes': '\u0000\u001b[31mred', 'half a surrogate pair': '%ED%A0%80',
};

describe('attack 7: markup and odd bytes in error_description', () => {
  let open: Listening;
  beforeEach(async () => { open = await listening(); });
  afterEach(() => open.receiver.close());

  for (const [name, text] of Object.entries(texts)) {
    it(`${name}: the pages are constants, the text is kept as data`, async () => {
      const encoded = text.startsWith('%') ? text : encodeURIComponent(text);
      const plain = await open.navigate('/callback?error=e&state=wrong');
      const refused = await open.navigate(`/callback?error=e&state=wrong&error_description=${encoded}`);
      expect(refused.body).toBe(plain.body);
      expect(refused.head.replace(/^Date:.*$/m, '')).toBe(plain.head.replace(/^Date:.*$/m, ''));
      const accepted = await open.navigate(`/callback?error=e&state=${open.state}&error_description=${encoded}`);
      expect(accepted.head).toContain('\r\nLocation: /grantscope-refused\r\n');
      expect(accepted.text).not.toContain('evil');
      const answer = await open.accepted();
      expect(answer?.error?.description).toBe(text);
    });
  }

  it('100 kB of it is too long for a request head; the listener lives on', async () => {
    const answer = await open.navigate(`/callback?error=e&state=${open.state}&error_description=${'%3Cb%3E'.repeat(15_000)}`);
    expect([431, 0]).toContain(answer.status);
    expect(open.verdicts()).toEqual(['malformed']);
    expect(open.events[0]?.request.length).toBeLessThanOrEqual(8192);
    expect(open.events[0]?.request).toMatch(/^GET \/callback\?error=e&state=/);
    expect((await open.navigate(open.right)).status).toBe(303);
  });

  it('bytes that are no HTTP do not end the listener', async () => {
    await open.receiver.close();
    open = await listening({ limits: { headerTime: 300 } });
    for (const bytes of ['\x16\x03\x01\x02\x00\x01\x00', 'GET /callback?error_description=\xff\xfe HTTP/1.1\r\n\r\n', '\r\n\r\n\r\n', 'GET\x00 / HTTP/1.1\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n']) {
      await sendRaw(open.receiver.port, `${bytes}\r\n\r\n`);
    }
    expect(await open.accepted()).toBeNull();
    expect((await open.navigate(open.right)).status).toBe(303);
  });
});
