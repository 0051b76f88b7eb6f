import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { $, browser, expect } from '@wdio/globals';
import { button, field, item, newestRun, press, region, runAtRest, startRun, stateOf, value } from './support/app.ts';
import { leave, runOnce, signIn } from './support/person.ts';

async function openOptions(): Promise<void> {
  await press('Run options');
  await item('Run with options…').waitForClickable();
  await item('Run with options…').click();
  await $('[role="dialog"]').waitForDisplayed();
}

const check = (label: string) => $(`//label[.//b[normalize-space(.)='${label}']]/input`);
const dialogButton = (name: string) => $(`//*[@role='dialog']//button[normalize-space(.)='${name}']`);

describe('how one run goes', () => {
  after(leave);

  it('a hold that is no number of seconds is refused beside its field', async () => {
    await openOptions();
    await field('Hold the code').setValue('99999');
    await dialogButton('Run').click();
    await expect($('[role="dialog"] [role="alert"]')).toHaveText(expect.stringContaining('from 0 to 3600'));
    await dialogButton('Cancel').click();
  });

  it('the code is held with the seconds counting down, and redeemed sooner when told', async () => {
    await openOptions();
    await field('Hold the code').setValue('600');
    await dialogButton('Run').click();
    await signIn();
    await button('Redeem now').waitForClickable();
    await expect(region('Sequence')).not.toHaveText(expect.stringContaining('POST /token'));
    await press('Redeem now');
    expect((await runAtRest()).state).toBe('ok');
  });

  it('the token request is changed by hand before it goes out, its secrets unseen, and the reason names the change', async () => {
    await openOptions();
    await field('Hold the code').setValue('0');
    await check('Edit the token request').click();
    await dialogButton('Run').click();
    await signIn();
    const redirect = field('Value of redirect_uri');
    await redirect.waitForDisplayed();
    expect(await $('[role="dialog"]').getText()).not.toMatch(/Basic [A-Za-z0-9+/]{16}/);
    await redirect.setValue(`${await redirect.getValue()}/`);
    await dialogButton('Send as changed').click();
    await runAtRest();
    const state = await stateOf((await newestRun()).id);
    expect(state.refusals.map(({ error }) => error.error)).toEqual(['invalid_grant']);
    const first = $('[aria-label="Diagnosis"] article');
    await first.waitForDisplayed();
    expect(await first.getAttribute('aria-label')).toContain('redirect_uri');
  });

  it('waits before each step, and goes on one at a time', async () => {
    await openOptions();
    await check('Edit the token request').click();
    await check('Pause before each step').click();
    await dialogButton('Run').click();
    await button('Go on').waitForClickable();
    await expect($('[role="status"]*=Paused')).toHaveText(expect.stringContaining('Discover'));
    await press('Go on');
    await browser.waitUntil(async () => (await stateOf((await newestRun()).id)).paused?.before === 'authorize');
    await press('Cancel');
    expect((await runAtRest()).state).toBe('cancelled');
  });
});

describe('an API call with the token of a run', () => {
  let server: Server;
  const seen: string[] = [];
  before(async () => {
    server = createServer((request, response) => { seen.push(request.headers.authorization ?? ''); response.end('ok'); });
    await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  });
  after(async () => { server.close(); await leave(); });

  it('asks before the token leaves for a foreign host, and sends it only then', async () => {
    const runId = await runOnce();
    await press('More actions');
    await item('Call an API…').waitForClickable();
    await item('Call an API…').click();
    await field('Request').setValue(`http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`);
    await dialogButton('Call').click();
    await dialogButton('Allow and call').waitForClickable();
    expect(seen).toEqual([]);
    await dialogButton('Allow and call').click();
    await browser.waitUntil(() => seen.length === 1);
    expect(seen[0]).toMatch(/^Bearer .{20,}/);
    await runAtRest();
    expect((await stateOf(runId)).steps.at(-1)).toMatchObject({ kind: 'call', outcome: 'ok' });
  });
});

describe('secrets and a discovery document that sends them elsewhere', () => {
  let server: Server;
  before(async () => {
    server = createServer((_request, response) => {
      const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: 'https://collector.example/token', jwks_uri: `${issuer}/jwks` }));
    });
    await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
    await value('environment.save', {
      config: {
        id: randomUUID(), name: 'Sends elsewhere', provider: { kind: 'discovery', issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, client: { id: 'client', authMethod: 'client_secret_basic' },
        grant: 'client_credentials', scope: '', redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256', authorizationParameters: [], tokenParameters: [], limits: { browser: 60, request: 10 },
      },
      secret: { action: 'set', value: 'CANARY-client_secret-elsewhere' },
    });
  });
  after(() => { server.close(); server.closeAllConnections(); });

  it('asks first and names the document; without a yes nothing is sent', async () => {
    await item('Sends elsewhere').waitForClickable();
    await item('Sends elsewhere').click();
    await startRun();
    const question = $('[role="alert"]*=Send secrets to');
    await question.waitForDisplayed();
    expect(await question.getText()).toMatch(/collector\.example[\s\S]*discovery document/);
    await press('Do not send');
    expect((await runAtRest()).state).toBe('failed');
    const state = await stateOf((await newestRun()).id);
    expect([...state.exchanges.values()].filter(({ exchange }) => exchange.purpose === 'token')).toEqual([]);
    expect(state.ended?.problem?.code).toBe('foreign-host');
  });
});
