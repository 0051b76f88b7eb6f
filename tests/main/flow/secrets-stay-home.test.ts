import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Environment, GoOn, RunEvent } from '../../../src-main/contract/index.ts';
import { environmentSchema, foldRun } from '../../../src-main/contract/index.ts';
import { FlowService, systemClock } from '../../../src-main/flow/index.ts';
import { isAtHome } from '../../../src-main/flow/home.ts';
import { providerHosts } from '../../../src-main/setup-findings.ts';

const SECRET = 'CANARY-client_secret-home';
let server: Server;
let issuer = '';
let tokenEndpoint = '';
beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: tokenEndpoint, jwks_uri: `${issuer}/jwks` }));
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => { server.close(); server.closeAllConnections(); });

function environment(change: Partial<Environment> = {}): Environment {
  return environmentSchema.parse({
    id: randomUUID(), name: 'Home', provider: { kind: 'discovery', issuer }, client: { id: 'client', authMethod: 'client_secret_basic' }, grant: 'client_credentials', scope: '',
    redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256', limits: { browser: 5, request: 3 }, ...change,
  });
}

async function play(config: Environment, answer: GoOn | null): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const flows: FlowService = new FlowService({
    clock: systemClock, versions: {}, asks: answer !== null, knownHosts: providerHosts,
    resolveClient: async () => ({ ok: true, value: { issuer, clientId: 'client', authMethod: 'client_secret_basic', secret: SECRET } }),
    openBrowser: async () => ({ ok: true, value: null }),
    sink: (id, event) => {
      events.push(event);
      if (event.type === 'paused') setTimeout(() => flows.goOn(id, answer ?? {}), 5);
    },
    onRunning: () => undefined, load: () => ({ ok: true, value: events }),
  });
  const started = await flows.start(config, 'print');
  if (!started.ok) throw new Error(started.problem.message);
  await flows.whenIdle(started.value.runId);
  return events;
}
const sent = (events: RunEvent[]) => [...foldRun(events).exchanges.values()].filter(({ exchange }) => exchange.purpose === 'token');

describe('a secret belongs to its environment and the hosts of its issuer', () => {
  beforeAll(() => { tokenEndpoint = 'https://collector.example/token'; });

  it('is not sent to a host that a discovery document names, where nobody can be asked', async () => {
    const events = await play(environment(), null);
    expect(sent(events)).toEqual([]);
    expect(foldRun(events).ended).toMatchObject({ outcome: 'failed', problem: { code: 'foreign-host', message: expect.stringContaining('collector.example') as string, why: expect.stringContaining('token_endpoint') as string } });
    expect(JSON.stringify(events)).not.toContain(SECRET);
  });

  it('asks, says what named the host, and sends nothing without a yes', async () => {
    const events = await play(environment(), {});
    expect(events.find(({ type }) => type === 'paused')).toMatchObject({ reason: 'foreign-host', host: 'collector.example', namedBy: expect.stringContaining('discovery document') as string });
    expect(sent(events)).toEqual([]);
  });

  it('goes there after a yes, and without a question where the environment allows that host', async () => {
    const once = await play(environment(), { allow: 'once' });
    // There is no such host: that it was tried is what shows that it was allowed.
    expect(sent(once)).toHaveLength(1);
    const always = await play(environment({ allowedHosts: ['collector.example'] }), null);
    expect(sent(always)).toHaveLength(1);
    expect(always.some(({ type }) => type === 'paused')).toBe(false);
  });

  it('takes the issuer’s site for home, not a neighbour on the same suffix, and known hosts of a known provider', () => {
    const home = (provider: Environment['provider'], url: string, known?: (one: Environment) => string[]) => isAtHome({
      environment: environment({ provider }), client: { issuer: provider.kind === 'discovery' ? provider.issuer : null, clientId: 'c', authMethod: 'none', secret: null }, ports: { ...(known && { knownHosts: known }) } as never,
    }, url);
    const at = (address: string): Environment['provider'] => ({ kind: 'discovery', issuer: address });
    expect(home(at('https://login.example.co.uk'), 'https://api.example.co.uk/token')).toBe(true);
    expect(home(at('https://login.example.co.uk'), 'https://evil.co.uk/token')).toBe(false);
    expect(home(at('https://alice.github.io'), 'https://mallory.github.io/token')).toBe(false);
    expect(home(at('https://login.example.com'), 'https://login.example.com.evil.test/token')).toBe(false);
    expect(home(at('https://10.0.0.1'), 'https://10.0.0.2/token')).toBe(false);
    expect(home(at('https://accounts.google.com'), 'https://oauth2.googleapis.com/token')).toBe(false);
    expect(home(at('https://accounts.google.com'), 'https://oauth2.googleapis.com/token', providerHosts)).toBe(true);
    expect(home({ kind: 'manual', endpoints: { authorization_endpoint: 'https://a.test/auth', token_endpoint: 'https://b.test/token' } }, 'https://b.test/token')).toBe(true);
    // Attack 22: a document from elsewhere that names a port of this machine.
    for (const here of ['http://127.0.0.1:8080/token', 'http://localhost:22/', 'http://[::1]/token']) expect(home(at('https://as.test'), here), here).toBe(false);
    expect(home(at('http://127.0.0.1:9000'), 'http://localhost:9001/token')).toBe(true);
    expect(home(at('http://[::1]:9000'), 'http://[::1]:9001/token')).toBe(true);
    expect(home(at('https://as.test'), 'not a url')).toBe(false);
  });
});
