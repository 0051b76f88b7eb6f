import { $, browser, expect } from '@wdio/globals';
import { button, press, region, stateOf, value } from './support/app.ts';
import { leave, runOnce, signIn } from './support/person.ts';

/** The first environment with tokens of three seconds. */
async function shortLived(change: Record<string, unknown>): Promise<void> {
  const [view] = await value('environment.list', {});
  if (!view) throw new Error('There is no environment.');
  const provider = { kind: 'practice' as const, client: 'confidential' as const, lifetimes: { authorizationCode: 60, accessToken: 3, idToken: 60, refreshToken: 60 } };
  await value('environment.save', { config: { ...view.config, provider, ...change }, secret: { action: 'keep' } });
}

describe('lifetimes in the window', () => {
  after(leave);
  let first = '';

  it('the countdown of an access token reaches zero, and the token is shown as expired', async () => {
    await shortLived({});
    first = await runOnce();
    await expect(region('Tokens')).toHaveText(expect.stringContaining('Expired'));
  });

  it('a token shows three clocks, relative and absolute, local and UTC', async () => {
    await (await $('//*[@aria-label="Tokens"]//li[contains(., "ID token")]//button[1]')).click();
    const details = region('Details');
    for (const part of ['Three clocks', 'received', 'Date', 'iat', 'exp', 'UTC', 'ago']) await expect(details).toHaveText(expect.stringContaining(part));
  });

  it('renewal keeps the tokens of the run fresh until it is stopped', async () => {
    await shortLived({ renewal: { enabled: true, share: 0.5 } });
    await browser.waitUntil(async () => (await stateOf(first)).tokens.filter(({ record }) => record.kind === 'access_token').length >= 3, { timeoutMsg: 'Nothing was renewed' });
    await expect(region('Renewal')).toHaveText(expect.stringContaining('renew'));
    await (await $('//*[@aria-label="Renewal"]//button[normalize-space(.)="Stop"]')).click();
    await expect(region('Renewal')).toHaveText(expect.stringContaining('renewal stopped'));
    const { tokens } = await stateOf(first);
    await browser.pause(2500);
    expect((await stateOf(first)).tokens).toHaveLength(tokens.length);
    await shortLived({ renewal: { enabled: false, share: 0.5 } });
  });

  it('a measurement says what it costs, asks for one sign-in and ends in a report', async () => {
    await press('Measure lifetimes…');
    const dialog = $('[role="dialog"]');
    await expect(dialog).toHaveText(expect.stringContaining('uses up'));
    await (await $('[role="dialog"] input[value="reuse-grace"]')).click();
    await press('Measure');
    await signIn();
    const report = region('Measurement');
    await browser.waitUntil(async () => (await report.getText()).includes('Measured.'), { timeout: 40_000, timeoutMsg: 'The measurement did not end' });
    await expect(report).toHaveText(expect.stringContaining('Rotation is on'));
    const [run] = await value('run.list', {});
    const { measure } = await stateOf(run?.id ?? '');
    const access = measure?.findings.find(({ question }) => question === 'access-token');
    expect(Math.abs((access?.atMost ?? 0) / 1000 - 3)).toBeLessThanOrEqual(1);
    await expect(button('Evidence')).toBeExisting();
  });
});
