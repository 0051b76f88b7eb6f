import { afterEach, describe, expect, it } from 'vitest';
import type { Expected } from '../../src-main/receiver/index.ts';
import type { Listening } from '../support/browser/index.ts';
import { getRequest, listening, sendRaw } from '../support/browser/index.ts';

let open: Listening | null = null;
const start = async (expected: Partial<Expected>): Promise<Listening> => (open = await listening({ expected }));
afterEach(async () => {
  await open?.receiver.close();
  open = null;
});

const post = ({ receiver }: Listening, body: string, headers: Record<string, string> = {}) => {
  const lines = Object.entries({ Host: `127.0.0.1:${receiver.port}`, 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': String(Buffer.byteLength(body)), ...headers });
  return sendRaw(receiver.port, `POST /callback HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`);
};
const tokenIn = (html: string): string => /name="grantscope_handoff" value="([\w-]{32})"/.exec(html)?.[1] ?? '';
const handoff = (token: string, fragment: string): string => new URLSearchParams({ grantscope_handoff: token, grantscope_fragment: fragment }).toString();
const right = ({ code, state }: Listening): string => `code=${code}&state=${state}`;

describe('attack 9: a POST where the answer is to come by query', () => {
  it('is refused, whoever sends it and whatever it holds', async () => {
    const listener = await start({});
    for (const headers of [{}, { Origin: 'https://evil.example', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }]) {
      expect((await post(listener, right(listener), headers as Record<string, string>)).status).toBe(405);
    }
    expect(await listener.accepted()).toBeNull();
  });
});

describe('attack 9: form_post', () => {
  it('takes a cross-site navigation, and nothing a script can send', async () => {
    const listener = await start({ formPost: true });
    const refused = [
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' },
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' },
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' },
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    ];
    for (const headers of refused) expect((await post(listener, right(listener), headers as Record<string, string>)).status).toBe(400);
    expect(listener.verdicts()).toEqual(refused.map(() => 'cross-origin'));
    const taken = await post(listener, right(listener), { Origin: 'https://as.example', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' });
    expect([taken.status, taken.head]).toEqual([303, expect.not.stringMatching(/access-control/i)]);
    expect(await listener.accepted()).toEqual({ code: listener.code });
  });

  it('a form cannot hand over a fragment where none was asked for', async () => {
    const listener = await start({ formPost: true });
    expect((await post(listener, handoff('x'.repeat(32), right(listener)))).status).toBe(400);
    expect(listener.verdicts()).toEqual(['no-parameters']);
  });
});

describe('attack 9: the page that hands a fragment over', () => {
  it('is not taken without its one-time value, with another, or twice', async () => {
    const listener = await start({ fragment: true });
    const { body } = await listener.navigate('/callback');
    for (const token of ['', 'x'.repeat(32), tokenIn(body).slice(0, -1), '__proto__']) await post(listener, handoff(token, right(listener)));
    await post(listener, right(listener));
    expect(listener.verdicts().slice(1)).toEqual(['cross-origin', 'cross-origin', 'cross-origin', 'cross-origin', 'method']);
    expect((await post(listener, handoff(tokenIn(body), 'code=c&state=forged'))).status).toBe(400);
    expect((await post(listener, handoff(tokenIn(body), right(listener)))).status).toBe(400);
    expect(listener.verdicts().slice(6)).toEqual(['state-mismatch', 'cross-origin']);
    expect(await listener.accepted()).toBeNull();
    const again = await listener.navigate('/callback');
    expect(tokenIn(again.body)).not.toBe(tokenIn(body));
    expect((await post(listener, handoff(tokenIn(again.body), right(listener)))).status).toBe(303);
    expect(await listener.accepted()).toEqual({ code: listener.code });
  });

  it('is not taken from a foreign page that learned the value', async () => {
    const listener = await start({ fragment: true });
    const token = tokenIn((await listener.navigate('/callback')).body);
    expect((await post(listener, handoff(token, right(listener)), { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' })).status).toBe(400);
    expect((await post(listener, handoff(token, right(listener)), { Origin: 'null' })).status).toBe(400);
    expect(listener.verdicts().slice(1)).toEqual(['cross-origin', 'cross-origin']);
    expect(await listener.accepted()).toBeNull();
  });

  it('forgets old values: at most 16 pages are out', async () => {
    const listener = await start({ fragment: true });
    const first = tokenIn((await listener.navigate('/callback')).body);
    for (let page = 0; page < 16; page += 1) await listener.navigate('/callback');
    expect((await post(listener, handoff(first, right(listener)))).status).toBe(400);
  });

  it('attack 8: is sent to nobody who asks for another host or path', async () => {
    const { receiver, events } = await start({ fragment: true });
    expect((await sendRaw(receiver.port, getRequest(receiver.port, '/callback', { Host: 'evil.example' }))).status).toBe(421);
    expect((await sendRaw(receiver.port, getRequest(receiver.port, '/callback/'))).status).toBe(404);
    expect(events.map(({ verdict }) => verdict)).toEqual(['host', 'path']);
  });

  it('attack 14: allows its own script and form alone, is never stored, and holds nothing of the request', async () => {
    const listener = await start({ fragment: true });
    const { head, body } = await listener.navigate(`/callback?hint=${listener.state}`);
    expect(head).toMatch(/Content-Security-Policy: default-src 'none'; [^\r]*form-action 'self'; script-src 'sha256-[\w+/=]{44}'\r/);
    expect(head).not.toMatch(/unsafe|access-control/i);
    expect(head).toContain('Cache-Control: no-store');
    expect(head).toContain('Referrer-Policy: same-origin');
    expect(body).not.toContain(listener.state);
  });

  it('attack 2: a JARM answer that names something twice, or beside plain parameters, is not taken', async () => {
    const listener = await start({});
    const claims = `{"code":"a","code":"b","state":"${listener.state}"}`;
    const jwt = [`{"alg":"none"}`, claims].map((part) => Buffer.from(part).toString('base64url')).join('.');
    await listener.navigate(`/callback?response=${jwt}.x`);
    await listener.navigate(`/callback?response=${jwt}.x&response=${jwt}.x`);
    await listener.navigate('/callback?response=no.jwt.here');
    await listener.navigate('/callback?response=');
    expect(listener.verdicts()).toEqual(['duplicate-parameter', 'duplicate-parameter', 'malformed', 'no-parameters']);
  });

  it('attack 1: a JARM answer with another state is not taken', async () => {
    const listener = await start({});
    const jwt = ['{"alg":"none"}', '{"code":"a","state":"forged"}', ''].map((part) => Buffer.from(part).toString('base64url')).join('.');
    expect((await listener.navigate(`/callback?response=${jwt}x`)).status).toBe(400);
    expect(listener.verdicts()).toEqual(['state-mismatch']);
  });
});
