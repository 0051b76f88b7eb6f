import { $, browser, expect } from '@wdio/globals';
import { field, press, region, runAtRest, stateOf, value } from './support/app.ts';
import { leave, runOnce } from './support/person.ts';

const choose = async (group: string, label: string): Promise<void> => { await $(`//*[@role="radiogroup" and @aria-label="${group}"]//label[normalize-space(.)="${label}"]`).click(); };

describe('options of a request, through the form', () => {
  after(leave);

  it('JSON of the wrong shape is refused next to its field', async () => {
    await press('Edit');
    await $('//summary[starts-with(normalize-space(.), "Request and response options")]').click();
    await field('claims').setValue('[]');
    await press('Save');
    await expect($('[role="alert"]')).toHaveText(expect.stringContaining('JSON object'));
    await field('claims').setValue('{"id_token": {"email": null}}');
  });

  it('a pushed request answered by form_post is a step of its own, and each parameter is explained', async () => {
    await choose('Pushed authorization request', 'On');
    await field('response_mode').selectByVisibleText('form_post');
    await field('max_age').setValue('0');
    await press('Save');
    await browser.waitUntil(async () => (await value('environment.list', {}))[0]?.config.request?.pushed === true, { timeoutMsg: 'It was not saved' });
    const run = await runOnce();
    const state = await stateOf(run);
    expect(state.steps.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(['discover ok', 'par ok', 'authorize ok', 'receive ok', 'exchange ok', 'validate ok', 'userinfo ok']);
    expect(state.callbacks.map(({ verdict, carrier }) => [verdict, carrier])).toEqual([['accepted', 'form_post']]);
    expect((await runAtRest()).state).toBe('ok');
    const arrow = await $('//*[@aria-label="Sequence"]//button[starts-with(@aria-label, "Authorization request")]');
    await arrow.scrollIntoView();
    await arrow.click();
    await expect(region('Details')).toHaveText(expect.stringContaining('RFC 9126 §2'));
    await expect(region('Parameters of the authorization request')).toHaveText(expect.stringContaining('OIDC Core §3.1.2.1'));
  });

  it('an https redirect shows the certificate a browser will warn of', async () => {
    await $('//*[@aria-label="Environments"]//button[contains(normalize-space(.), "Practice")]').click();
    await press('Edit');
    await choose('Scheme', 'https');
    await expect($('[data-path="redirect.certificate"]')).toHaveText(expect.stringMatching(/SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}/));
    await expect($('[data-testid="redirect-uri"]')).toHaveText(expect.stringContaining('https://127.0.0.1:'));
    await $('//summary[starts-with(normalize-space(.), "Request and response options")]').scrollIntoView();
  });
});
