import { generateKeyPairSync } from 'node:crypto';
import { $, browser, expect } from '@wdio/globals';
import { field, press, value } from './support/app.ts';
import { stage } from './support/stage.ts';
import { filesWith } from '../support/keyring/canary.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privatePem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const saved = async () => (await value('environment.list', {})).find(({ config }) => config.name === 'Signing');
const labelled = (name: string) => $(`[aria-label="${name}"]`);

describe('a client that authenticates with a key', () => {
  it('a key that cannot be used is refused next to its field', async () => {
    await press('New environment');
    await field('Name').setValue('Signing');
    await field('Issuer').setValue('https://idp.example.invalid');
    await field('Client ID').setValue('client-1');
    await field('Authentication').selectByAttribute('value', 'private_key_jwt');
    await press('Import a key…');
    await labelled('Private key, PEM or JWK').setValue(publicPem);
    await press('Use this key');
    await expect($('[role="alert"]')).toHaveText(expect.stringContaining('public key'));
    await labelled('Private key, PEM or JWK').setValue(privatePem);
    await labelled('Algorithm of the imported key').selectByAttribute('value', 'ES256');
    await press('Use this key');
    await expect($('[role="alert"]')).toHaveText(expect.stringContaining('P-256'));
  });

  it('a good one is taken, shown by its public side, and sealed on save', async () => {
    await labelled('Algorithm of the imported key').selectByAttribute('value', 'PS256');
    await press('Use this key');
    await expect(labelled('Copy the public JWKS')).toBeExisting();
    await press('Save');
    await browser.waitUntil(async () => (await saved()) !== undefined, { timeoutMsg: 'It was not saved' });
    const config = (await saved())?.config;
    expect(config).toMatchObject({ client: { authMethod: 'private_key_jwt' } });
    expect(JSON.stringify(config)).not.toContain('PRIVATE KEY');
    const [signing, ...others] = await value('key.list', { environmentId: config?.id ?? '' });
    expect(others.map(({ state }) => state)).toEqual(['absent', 'absent']);
    expect(signing).toMatchObject({ state: 'stored', view: { use: 'signing', alg: 'PS256', publicJwk: { kty: 'RSA', n: pair.publicKey.export({ format: 'jwk' }).n } } });
    await expect($('//dt[.="Private key"]/following-sibling::dd[1]')).toHaveText(expect.stringContaining('PS256'));
    const secrets = [privatePem.split('\n')[2] ?? '', pair.privateKey.export({ format: 'jwk' }).d ?? ''];
    expect(secrets.every((text) => text.length > 40)).toBe(true);
    expect(filesWith(stage().userData, secrets)).toEqual([]);
  });

  it('a certificate is generated and shown for registering', async () => {
    await press('Edit');
    await field('Authentication').selectByAttribute('value', 'self_signed_tls_client_auth');
    await press('Generate');
    await expect(labelled('Copy the certificate as PEM')).toBeExisting();
    await press('Save');
    await browser.waitUntil(async () => (await saved())?.config.client.authMethod === 'self_signed_tls_client_auth', { timeoutMsg: 'It was not saved' });
    expect((await saved())?.config.clientAuth?.certificate).toContain('BEGIN CERTIFICATE');
  });
});
