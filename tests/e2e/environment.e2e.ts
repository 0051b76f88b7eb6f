import { randomBytes } from 'node:crypto';
import { $, browser, expect } from '@wdio/globals';
import { button, field, press, region, value } from './support/app.ts';
import { stage } from './support/stage.ts';
import { filesWith } from '../support/keyring/canary.ts';

const canary = `CANARY-client-secret-${randomBytes(30).toString('base64url')}`;
const listed = async () => (await value('environment.list', {})).map(({ config }) => config.name);

describe('environments through the form', () => {
  it('bad input is refused next to its field, and nothing typed is lost', async () => {
    await press('New environment');
    await field('Name').setValue('Staging');
    await field('Issuer').setValue('not a url');
    await field('Client ID').setValue('client-1');
    await press('Save');
    await expect($('[role="alert"]')).toHaveText(expect.stringContaining('http'));
    expect(await field('Name').getValue()).toBe('Staging');
    expect(await field('Client ID').getValue()).toBe('client-1');
    expect(await listed()).toEqual(['Practice provider']);
  });

  it('good input is saved, its secret in the keychain and not on disk', async () => {
    await field('Issuer').setValue('https://idp.example.invalid');
    await field('Client secret').setValue(canary);
    await press('Save');
    await browser.waitUntil(async () => (await listed()).includes('Staging'), { timeoutMsg: 'It was not saved' });
    const saved = (await value('environment.list', {})).find(({ config }) => config.name === 'Staging');
    expect(saved).toMatchObject({ clientSecret: 'stored', config: { client: { id: 'client-1' }, redirect: { host: '127.0.0.1' }, pkce: 'S256' } });
    await expect(region('Environments')).toHaveText(expect.stringContaining('Staging'));
    expect(filesWith(stage().userData, [canary])).toEqual([]);
  });

  it('is duplicated, deleted and brought back', async () => {
    await $('//*[@aria-label="Environments"]//button[contains(normalize-space(.), "Staging")]').click();
    await press('Duplicate');
    await browser.waitUntil(async () => (await listed()).length === 3, { timeoutMsg: 'There is no copy' });
    await press('Delete');
    await browser.waitUntil(async () => (await listed()).length === 2, { timeoutMsg: 'Nothing was deleted' });
    await press('Undo');
    await browser.waitUntil(async () => (await listed()).length === 3, { timeoutMsg: 'Nothing came back' });
    await expect(button('Run')).toBeEnabled();
  });
});
