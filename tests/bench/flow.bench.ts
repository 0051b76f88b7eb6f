import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as client from 'openid-client';
import type { Environment } from '../../src-main/contract/index.ts';
import { environmentSchema } from '../../src-main/contract/index.ts';
import type { PracticeProvider } from '../../src-main/practice/index.ts';
import { InProcessPractice, startPracticeProvider } from '../../src-main/practice/index.ts';
import { createServices } from '../../src-main/services.ts';
import type { Services } from '../../src-main/services.ts';
import { HttpUser } from '../support/browser/index.ts';
import { openBoth } from '../support/keyring/runs.ts';
import type { Bench } from './support/bench.ts';
import { median } from './support/statistics.ts';

const ROUNDS = 40;

/** The plain script: discovery, one listener, code, ID token with its signature, userinfo; nothing recorded. */
async function bareFlow(practice: PracticeProvider): Promise<void> {
  const { issuer, clients } = practice.info;
  const configuration = await client.discovery(new URL(issuer), clients.confidential.id, undefined, client.ClientSecretBasic(clients.confidential.secret), {
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  });
  const arrived = Promise.withResolvers<URL>();
  const listener = createServer((request, response) => {
    arrived.resolve(new URL(request.url ?? '', `http://${request.headers.host ?? ''}`));
    response.end('done');
  });
  await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
  const redirectUri = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/callback`;
  const [pkceCodeVerifier, expectedState, expectedNonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri, scope: 'openid profile email offline_access', state: expectedState, nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256',
  });
  const user = new HttpUser().signIn(url.href);
  const tokens = await client.authorizationCodeGrant(configuration, await arrived.promise, { pkceCodeVerifier, expectedState, expectedNonce });
  await client.fetchUserInfo(configuration, tokens.access_token, tokens.claims()?.sub ?? '');
  await user;
  listener.closeAllConnections();
  listener.close();
}

/** The same in the app's services: every byte recorded, sealed and durable on disk. */
async function recordedFlow(services: Services, environment: Environment, user: { done: Promise<unknown> }): Promise<void> {
  const started = await services.flows.start(environment, 'print');
  if (!started.ok) throw new Error(started.problem.message);
  await services.flows.whenIdle(started.value.runId);
  await user.done;
}

const bench: Bench = {
  name: 'a complete flow, recorded, beside a bare openid-client script',
  goal: '1.15× plus 10 ms',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'grantscope-bench-'));
    const provider = await startPracticeProvider({ lifetimes: { authorizationCode: 60, accessToken: 120, idToken: 120, refreshToken: 600 } });
    if (!provider.ok) throw new Error(provider.problem.message);
    const { vault, history } = await openBoth(join(folder, 'data'));
    const user: { done: Promise<unknown> } = { done: Promise.resolve() };
    const services = createServices({
      vault, history, versions: { grantscope: '0' }, onEvent: () => undefined, onRunning: () => undefined,
      practice: Object.assign(new InProcessPractice(), { start: async () => ({ ok: true as const, value: provider.value.info }) }),
      openBrowser: async ({ url }) => {
        user.done = new HttpUser().signIn(url);
        return { ok: true, value: null };
      },
    });
    const environment = environmentSchema.parse({
      id: randomUUID(), name: 'Bench', provider: { kind: 'practice' }, client: { id: '', authMethod: 'client_secret_basic' }, scope: 'openid profile email offline_access',
      redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256',
    });
    const timed = async (work: () => Promise<void>): Promise<number> => {
      const start = performance.now();
      await work();
      return performance.now() - start;
    };
    const [ours, baseline]: [number[], number[]] = [[], []];
    for (let round = -5; round < ROUNDS; round += 1) {
      const bare = await timed(() => bareFlow(provider.value));
      const recorded = await timed(() => recordedFlow(services, environment, user));
      if (round >= 0) {
        baseline.push(bare);
        ours.push(recorded);
      }
    }
    history.close();
    await provider.value.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    return { ours: median(ours), baseline: median(baseline), unit: 'ms', note: `median of ${ROUNDS} pairs, same server in this process, sealed and on disk` };
  },
};

export default bench;
