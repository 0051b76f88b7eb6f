import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunAction, RunEvent, RunState } from '../../../src-main/contract/index.ts';
import { environmentSchema, foldRun, runActionSchema } from '../../../src-main/contract/index.ts';
import type { OpenBrowser } from '../../../src-main/flow/index.ts';
import { FlowService, systemClock } from '../../../src-main/flow/index.ts';
import { HttpUser } from '../../support/browser/index.ts';
import type { Featured } from '../../support/featured/provider.ts';
import { startFeatured } from '../../support/featured/provider.ts';

let provider: Featured;
beforeAll(async () => { provider = await startFeatured({ client: { userinfo_signed_response_alg: 'ES256', introspection_signed_response_alg: 'ES256' } as never }); });
afterAll(() => provider.close());

type Visit = (request: OpenBrowser, user: HttpUser) => Promise<unknown>;

class Player {
  readonly events: RunEvent[] = [];
  readonly user = new HttpUser();
  visit: Visit = ({ url }, user) => user.signIn(url);
  /** What the person does at the device page. */
  onDevice: (uri: string) => void = (uri) => { void this.user.submitAll(uri); };
  secret = provider.secret;
  runId = '';
  readonly flows = new FlowService({
    clock: systemClock, versions: {},
    resolveClient: async () => ({ ok: true, value: { issuer: provider.issuer, clientId: 'client', authMethod: 'client_secret_basic', secret: this.secret } }),
    openBrowser: async (request) => { void this.visit(request, this.user); return { ok: true, value: null }; },
    sink: (_runId, event) => {
      this.events.push(event);
      if (event.type === 'device-code-received') setTimeout(() => this.onDevice(event.verificationUriComplete ?? event.verificationUri), 20);
    },
    onRunning: () => undefined, load: () => ({ ok: true, value: this.events }),
  });

  get state(): RunState { return foldRun(this.events); }
  steps(): string[] { return this.state.steps.map(({ kind, outcome }) => `${kind}: ${outcome}`); }
  last(): ReturnType<RunState['exchanges']['get']> { return [...this.state.exchanges.values()].at(-1); }

  async start(change: Record<string, unknown> = {}): Promise<this> {
    const environment = environmentSchema.parse({
      id: randomUUID(), name: 'After', provider: { kind: 'discovery', issuer: provider.issuer }, client: { id: 'client', authMethod: 'client_secret_basic' },
      scope: 'openid offline_access email', redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256',
      authorizationParameters: [{ name: 'prompt', value: 'consent' }], limits: { browser: 12, request: 8 }, ...change,
    });
    const started = await this.flows.start(environment, 'print');
    if (!started.ok) throw new Error(started.problem.message);
    this.runId = started.value.runId;
    await this.flows.whenIdle(this.runId);
    return this;
  }

  async act(act: RunAction): Promise<string | null> {
    const acted = await this.flows.act(this.runId, act, 'print');
    if (!acted.ok) return acted.problem.code;
    await this.flows.whenIdle(this.runId);
    return null;
  }
}

