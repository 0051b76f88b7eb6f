import { browser, expect } from '@wdio/globals';
import { button, press, region, runAtRest, startRun, stateOf, value } from './support/app.ts';
import { leave, signIn } from './support/person.ts';

describe('a first run', () => {
  let runId = '';
  after(leave);

  it('a first start shows the practice environment, ready to run', async () => {
    await expect(region('Environments')).toHaveText(expect.stringContaining('Practice provider'));
    await expect(button('Run')).toBeEnabled();
    const { vault } = await value('app.info', {});
    expect(vault).toMatchObject({ state: 'available', memory: false });
  });

  it('Run opens the system browser, takes the redirect and ends with tokens', async () => {
    await startRun();
    const url = new URL(await signIn());
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' });
    const run = await runAtRest();
    expect(run).toMatchObject({ state: 'ok', practice: true, error: null });
    runId = run.id;
    const { steps } = await stateOf(runId);
    expect(steps.map(({ kind, outcome }) => `${kind} ${outcome ?? 'open'}`)).toEqual([
      'discover ok', 'authorize ok', 'receive ok', 'exchange ok', 'validate ok', 'userinfo ok',
    ]);
  });

  it('the sequence shows each step with its status', async () => {
    const sequence = region('Sequence');
    await expect(sequence).toHaveText(expect.stringContaining('200'));
    await expect(sequence).toHaveText(expect.stringContaining('POST /token'));
  });

  it('selecting the token request shows it as it went over the wire, secrets masked', async () => {
    const arrow = await $('//*[@aria-label="Sequence"]//button[contains(@aria-label, "/token")]');
    await arrow.click();
    await press('Request');
    const inspector = region('Inspector');
    await expect(inspector).toHaveText(expect.stringContaining('grant_type'));
    expect(await inspector.getText()).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]{40}/);
  });

  it('the tokens are there, each with where its end comes from and a countdown that moves', async () => {
    const tokens = region('Tokens');
    for (const kind of ['Access token', 'Refresh token', 'ID token']) await expect(tokens).toHaveText(expect.stringContaining(kind));
    await expect(tokens).toHaveText(expect.stringContaining('expires_in'));
    const before = await tokens.getText();
    await browser.waitUntil(async () => (await tokens.getText()) !== before, { timeout: 5000, timeoutMsg: 'No countdown moved' });
  });

  it('Refresh, Revoke and Introspect are one click each', async () => {
    for (const [name, kind] of [['Refresh', 'refresh'], ['Introspect', 'introspect'], ['Revoke', 'revoke']] as const) {
      await press(name);
      await browser.waitUntil(async () => (await stateOf(runId)).steps.some((step) => step.kind === kind && step.outcome === 'ok'), {
        timeoutMsg: `${name} did not succeed`,
      });
      await runAtRest();
    }
    const { tokens } = await stateOf(runId);
    const refreshTokens = tokens.filter(({ record }) => record.kind === 'refresh_token');
    expect(refreshTokens.length).toBe(2);
    expect(refreshTokens[0]?.fate).toBe('superseded');
    expect(tokens.some(({ fate }) => fate === 'revoked')).toBe(true);
  });
});
