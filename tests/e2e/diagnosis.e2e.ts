import { randomUUID } from 'node:crypto';
import { $, $$, browser, expect } from '@wdio/globals';
import { item, press, runAtRest, startRun, stateOf, value } from './support/app.ts';
import { leave, runOnce, signIn } from './support/person.ts';

const summary = (text: string) => $(`//summary[contains(normalize-space(.), '${text}')]`);

async function provoke(name: string): Promise<void> {
  await press('Provoke a failure');
  await item(name).waitForClickable();
  await item(name).click();
}

describe('acting on a diagnosis', () => {
  let runId = '';
  after(leave);

  it('a probe says what it sends and proves before anything is sent, and its answer is taken in where it was asked', async () => {
    runId = await runOnce();
    await provoke('Redeem the code again');
    await browser.waitUntil(async () => (await stateOf(runId)).refusals.length === 1);
    await runAtRest();
    const before = (await stateOf(runId)).exchanges.size;
    await summary('meaningless code').waitForClickable();
    await summary('meaningless code').click();
    const send = $('//details[@open]//button[normalize-space(.)="Send this probe"]');
    await send.waitForClickable();
    expect((await stateOf(runId)).exchanges.size).toBe(before);
    await send.click();
    await $('[role="note"]*=Probe:').waitForDisplayed();
    const state = await stateOf(runId);
    expect(state.probes).toMatchObject([{ probe: 'client-check' }]);
    expect(state.refusals).toHaveLength(1);
    await expect($('[aria-label="Diagnosis"] article')).toBeDisplayed();
    await browser.waitUntil(async () => (await $$('[aria-label="Diagnosis"] article').map((article) => article.getAttribute('aria-label')))[0] === 'The authorization code had been redeemed before');
  });

  it('sending again asks first where it spends something, and is a step of its own', async () => {
    await $('button[aria-label^="Send again"]').click();
    const steps = (await stateOf(runId)).steps.length;
    const confirm = $('//*[@role="dialog"]//button[normalize-space(.)="Send again"]');
    await confirm.waitForClickable();
    expect((await stateOf(runId)).steps).toHaveLength(steps);
    await confirm.click();
    await browser.waitUntil(async () => (await stateOf(runId)).steps.at(-1)?.kind === 'resend');
    await runAtRest();
    expect((await stateOf(runId)).refusals).toHaveLength(1);
  });

  it('one click runs again with the correction, and tokens come', async () => {
    await provoke('Redeem with a wrong verifier');
    await signIn();
    await browser.waitUntil(async () => (await stateOf(runId)).refusals.length === 2, { timeout: 20_000 });
    await runAtRest();
    const before = (await stateOf(runId)).tokens.length;
    const fix = $('[aria-label="What to do"] button');
    await fix.waitForClickable();
    await fix.click();
    await signIn();
    await browser.waitUntil(async () => (await stateOf(runId)).tokens.length > before, { timeout: 20_000, timeoutMsg: 'No tokens came of the correction' });
    await runAtRest();
  });

  it('where the configuration is at fault, one click opens the form at that field', async () => {
    const issuer = (await stateOf(runId)).metadata?.metadata['issuer'] as string;
    const id = randomUUID();
    await value('environment.save', {
      config: {
        id, name: 'Wrong secret', provider: { kind: 'discovery', issuer }, client: { id: 'practice-confidential', authMethod: 'client_secret_basic' }, scope: 'openid',
        redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256', authorizationParameters: [], tokenParameters: [], limits: { browser: 60, request: 10 },
      },
      secret: { action: 'set', value: 'CANARY-client_secret-wrong' },
    });
    await item('Wrong secret').waitForClickable();
    await item('Wrong secret').click();
    await startRun();
    await signIn();
    expect((await runAtRest()).error).toBe('invalid_client');
    await browser.waitUntil(async () => (await $('[aria-label="Diagnosis"] article').getAttribute('aria-label')) === 'The client secret is wrong');
    const open = $('//*[@aria-label="What to do"]//button[contains(normalize-space(.), "secret")]');
    await open.waitForClickable();
    await open.click();
    await $('[role="dialog"] [data-path="client.secret"][data-pointed]').waitForDisplayed();
  });
});