describe('after the code', () => {
  it('an access token goes nowhere else unasked, and to a host that was allowed only when it was', async () => {
    const player = await new Player().start();
    const seen: string[] = [];
    const api = createServer((request, response) => { seen.push(request.headers.authorization ?? ''); response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}'); });
    await new Promise<void>((listening) => { api.listen(0, '127.0.0.1', listening); });
    const url = `http://127.0.0.1:${(api.address() as AddressInfo).port}/orders?id=1`;
    const call = { method: 'POST' as const, url, headers: [{ name: 'X-Trace', value: '7' }], body: '{"a":1}' };
    expect(await player.act({ action: 'call', call })).toBe('foreign-host');
    expect(seen).toEqual([]);
    expect(await player.act({ action: 'call', call, allow: true })).toBeNull();
    const token = player.state.tokens.find(({ record }) => record.kind === 'access_token');
    expect(seen).toEqual([`Bearer ${token?.record.value}`]);
    expect(player.last()?.exchange.request).toMatch(/^POST \/orders\?id=1 HTTP\/1\.1\r\n[\s\S]*X-Trace: 7\r\n[\s\S]*\{"a":1\}$/);
    api.close();
  });

  it('refuses a call with a line break in a header, and one without a token', async () => {
    expect(runActionSchema.safeParse({ action: 'call', call: { method: 'GET', url: 'https://a.test/', headers: [{ name: 'X', value: 'a\r\nB: c' }] } }).success).toBe(false);
    expect(runActionSchema.safeParse({ action: 'call', call: { method: 'GET', url: 'file:///etc/passwd' } }).success).toBe(false);
    const player = new Player();
    player.secret = 'wrong';
    await player.start({ grant: 'client_credentials', scope: '' });
    expect(await player.act({ action: 'call', call: { method: 'GET', url: `${provider.issuer}/me`, headers: [] } })).toBe('no-access-token');
  });

  it('an API that refuses the token ends the step as refused, with its reason', async () => {
    const player = await new Player().start();
    const refresh = player.state.tokens.find(({ record }) => record.kind === 'access_token')?.record.id ?? '';
    await player.act({ action: 'revoke', tokenId: refresh });
    expect(await player.act({ action: 'call', call: { method: 'GET', url: `${provider.issuer}/me`, headers: [] } })).toBeNull();
    expect(player.state.steps.at(-1)).toMatchObject({ kind: 'call', outcome: 'refused' });
  });

  it('refreshes with a narrower scope, and with one that was never granted', async () => {
    const player = await new Player().start();
    await player.act({ action: 'refresh', scope: 'openid' });
    expect(player.state.tokens.findLast(({ record }) => record.kind === 'access_token')?.record.scope).toBe('openid');
    await player.act({ action: 'refresh', scope: 'openid admin' });
    expect(player.state.refusals.at(-1)?.error.error).toBe('invalid_scope');
  });

  it('reads UserInfo and introspection that come as signed JWTs, each check a verdict', async () => {
    const player = await new Player().start();
    const checked = (what: string) => player.events.find((event) => event.type === 'response-checked' && event.what === what);
    const userinfo = checked('userinfo');
    expect(userinfo?.type === 'response-checked' && userinfo.verdicts.map(({ check, outcome }) => `${check} ${outcome}`)).toContain('signature passed');
    expect(player.state.tokens.flatMap(({ verdicts }) => verdicts)).toContainEqual(expect.objectContaining({ check: 'sub (userinfo)', outcome: 'passed' }));
    const token = player.state.tokens.find(({ record }) => record.kind === 'access_token');
    await player.act({ action: 'introspect', tokenId: token?.record.id ?? '', jwt: true });
    expect([...player.state.exchanges.values()].findLast(({ exchange }) => exchange.purpose === 'introspection')?.exchange.request).toMatch(/accept: application\/token-introspection\+jwt/i);
    const introspection = checked('introspection');
    expect(introspection?.type === 'response-checked' && introspection.verdicts.every(({ outcome }) => outcome !== 'failed')).toBe(true);
    expect(player.events.findLast(({ type }) => type === 'token-introspected')).toMatchObject({ active: true });
  });

  it('logs out through the browser and comes back to the listener; a wrong state does not end the wait', async () => {
    const player = await new Player().start();
    player.visit = async ({ url, redirectUri }, user) => {
      await user.go(`${redirectUri}?state=forged`);
      await user.submitAll(url);
    };
    expect(await player.act({ action: 'logout', comeBack: true })).toBeNull();
    expect(player.state.steps.at(-1)).toMatchObject({ kind: 'logout', outcome: 'ok' });
    expect(player.state.callbacks.slice(-2).map(({ verdict }) => verdict)).toEqual(['state-mismatch', 'accepted']);
  });
});

describe('other flows on the same engine', () => {
  it('client credentials: a token for the client, no browser', async () => {
    const player = await new Player().start({ grant: 'client_credentials', scope: '' });
    expect(player.steps()).toEqual(['discover: ok', 'client-credentials: ok']);
    expect(player.state.tokens.map(({ record }) => record.kind)).toEqual(['access_token']);
  });

  it('client credentials with a wrong secret: refused and kept', async () => {
    const player = new Player();
    player.secret = 'CANARY-client_secret-wrong';
    await player.start({ grant: 'client_credentials', scope: '' });
    expect(player.state.refusals).toMatchObject([{ error: { error: 'invalid_client' } }]);
    expect(player.state.ended?.outcome).toBe('refused');
  });

  it('device authorization: the code is shown, "not yet" is no refusal, tokens come once it is confirmed', { timeout: 30_000 }, async () => {
    const player = new Player();
    let opened = 0;
    // The first question comes before the person has confirmed.
    player.onDevice = (uri) => { setTimeout(() => { opened += 1; void player.user.submitAll(uri); }, 5500); };
    await player.start({ grant: 'device_code', scope: 'openid', authorizationParameters: [] });
    expect(opened).toBe(1);
    expect(player.steps().slice(0, 3)).toEqual(['discover: ok', 'device: ok', 'poll: ok']);
    expect(player.state.device).toMatchObject({ userCode: expect.stringMatching(/^\d{3}-\d{3}$/) as string, interval: 5 });
    const polls = [...player.state.exchanges.values()].filter(({ exchange }) => exchange.purpose === 'token').map(({ exchange }) => exchange.response?.status);
    expect(polls).toEqual([400, 200]);
    expect(player.state.refusals).toEqual([]);
    expect(player.state.tokens.length).toBeGreaterThan(0);
  });

  it('device authorization can be cancelled while it waits', async () => {
    const player = new Player();
    player.onDevice = () => { player.flows.cancel(player.runId === '' ? (player.events[0] as { runId: string }).runId : player.runId); };
    await player.start({ grant: 'device_code', scope: 'openid', authorizationParameters: [] });
    expect(player.state.ended?.outcome).toBe('cancelled');
  });
});
