import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Environment } from '../../src-main/contract/index.ts';
import { environmentSchema, foldRun } from '../../src-main/contract/index.ts';
import { newEnvironment } from '../../src-main/environment/index.ts';
import { environmentHandlers } from '../../src-main/ipc/handlers/environment.ts';
import type { Services } from '../../src-main/services.ts';
import { createServices } from '../../src-main/services.ts';
import { canary } from '../support/keyring/canary.ts';
import type { Opened } from '../support/keyring/runs.ts';
import { openBoth } from '../support/keyring/runs.ts';
import { authority, selfSigned } from '../support/hostile-server/index.ts';
import { connectProxy } from '../support/hostile-server/connect-proxy.ts';

/** A provider behind TLS at a name that exists for the proxy alone: whoever leaves the way of the environment finds nothing. */
const ISSUER = 'https://as.test';
const SECRET = canary('client_secret');
const ca = authority();
const good = ca.issue({ name: 'as.test', dns: ['as.test'] });
const lonely = selfSigned({ name: 'as.test', dns: ['as.test'] });
const folder = mkdtempSync(join(tmpdir(), 'grantscope-way-'));
let server: Server;
let proxy: Awaited<ReturnType<typeof connectProxy>>;
let opened: Opened;
let services: Services;
let systemProxy: string | null = null;

beforeAll(async () => {
  server = createServer({ cert: good.cert, key: good.key }, (request, response) => {
    response.setHeader('content-type', 'application/json').setHeader('cache-control', 'no-store');
    response.end(JSON.stringify(request.url?.startsWith('/.well-known') ? { issuer: ISSUER, token_endpoint: `${ISSUER}/token`, grant_types_supported: ['client_credentials', 'authorization_code'], token_endpoint_auth_methods_supported: ['private_key_jwt'] }
      : { access_token: canary('access'), token_type: 'Bearer', expires_in: 60 }));
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  proxy = await connectProxy(undefined, { 'as.test:443': (server.address() as AddressInfo).port });
  opened = await openBoth(folder);
  services = createServices({
    vault: opened.vault, history: opened.history, versions: {}, systemProxy: async () => systemProxy,
    practice: { start: async () => ({ ok: false, problem: { code: 'none', message: 'none' } }), stop: async () => undefined },
    openBrowser: async () => ({ ok: true, value: null }), onEvent: () => undefined, onRunning: () => undefined,
  });
});
afterAll(async () => {
  await proxy.stop();
  server.close();
  server.closeAllConnections();
  opened.history.close();
  rmSync(folder, { recursive: true, force: true });
});

const setup = (trust: Environment['trust']): Environment => environmentSchema.parse({
  ...newEnvironment({ name: 'Behind a proxy', provider: { kind: 'discovery', issuer: ISSUER }, client: { id: 'app', authMethod: 'client_secret_post' } }),
  grant: 'client_credentials', scope: '', limits: { browser: 5, request: 5, connect: 3 }, ...(trust && { trust }),
});
const through = () => ({ kind: 'explicit' as const, url: proxy.url });

async function play(environment: Environment) {
  await opened.vault.setSecret(environment.id, SECRET);
  const started = await services.flows.start(environment, 'print');
  if (!started.ok) throw new Error(started.problem.message);
  await services.flows.whenIdle(started.value.runId);
  const events = opened.history.read(started.value.runId);
  if (!events.ok) throw new Error(events.problem.message);
  const state = foldRun(events.value);
  return { state, exchanges: [...state.exchanges.values()].map(({ exchange }) => exchange), events: events.value };
}
const check = async (config: Environment) => environmentHandlers(services, async () => undefined)['environment.check']({ config, discover: true });

describe('the way there', () => {
  it('without the authority nothing is sent, and what was shown is kept', async () => {
    const { state, exchanges } = await play(setup({ proxy: through() }));
    expect(state.ended?.outcome).toBe('failed');
    expect(exchanges.map(({ failure, request }) => [failure?.code, request])).toEqual([['tls-untrusted', '']]);
    expect(exchanges[0]?.tls?.certificate?.fingerprint256).toBe(new X509Certificate(good.der).fingerprint256);
    expect(await check(setup({ proxy: through() }))).toMatchObject({ ok: false, problem: { code: 'discovery-unreachable' } });
  });

  it('a Run and the setup check take the proxy and the authority of the environment', async () => {
    const environment = setup({ proxy: through(), ca: ca.cert });
    const { state, exchanges } = await play(environment);
    expect(state.ended?.outcome).toBe('ok');
    expect(exchanges.map(({ purpose, connection, failure }) => [purpose, connection?.proxy, failure])).toEqual([['discovery', new URL(proxy.url).host, null], ['token', new URL(proxy.url).host, null]]);
    expect(new Set(proxy.asked)).toEqual(new Set(['as.test:443']));
    const checked = await check(environment);
    expect(checked).toMatchObject({ ok: true, value: { metadataUrl: `${ISSUER}/.well-known/openid-configuration` } });
    if (checked.ok) expect(checked.value.findings.find(({ code }) => code === 'auth-method-not-offered')).toMatchObject({ field: 'client.authMethod' });
  });

  it('records with the Run what the setup checks said', async () => {
    const { events } = await play(setup({ proxy: through(), ca: ca.cert }));
    const read = events.find((event) => event.type === 'metadata-read');
    expect(read?.type === 'metadata-read' && read.findings.map(({ code }) => code)).toContain('auth-method-not-offered');
  });

  it('the proxy of the system is taken where none is named, and none where none is wanted', async () => {
    systemProxy = proxy.url;
    const { exchanges } = await play(setup({ ca: ca.cert }));
    expect(exchanges.map(({ connection }) => connection?.proxy)).toEqual([new URL(proxy.url).host, new URL(proxy.url).host]);
    const asked = proxy.asked.length;
    const direct = await play(setup({ ca: ca.cert, proxy: { kind: 'none' } }));
    systemProxy = null;
    // There is no such name outside of the proxy.
    expect(direct.exchanges.map(({ connection, request }) => [connection, request])).toEqual([[null, '']]);
    expect(proxy.asked).toHaveLength(asked);
  });

  it('an accepted certificate is taken, and one in its place is refused with both fingerprints', async () => {
    const pinned = [{ host: 'as.test', fingerprint256: new X509Certificate(lonely.der).fingerprint256 }];
    server.setSecureContext({ cert: lonely.cert, key: lonely.key });
    const taken = await play(setup({ proxy: through(), pinned }));
    server.setSecureContext({ cert: good.cert, key: good.key });
    const changed = await play(setup({ proxy: through(), ca: ca.cert, pinned }));
    expect(taken.state.ended?.outcome).toBe('ok');
    expect(changed.state.ended?.outcome).toBe('failed');
    expect(changed.exchanges).toMatchObject([{ request: '', failure: { code: 'tls-pin-changed', why: expect.stringContaining(pinned[0]?.fingerprint256 ?? '-') as string } }]);
  });
});
