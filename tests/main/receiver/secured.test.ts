import { request } from 'node:https';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { makeLocalCertificate, readLocalCertificate } from '../../../src-main/flow/index.ts';
import type { CallbackEvent, Receiver } from '../../../src-main/receiver/index.ts';
import { openReceiver } from '../../../src-main/receiver/index.ts';

const certificate = makeLocalCertificate();
let receiver: Receiver | null = null;
const events: CallbackEvent[] = [];

async function open(limits = {}): Promise<Receiver> {
  events.length = 0;
  const opened = await openReceiver({
    redirect: { scheme: 'https', host: 'localhost', port: null, path: '/callback' }, certificate,
    expected: { state: 'right', issuerRequired: false, formPost: false }, onCallback: (event) => events.push(event), limits: { grace: 100, ...limits },
  });
  if (!opened.ok) throw new Error(opened.problem.message);
  return (receiver = opened.value);
}
afterEach(async () => { await receiver?.close(); });

function get(target: string, options: { servername?: string; ca?: string; host?: string } = {}): Promise<number> {
  const { port = 0 } = receiver ?? {};
  return new Promise((answered, failed) => {
    request({ host: options.host ?? '127.0.0.1', servername: options.servername ?? 'localhost', ca: options.ca ?? certificate.cert, port, path: target, headers: { host: `localhost:${port}` }, agent: false },
      (response) => { response.resume(); answered(response.statusCode ?? 0); }).once('error', failed).end();
  });
}

describe('https redirect listener', () => {
  it('takes the answer under a certificate for each loopback name, and says so in its URI', async () => {
    const { redirectUri, port, answer } = await open();
    expect(redirectUri).toBe(`https://localhost:${port}/callback`);
    expect(await get('/callback?code=c&state=wrong')).toBe(400);
    expect(await get('/other', { host: '127.0.0.1' })).toBe(404);
    expect(await get('/callback?code=c&state=right', { host: '::1' })).toBe(303);
    expect(await answer).toEqual({ code: 'c' });
    expect(events.map(({ verdict }) => verdict)).toEqual(['state-mismatch', 'path', 'accepted']);
    expect(events[2]?.request).toMatch(/^GET \/callback\?code=c&state=right HTTP\/1\.1\r\n/);
  });

  it('a client that does not trust it is an event, and plain HTTP is too; neither ends the wait', async () => {
    const { port } = await open();
    await expect(get('/callback', { ca: makeLocalCertificate().cert })).rejects.toThrow();
    await new Promise<void>((closed) => { connect(port, '127.0.0.1', function greet(this: void) { return undefined; }).on('close', () => closed()).on('error', () => undefined).end('GET /callback HTTP/1.1\r\n\r\n').resume(); });
    expect(events.every(({ verdict, expected, answered }) => verdict === 'malformed' && expected === 'a TLS handshake' && answered === 0)).toBe(true);
    expect(events.length).toBeGreaterThan(0);
    expect(await get('/callback?code=c&state=right')).toBe(303);
  });

  it('attack 11: connections that never shake hands leave room for the right one, and end in time', async () => {
    const { port } = await open({ connections: 4, headerTime: 300 });
    const idle = Array.from({ length: 30 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    const ended = Promise.all(idle.map((socket) => new Promise<void>((closed) => { socket.once('close', () => closed()).resume(); })));
    expect(await get('/callback?code=c&state=right')).toBe(303);
    await ended;
  });

  it('reads a certificate with its key as tools write them, and refuses what does not belong together', () => {
    const other = makeLocalCertificate();
    expect(readLocalCertificate(`# made by hand\n${certificate.key}\n${certificate.cert}`)).toMatchObject({ ok: true });
    expect(readLocalCertificate(`${certificate.cert}\n${other.key}`)).toMatchObject({ ok: false, problem: { code: 'certificate-key-mismatch' } });
    for (const text of ['', certificate.cert, certificate.key, certificate.cert.replace('MII', 'XXX') + certificate.key]) {
      expect(readLocalCertificate(text)).toMatchObject({ ok: false, problem: { code: 'certificate-unreadable' } });
    }
  });

  it('is refused by the compiler of the flow, not by chance, without a certificate', async () => {
    await expect(openReceiver({
      redirect: { scheme: 'https', host: '127.0.0.1', port: null, path: '/callback' }, expected: { issuerRequired: false, formPost: false }, onCallback: () => undefined,
    })).rejects.toThrow(TypeError);
  });
});
