import { randomUUID } from 'node:crypto';
import { createServer, get } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { browser, expect } from '@wdio/globals';
import type { RunState } from '../../src-main/contract/index.ts';
import { runAtRest, stateOf, value } from './support/app.ts';

/** What the hostile sign-in page tries, each answer reported back to its server. */
const page = `<!doctype html><title>\u202eofficial sign-in</title><script>(async () => {
  const report = { bridge: typeof window.grantscope, require: typeof window.require, process: typeof window.process, opener: String(window.opener) };
  report.popup = String(window.open('/popup'));
  report.app = await fetch('app://grantscope/index.html').then(() => 'reached', () => 'refused');
  report.permission = await navigator.permissions.query({ name: 'geolocation' }).then((p) => p.state, () => 'refused');
  report.notification = await Notification.requestPermission().catch(() => 'refused');
  for (const url of ['file:///etc/passwd', 'app://grantscope/index.html', 'javascript:void(0)']) { const a = document.createElement('a'); a.href = url; a.click(); }
  const download = document.createElement('a'); download.href = '/file'; download.download = 'x.exe'; document.body.append(download); download.click();
  document.cookie = 'script=1';
  await new Promise((done) => setTimeout(done, 400));
  report.still = location.pathname;
  await fetch('/report', { method: 'POST', body: JSON.stringify(report) });
  location.href = '/finish';
})()</script>`;

describe('attack 61: the tracing browser and a hostile sign-in page', () => {
  let server: Server;
  let origin = '';
  let report: Record<string, string> = {};
  let asked: { cookie: string; redirectUri: string; state: string }[] = [];
  let fetched: string[] = [];
  let stray: number | null = null;
  let environmentId = '';

  before(async () => {
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', origin);
      const html = { 'content-type': 'text/html; charset=utf-8' };
      fetched.push(url.pathname);
      const last = asked.at(-1);
      if (url.pathname === '/authorize') {
        asked.push({ cookie: request.headers.cookie ?? '', redirectUri: url.searchParams.get('redirect_uri') ?? '', state: url.searchParams.get('state') ?? '' });
        response.writeHead(200, { ...html, 'set-cookie': 'idp_session=CANARY-cookie; Path=/', 'x-trace': 'hop-1' }).end(page);
      } else if (url.pathname === '/report') {
        void request.toArray().then((chunks) => { report = JSON.parse(Buffer.concat(chunks as Buffer[]).toString()) as Record<string, string>; response.writeHead(204).end(); });
      } else if (url.pathname === '/finish') {
        // Somebody else knocks at the listener with an error and without the state.
        get(`${last?.redirectUri ?? ''}?error=access_denied`, (answer) => {
          stray = answer.statusCode ?? 0;
          answer.resume();
          response.writeHead(302, { location: `${last?.redirectUri ?? ''}?code=CANARY-code-tracing&state=${last?.state ?? ''}` }).end();
        });
      } else if (url.pathname === '/token') {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"CANARY-access-tracing","token_type":"Bearer","expires_in":60}');
      } else response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' }).end('x');
    });
    await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    environmentId = randomUUID();
    await value('environment.save', {
      config: {
        id: environmentId, name: 'Hostile', provider: { kind: 'manual', endpoints: { authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token` } },
        client: { id: 'client', authMethod: 'none' }, scope: '', redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256',
        authorizationParameters: [], tokenParameters: [], limits: { browser: 60, request: 10 },
      },
      secret: { action: 'keep' },
    });
  });
  after(() => { server.close(); server.closeAllConnections(); });

  async function run(keepLogin = false): Promise<RunState> {
    const { runId } = await value('run.start', { environmentId, browser: 'tracing', options: { keepLogin } });
    await runAtRest();
    await browser.pause(1200);
    return stateOf(runId);
  }

  it('reaches nothing of the app, opens and downloads nothing, and gets no permission', async () => {
    const state = await run();
    expect(state.ended?.outcome).toBe('ok');
    expect(report).toMatchObject({ bridge: 'undefined', require: 'undefined', process: 'undefined', opener: 'null', popup: 'null', app: 'refused', still: '/authorize' });
    expect(report['permission']).not.toBe('granted');
    expect(report['notification']).not.toBe('granted');
    expect(fetched).not.toContain('/popup');
  });

  it('a stray error does not end the flow, and every hop is recorded with its headers and the names of its cookies', async () => {
    const state = await run();
    expect(stray).toBe(400);
    expect(state.callbacks.map(({ verdict }) => verdict)).toEqual(['state-missing', 'accepted']);
    const hops = state.steps.flatMap(({ events }) => events).filter((event) => event.type === 'front-channel-hop');
    expect(hops.map(({ url, status }) => `${new URL(url).pathname} ${status ?? '-'}`)).toEqual(['/authorize 200', '/finish 302']);
    expect(hops[0]?.setCookieNames).toEqual(['idp_session']);
    expect(hops[0]?.responseHeaders).toContainEqual({ name: 'x-trace', value: 'hop-1' });
    expect(hops[1]?.location).toContain('/callback');
    expect(JSON.stringify(hops)).not.toContain('CANARY');
  });

  it('forgets the login with the window, and keeps it only when asked to', async () => {
    asked = [];
    fetched = [];
    await run();
    await run(true);
    await run(true);
    await run();
    expect(asked.map(({ cookie }) => cookie.includes('idp_session'))).toEqual([false, false, true, false]);
  });
});
