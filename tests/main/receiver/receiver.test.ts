import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { bindLoopback } from '../../../src-main/receiver/bind.ts';
import type { Listening } from '../../support/browser/index.ts';
import { dial, getRequest, listening, sendRaw } from '../../support/browser/index.ts';

let open: Listening | null = null;
const start = async (options?: Parameters<typeof listening>[0]): Promise<Listening> => (open = await listening(options));

afterEach(async () => {
  await open?.receiver.close();
  open = null;
});

describe('receiver', () => {
  it('takes the right answer, and reports the request byte for byte', async () => {
    const { receiver, events, right, code } = await start();
    const bytes = getRequest(receiver.port, right, { 'x-ODD-Case': 'two  spaces', Cookie: 'fish=\xfc' });
    expect((await sendRaw(receiver.port, bytes)).status).toBe(303);
    expect(await receiver.answer).toEqual({ code });
    expect(events).toEqual([expect.objectContaining({ verdict: 'accepted', answered: 303, request: bytes })]);
  });

  it('takes an error with the right state and issuer, and says so on its own page', async () => {
    const { receiver, navigate, state } = await start();
    const answer = await navigate(`/callback?error=access_denied&error_description=No&state=${state}`);
    expect(answer.head).toContain('Location: /grantscope-refused');
    expect(await receiver.answer).toEqual({ error: { error: 'access_denied', description: 'No', foundIn: 'redirect', status: 0 } });
    expect((await navigate('/grantscope-refused')).body).toContain('The provider refused');
  });

  it('shows the closing page even though the flow has closed it, and is gone after that', async () => {
    const { receiver, navigate, right } = await start();
    await navigate(right);
    await receiver.close();
    const done = await navigate('/grantscope-done');
    expect([done.status, done.body]).toEqual([200, expect.stringContaining('Grantscope has the answer')]);
    await expect.poll(() => dial(receiver.port).then(() => 'open', (error: NodeJS.ErrnoException) => error.code)).toBe('ECONNREFUSED');
  });

  it('is gone after the grace where no browser asks for the closing page', async () => {
    const { receiver, navigate, right } = await start({ limits: { grace: 50 } });
    await navigate(right);
    await receiver.close();
    await expect.poll(() => dial(receiver.port).then(() => 'open', (error: NodeJS.ErrnoException) => error.code)).toBe('ECONNREFUSED');
  });

  it('lets the next flow have the same fixed port at once', async () => {
    const first = await start({ limits: { grace: 60_000 } });
    await first.navigate(first.right);
    await first.receiver.close();
    const second = await start({ redirect: { port: first.receiver.port } });
    expect((await second.navigate(first.right)).status).toBe(400);
    expect((await second.navigate(second.right)).status).toBe(303);
  });

  it('says that it waits only while it does', async () => {
    const { navigate, right } = await start();
    expect((await navigate('/other')).body).toContain('still waiting');
    await navigate(right);
    for (const target of ['/other', right]) expect((await navigate(target)).body).not.toContain('still waiting');
  });

  it('does not know the closing page before it has an answer', async () => {
    const { navigate, verdicts } = await start();
    expect((await navigate('/grantscope-done')).status).toBe(404);
    expect(verdicts()).toEqual(['path']);
  });

  it('listens on both loopback addresses for localhost, under that name only', async () => {
    const { receiver, right, verdicts } = await start({ redirect: { host: 'localhost' } });
    const named = (host: string) => getRequest(receiver.port, right, { Host: `${host}:${receiver.port}` });
    expect((await sendRaw(receiver.port, named('127.0.0.1'))).status).toBe(421);
    expect((await sendRaw(receiver.port, named('localhost'), '::1')).status).toBe(303);
    expect(verdicts()).toEqual(['host', 'accepted']);
    expect(receiver.redirectUri).toBe(`http://localhost:${receiver.port}/callback`);
  });

  it('listens on [::1] alone when asked', async () => {
    const { receiver, right } = await start({ redirect: { host: '[::1]' } });
    await expect(dial(receiver.port, '127.0.0.1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect((await sendRaw(receiver.port, getRequest(receiver.port, right, { Host: `[::1]:${receiver.port}` }), '::1')).status).toBe(303);
  });

  it('takes a form_post where it was asked for, to 64 kB', async () => {
    const { receiver, state, code, verdicts, events } = await start({ expected: { formPost: true } });
    const post = (body: string) => sendRaw(receiver.port, `${getRequest(receiver.port, '/callback', { Origin: 'null', 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': String(body.length) }, 'POST')}${body}`);
    expect((await post(`state=${state}&code=${'x'.repeat(70_000)}`)).status).toBe(400);
    expect((await post(`state=${state}&code=${code}`)).status).toBe(303);
    expect(verdicts()).toEqual(['malformed', 'accepted']);
    expect(events[1]?.request).toMatch(new RegExp(`\\r\\n\\r\\nstate=${state}&code=${code}$`));
    expect(await receiver.answer).toEqual({ code });
  });

  it('reports a flood no further than its limit, and still takes the right answer', async () => {
    const { navigate, right, verdicts } = await start({ limits: { reports: 3 } });
    for (let knock = 0; knock < 6; knock += 1) await navigate('/callback?code=x&state=y');
    await navigate(right);
    expect(verdicts()).toEqual(['state-mismatch', 'state-mismatch', 'state-mismatch', 'accepted']);
  });
});

describe('bindLoopback', () => {
  const failing = (code: string) => () => {
    const server = createServer();
    server.listen = (() => {
      queueMicrotask(() => server.emit('error', Object.assign(new Error(code), { code, address: '127.0.0.1' })));
      return server;
    }) as typeof server.listen;
    return server;
  };

  for (const [code, problem] of [['EADDRINUSE', 'port-in-use'], ['EACCES', 'port-reserved'], ['EADDRNOTAVAIL', 'no-loopback-address'], ['EINVAL', 'port-not-bound']] as const) {
    it(`says ${problem} for ${code}, and what to do`, async () => {
      const bound = await bindLoopback({ host: '127.0.0.1', port: 8080, path: '/' }, failing(code));
      expect(bound).toMatchObject({ ok: false, problem: { code: problem, message: expect.stringMatching(/8080|127\.0\.0\.1/), why: expect.any(String), next: expect.any(String) } });
    });
  }

  it('is content with IPv4 for localhost on a machine without IPv6', async () => {
    let made = 0;
    const bound = await bindLoopback({ host: 'localhost', port: null, path: '/' }, () => ((made += 1) === 1 ? createServer() : failing('EAFNOSUPPORT')()));
    if (!bound.ok) throw new Error(bound.problem.message);
    expect(bound.value.servers.map((server) => (server.address() as AddressInfo).address)).toEqual(['127.0.0.1']);
    await Promise.all(bound.value.servers.map((server) => new Promise((done) => { server.close(done); })));
  });
});
