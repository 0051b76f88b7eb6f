import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../../src-main/contract/index.ts';
import { environmentFor, knowledgeChecks, presetsFrom } from '../../../src-main/environment/index.ts';
import { knownProviders, setupFindings } from '../../../src-main/setup-findings.ts';

const known = knownProviders();
const provider = (id: string) => known.find((one) => one.id === id) ?? (() => { throw new Error(`No provider ${id}`); })();
const filled = { domain: 'tenant.eu.auth0.com', host: 'sso.example.com', realm: 'main', tenant: 'common', slug: 'app', region: 'eu-west-1', userPoolId: 'eu-west-1_abc', tenantGuid: 'a1b2', issuer: 'https://as.example.com/tenant', directory: 'contoso', tenantId: 'a1b2', version: 'v19.0', authServerId: 'default', subdomain: 'acme', env: 'sandbox.', port: '9031', dc: 'eu', policy: 'b2c_1_signin' };

describe('a new environment for a known provider', () => {
  it('refuses a missing value, a URL where a name belongs, and an issuer that is none, each at its field', () => {
    expect(environmentFor(provider('keycloak'), { host: 'sso.example.com' })).toMatchObject({ ok: false, problem: { code: 'preset-value-missing', field: 'realm' } });
    for (const host of ['https://sso.example.com', 'a b', 'a/../b', 'user@host', 'a#b']) expect(environmentFor(provider('keycloak'), { host, realm: 'main' })).toMatchObject({ ok: false, problem: { field: 'host' } });
    expect(environmentFor(provider('dex'), { issuer: 'javascript:alert(1)' })).toMatchObject({ ok: false, problem: { field: 'issuer' } });
  });

  it('is valid for every provider of the data, or the list says why there is none', () => {
    const presets = presetsFrom(known);
    expect(presets).toHaveLength(known.length);
    for (const preset of presets) {
      if (preset.how === null) {
        expect(preset.why, preset.id).toBeTruthy();
        continue;
      }
      const made = environmentFor(provider(preset.id), filled);
      expect(made.ok, `${preset.id}: ${made.ok ? '' : made.problem.message}`).toBe(true);
      if (made.ok) expect(environmentSchema.safeParse(made.value).success, preset.id).toBe(true);
    }
    expect(presets.filter(({ how }) => how === null).map(({ id }) => id)).toEqual(['paypal']);
  });

  it('takes addresses, redirect, scopes and parameters from the sources', () => {
    const made = (id: string) => { const result = environmentFor(provider(id), filled); if (!result.ok) throw new Error(result.problem.message); return result.value; };
    expect(made('keycloak').provider).toEqual({ kind: 'discovery', issuer: 'https://sso.example.com/realms/main' });
    expect(made('keycloak').redirect.host).toBe('localhost');
    expect(made('google').authorizationParameters).toEqual([{ name: 'access_type', value: 'offline' }, { name: 'prompt', value: 'consent' }]);
    expect(made('spotify').redirect).toMatchObject({ host: '127.0.0.1', port: null });
    expect(made('auth0').redirect.port).not.toBeNull();
    expect(made('entra').scope).toContain('offline_access');
    expect(made('github').provider.kind).toBe('manual');
  });

  it('has nothing to complain of in what it made itself', () => {
    for (const one of known) {
      const made = environmentFor(one, filled);
      if (made.ok) expect(knowledgeChecks(made.value, one).filter(({ code }) => code !== 'no-refresh-token'), one.id).toEqual([]);
    }
  });
});

describe('what is known of a provider, held against a setup', () => {
  const google = () => { const made = environmentFor(provider('google'), {}); if (!made.ok) throw new Error(made.problem.message); return made.value; };

  it('recognises it by its address and says what will surprise, with the source and the field', () => {
    const { findings, provider: found } = setupFindings({ ...google(), authorizationParameters: [] }, null, 'stored');
    expect(found?.id).toBe('google');
    expect(findings.find(({ code }) => code === 'no-refresh-token')).toMatchObject({ field: 'authorizationParameters', message: expect.stringContaining('access_type=offline') as string, why: expect.stringContaining('https://') as string });
  });

  it('names a host that is refused, a port that must not change, a method that is not offered', () => {
    const spotify = environmentFor(provider('spotify'), {});
    const auth0 = environmentFor(provider('auth0'), filled);
    if (!spotify.ok || !auth0.ok) throw new Error('No environment');
    expect(knowledgeChecks({ ...spotify.value, redirect: { ...spotify.value.redirect, host: 'localhost' } }, provider('spotify'))).toMatchObject([{ code: 'redirect-host-refused', field: 'redirect.host' }]);
    expect(knowledgeChecks({ ...auth0.value, redirect: { ...auth0.value.redirect, port: null } }, provider('auth0'))).toMatchObject([{ code: 'redirect-port-changes' }]);
    expect(knowledgeChecks({ ...auth0.value, client: { id: 'a', authMethod: 'client_secret_basic' } }, provider('auth0'))).toMatchObject([{ code: 'auth-method-unknown-there' }]);
    expect(knowledgeChecks({ ...auth0.value, pkce: 'plain' }, provider('auth0'))).toMatchObject([{ code: 'pkce-unknown-there' }]);
  });

  it('knows nothing of an unknown provider and makes nothing up', () => {
    const unknown = { ...google(), provider: { kind: 'discovery' as const, issuer: 'https://as.unknown.test' }, scope: 'openid' };
    expect(setupFindings(unknown, null, 'stored')).toEqual({ findings: [], provider: null });
  });
});
