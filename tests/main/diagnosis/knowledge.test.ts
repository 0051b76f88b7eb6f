import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { providerFiles } from '../../../resources/providers/index.ts';
import { providerSchema } from '../../../src-main/diagnosis/knowledge/schema.ts';
import { recognise } from '../../../src-main/diagnosis/knowledge/recognise.ts';
import { isCauseId } from '../../../src-main/diagnosis/cause-ids.ts';

describe('resources/providers', () => {
  it('refuses a file without sources', () => {
    expect(providerSchema.safeParse({ id: 'x', name: 'X', kind: 'saas', errors: [{ match: { endpoint: 'token', error: null }, cause: 'code_expired', explanation: 'x', fix: 'y', evidence: 'documented' }] }).success).toBe(false);
  });

  it.each(providerFiles.map((file) => [(file as { id: string }).id, file]))('%s passes the schema', (_id, file) => {
    const parsed = providerSchema.safeParse(file);
    expect(parsed.success ? [] : parsed.error.issues).toEqual([]);
  });

  it('lists every file once, under its own name', () => {
    const names = readdirSync('resources/providers').filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)).sort();
    expect(providerFiles.map((file) => (file as { id: string }).id).sort()).toEqual(names);
    expect(names).toHaveLength(41);
  });

  it('orders known causes only', () => {
    for (const file of providerFiles) for (const order of providerSchema.parse(file).check_order ?? []) for (const id of order.steps.flat()) expect(isCauseId(id), id).toBe(true);
  });
});

describe('recognising a provider', () => {
  const known = (url: string, answer = ''): string | null => recognise({ urls: [url], answer })?.provider.knowledge.id ?? null;

  it('assumes nothing of an unknown server', () => {
    expect(known('https://as.unknown.test/oauth2/token')).toBeNull();
    expect(known('https://notbox.company.test/token')).toBeNull();
    expect(known('https://login.microsoftonline.com.evil.test/x/token')).toBeNull();
  });

  it.each([
    ['https://login.microsoftonline.com/common/oauth2/v2.0/token', 'entra'],
    ['https://oauth2.googleapis.com/token', 'google'],
    ['https://tenant.eu.auth0.com/oauth/token', 'auth0'],
    ['https://sso.company.test/realms/main/protocol/openid-connect/token', 'keycloak'],
    ['https://dev-1.okta.com/oauth2/default/v1/token', 'okta'],
    ['https://x.auth.eu-west-1.amazoncognito.com/oauth2/token', 'aws-cognito'],
    ['https://ids.company.test/connect/token', 'duende-identityserver'],
    ['https://gitlab.company.test/oauth/token', 'gitlab'],
  ])('%s is %s', (url, id) => { expect(known(url)).toBe(id); });

  it('by the form of its answer', () => {
    expect(known('https://proxy.company.test/token', '{"error_description":"AADSTS70008: The code has expired"}')).toBe('entra');
  });
});
