import { randomUUID } from 'node:crypto';
import { createServer as createHttp, get } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTcp } from 'node:net';
import type { AddressInfo } from 'node:net';
import { $, browser, expect } from '@wdio/globals';
import type { Environment } from '../../src-main/contract/index.ts';
import { press, region, runAtRest, startRun, stateOf, value } from './support/app.ts';
import { leave, systemBrowser } from './support/person.ts';
import { stage } from './support/stage.ts';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createHttp(listener);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A plain GET, as a browser without fetch metadata sends it; the status, or 'refused' where nobody listens. */
function visit(url: string): Promise<number | 'refused'> {
  return new Promise((done) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    }).on('error', () => done('refused'));
  });
}

function environment(changes: Partial<Environment>): Environment {
  return {
    id: randomUUID(), name: 'Trouble', provider: { kind: 'practice', client: 'confidential', lifetimes: { authorizationCode: 60, accessToken: 120, idToken: 120, refreshToken: 600 } },
    client: { id: 'client', authMethod: 'client_secret_basic' }, scope: 'openid offline_access', redirect: { host: '127.0.0.1', port: null, path: '/callback' },
    pkce: 'S256', authorizationParameters: [], tokenParameters: [], limits: { browser: 300, request: 5 }, ...changes,
  };
}

/** Saves the environment, selects it in the list and clicks Run. */
async function runIn(config: Environment): Promise<void> {
  await value('environment.save', { config, secret: config.provider.kind === 'practice' ? { action: 'keep' } : { action: 'set', value: 'CANARY-trouble-secret' } });
  const entry = await $(`//*[@aria-label="Environments"]//button[contains(normalize-space(.), "${config.name}")]`);
  await entry.waitForClickable();
  await entry.click();
  await startRun();
}

const seen = (text: string) => expect(region('Sequence').parentElement().parentElement()).toHaveText(expect.stringContaining(text));

describe('troubles: each said where the person looks, nothing lost, the app usable after', () => {
  after(async () => {
    await leave();
    for (const server of servers) server.close();
  });

  it('callbacks that are not the answer are recorded, answered and do not end the flow', async () => {
    await runIn(environment({ name: 'Callbacks' }));
    const url = new URL(await stage().desktop.nextUrl());
    const redirect = url.searchParams.get('redirect_uri') ?? '';
    expect(await visit(`${redirect}?code=CANARY-foreign-code&state=wrong&iss=${encodeURIComponent(url.origin)}`)).toBe(400);
    expect(await visit(new URL('/favicon.ico', redirect).href)).toBe(404);
    expect(await visit(`${redirect}/elsewhere?code=x&state=y`)).toBe(404);
    await (await systemBrowser()).signIn(url.href);
    const run = await runAtRest();
    expect(run.state).toBe('ok');
    const { callbacks } = await stateOf(run.id);
    const verdicts = callbacks.map(({ verdict }) => verdict);
    expect(verdicts).toContain('state-mismatch');
    expect(verdicts).toContain('path');
    expect(verdicts.filter((verdict) => verdict === 'accepted')).toHaveLength(1);
    expect([410, 'refused']).toContain(await visit(`${redirect}?code=again&state=${url.searchParams.get('state') ?? ''}`));
    await expect(region('Sequence')).toHaveText(expect.stringMatching(/state/i));
  });

  it('a taken port is named before the browser opens', async () => {
    const taken = createTcp();
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
    const { port } = taken.address() as AddressInfo;
    await runIn(environment({ name: 'Taken port', redirect: { host: '127.0.0.1', port, path: '/callback' } }));
    const run = await runAtRest();
    expect(run.state).toBe('failed');
    await seen(String(port));
    expect(stage().desktop.waiting).toEqual([]);
    taken.close();
  });

  it('a browser that never returns ends at the time limit, and Cancel ends it at once', async () => {
    await runIn(environment({ name: 'Never back', limits: { browser: 5, request: 5 } }));
    await stage().desktop.nextUrl();
    const late = await runAtRest();
    expect(late.state).toBe('timed-out');
    await seen('did not come back within 5 s');
    await runIn(environment({ name: 'Cancelled' }));
    await stage().desktop.nextUrl();
    const cancelled = performance.now();
    await press('Cancel');
    expect((await runAtRest()).state).toBe('cancelled');
    expect(performance.now() - cancelled).toBeLessThan(5000);
  });

  it('a provider that cannot be reached', async () => {
    const server = createTcp();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    await new Promise((closed) => { server.close(closed); });
    await runIn(environment({ name: 'Unreachable', provider: { kind: 'discovery', issuer: `http://127.0.0.1:${port}` } }));
    expect((await runAtRest()).state).toBe('failed');
    await seen('refused');
  });

  it('TLS that fails', async () => {
    const plain = await serve((_request, response) => response.end('not TLS'));
    await runIn(environment({ name: 'No TLS', provider: { kind: 'discovery', issuer: plain.replace('http:', 'https:') } }));
    expect((await runAtRest()).state).toBe('failed');
    await seen('TLS');
  });

  it('an answer that is not JSON', async () => {
    const origin = await serve((request, response) => {
      if (request.url?.startsWith('/token')) {
        response.setHeader('content-type', 'text/html').end('<!doctype html><title>Maintenance</title><h1>We are down</h1><script>alert(1)</script>');
        return;
      }
      response.statusCode = 404;
      response.end();
    });
    await runIn(environment({
      name: 'Not JSON',
      provider: { kind: 'manual', endpoints: { authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token` } },
    }));
    const url = new URL(await stage().desktop.nextUrl());
    expect(await visit(`${url.searchParams.get('redirect_uri') ?? ''}?code=CANARY-code-of-html&state=${url.searchParams.get('state') ?? ''}`)).toBe(303);
    const run = await runAtRest();
    expect(['refused', 'failed']).toContain(run.state);
    await seen('web page, not JSON');
    const { exchanges } = await stateOf(run.id);
    expect([...exchanges.values()].at(-1)?.exchange.response?.body).toContain('We are down');
  });

  it('after all that, the next run works', async () => {
    await runIn(environment({ name: 'Fine again' }));
    await (await systemBrowser()).signIn(await stage().desktop.nextUrl());
    expect((await runAtRest()).state).toBe('ok');
    await browser.pause(100);
  });
});
