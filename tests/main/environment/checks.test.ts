import { describe, expect, it } from 'vitest';
import type { Environment, SecretState } from '../../../src-main/contract/index.ts';
import { environmentSchema } from '../../../src-main/contract/index.ts';
import { setupChecks } from '../../../src-main/environment/checks.ts';
import { newEnvironment } from '../../../src-main/environment/index.ts';

const ISSUER = 'https://as.test';
const good = newEnvironment({ name: 'Good', provider: { kind: 'discovery', issuer: ISSUER }, client: { id: 'app', authMethod: 'client_secret_basic' }, scope: 'openid' });
const served = {
  issuer: ISSUER, grant_types_supported: ['authorization_code'], response_types_supported: ['code'], scopes_supported: ['openid', 'email'],
  token_endpoint_auth_methods_supported: ['client_secret_basic'], code_challenge_methods_supported: ['S256'],
};
/** Codes with the field each points to. */
const found = (change: Record<string, unknown>, metadata: Record<string, unknown> | null = served, clientSecret: SecretState = 'stored') =>
  setupChecks({ environment: environmentSchema.parse({ ...good, ...change }), metadata, clientSecret }).map(({ code, field }) => `${code} @ ${field}`);
const provider = (issuer: string): Environment['provider'] => ({ kind: 'discovery', issuer });

describe('what a setup will fail on, before anything is sent', () => {
  it('finds nothing in a good one, with and without metadata', () => {
    expect(found({})).toEqual([]);
    expect(found({}, null)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['an authentication method that is not offered', { client: { id: 'app', authMethod: 'client_secret_post' } }, {}, 'auth-method-not-offered @ client.authMethod'],
    ['a PKCE method that is not offered', { pkce: 'plain' }, {}, 'pkce-not-offered @ pkce'],
    ['no PKCE', { pkce: 'off' }, {}, 'pkce-off @ pkce'],
    ['a scope that is not listed', { scope: 'openid calendar' }, {}, 'scope-not-listed @ scope'],
    ['a scope twice', { scope: 'openid openid' }, {}, 'scope-twice @ scope'],
    ['no openid where it is known', { scope: 'email' }, {}, 'scope-openid-missing @ scope'],
    ['no offline_access where it brings the refresh token', {}, { scopes_supported: ['openid', 'offline_access'] }, 'scope-offline-missing @ scope'],
    ['offline_access without consent', { scope: 'openid offline_access' }, { scopes_supported: ['openid', 'offline_access'] }, 'offline-without-consent @ authorizationParameters'],
    ['localhost, which is not 127.0.0.1', { redirect: { host: 'localhost', port: 8765, path: '/callback' } }, {}, 'redirect-localhost @ redirect.host'],
    ['an issuer that differs in its slash', {}, { issuer: `${ISSUER}/` }, 'issuer-slash @ provider.issuer'],
    ['an issuer in the clear', { provider: provider('http://as.test') }, { issuer: 'http://as.test' }, 'issuer-insecure @ provider.issuer'],
    ['a grant that is not offered', {}, { grant_types_supported: ['implicit'] }, 'grant-not-offered @ provider.issuer'],
    ['a response type that is not offered', {}, { response_types_supported: ['id_token'] }, 'response-type-not-offered @ provider.issuer'],
    ['a space in the client id', { client: { id: 'app ', authMethod: 'client_secret_basic' } }, {}, 'client-id-spaces @ client.id'],
    ['a parameter of ours added again', { tokenParameters: [{ name: 'grant_type', value: 'x' }] }, {}, 'parameter-reserved @ tokenParameters.0.name'],
  ])('%s', (_what, change, metadata, code) => {
    expect(found(change, { ...served, ...metadata })).toEqual([code]);
  });

  it('a secret that is missing, locked or unreadable', () => {
    for (const [state, code] of [['absent', 'secret-missing'], ['locked', 'secret-locked'], ['failed', 'secret-unreadable']] as const) expect(found({}, served, state), state).toEqual([`${code} @ client.secret`]);
    expect(found({ client: { id: 'app', authMethod: 'none' } }, null, 'absent')).toEqual([]);
  });

  it('hand-typed endpoints without a key set', () => {
    expect(found({ provider: { kind: 'manual', endpoints: { authorization_endpoint: `${ISSUER}/a`, token_endpoint: `${ISSUER}/t` } } }, {})).toEqual(['jwks-missing @ provider.endpoints.jwks_uri']);
  });

  it('says in each what to do or why, and lets no text of the provider break its line', () => {
    const metadata = { ...served, issuer: `${ISSUER}/`, code_challenge_methods_supported: ['evil\n\u202eetadata'], token_endpoint_auth_methods_supported: [], scopes_supported: ['offline_access'] };
    const problems = setupChecks({ environment: good, metadata, clientSecret: 'absent' });
    expect(problems.length).toBeGreaterThan(4);
    for (const { code, message, why, next } of problems) {
      expect(`${why ?? ''}${next ?? ''}`, code).not.toBe('');
      expect(`${message}${why}${next}`, code).not.toMatch(/[\n\u202e]/);
    }
  });

  it('takes metadata of any shape', () => {
    for (const odd of [null, 7, 'S256', {}, [7, null, {}]]) expect(() => found({}, Object.fromEntries(Object.keys(served).map((name) => [name, odd])))).not.toThrow();
  });
});
