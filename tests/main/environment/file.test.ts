import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../src-main/contract/index.ts';
import { environmentFileJsonSchema, exportEnvironment, readEnvironmentFile } from '../../../src-main/environment/file.ts';
import { newEnvironment, practiceEnvironment } from '../../../src-main/environment/index.ts';
import { canary } from '../../support/keyring/canary.ts';

const head = { format: 'grantscope-environment', version: 1 };
const smallest = { ...head, name: 'Staging', provider: { kind: 'discovery', issuer: 'https://as.test' }, client: { id: 'app' } };
const read = (content: unknown): ReturnType<typeof readEnvironmentFile> => readEnvironmentFile(typeof content === 'string' ? content : JSON.stringify(content));

describe('a file of an environment is refused', () => {
  it.each([
    ['no JSON', '{"format": ', 'environment-file-no-json', undefined],
    ['JSON cut in a line', '{\n  "format": "grantscope-environment"\n  "version": 1\n}', 'environment-file-no-json', undefined],
    ['an array', [], 'environment-file-foreign', undefined],
    ['another format', { log: { entries: [] } }, 'environment-file-foreign', 'format'],
    ['a newer version', { ...smallest, version: 2 }, 'environment-file-newer', 'version'],
    ['no version', { ...smallest, version: undefined }, 'environment-file-version', 'version'],
    ['no name', { ...smallest, name: undefined }, 'invalid-environment', 'name'],
    ['no provider', { ...smallest, provider: undefined }, 'invalid-environment', 'provider'],
    ['a strange provider', { ...smallest, provider: { kind: 'magic' } }, 'invalid-environment', 'provider.kind'],
    ['an issuer that is no web address', { ...smallest, provider: { kind: 'discovery', issuer: 'file:///etc' } }, 'invalid-environment', 'provider.issuer'],
    ['no endpoint', { ...smallest, provider: { kind: 'manual', endpoints: { token_endpoint: 'https://as.test/t' } } }, 'invalid-environment', 'provider.endpoints.authorization_endpoint'],
    ['no client', { ...smallest, client: undefined }, 'client-id-missing', 'client.id'],
    ['a port out of range', { ...smallest, redirect: { port: 70_000 } }, 'invalid-environment', 'redirect.port'],
    ['a misspelt member', { ...smallest, scopes: 'openid' }, 'environment-file-unknown-member', 'scopes'],
    ['a misspelt member further in', { ...smallest, client: { id: 'app', authmethod: 'none' } }, 'environment-file-unknown-member', 'client.authmethod'],
  ])('%s: the member and why', (_name, content, code, field) => {
    const result = read(content);
    expect(result).toMatchObject({ ok: false, problem: { code, ...(field !== undefined && { field }) } });
    if (!result.ok && field !== undefined) expect(result.problem.message).toContain(field);
  });

  it('a secret in any place, without repeating it', () => {
    const secret = canary('file');
    for (const content of [
      { ...smallest, client: { id: 'app', secret } }, { ...smallest, client: { id: 'app', clientSecret: secret } }, { ...smallest, client_secret: secret },
      { ...smallest, tokenParameters: [{ name: 'client_secret', value: secret }] }, { ...smallest, authorizationParameters: [{ name: 'a', value: 'b' }, { name: 'api_key', value: secret }] },
    ]) {
      const result = read(content);
      expect(result).toMatchObject({ ok: false, problem: { code: 'environment-file-secret' } });
      expect(JSON.stringify(result)).not.toContain(secret);
    }
  });

  it('says where JSON breaks off', () => {
    const result = read('{\n  "format": "grantscope-environment"\n  "version": 1\n}');
    expect(result.ok ? '' : result.problem.message).toMatch(/line 3, column 3|character \d+/);
  });

  it('anything at all: a result, never an exception', () => {
    fc.assert(fc.property(fc.json(), (text) => { expect(readEnvironmentFile(text).ok).toBe(false); }), { numRuns: 200 });
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('name', 'provider', 'client', 'scope', 'redirect', 'pkce', '__proto__', 'x'), fc.jsonValue()), (members) => {
      const result = readEnvironmentFile(JSON.stringify({ ...members, ...head }));
      expect(result.ok || result.problem.message.length > 0).toBe(true);
    }), { numRuns: 300 });
  });
});

describe('a file of an environment', () => {
  it('needs a name, a provider and a client id; the rest has defaults', () => {
    expect(read(smallest)).toMatchObject({ ok: true, value: {
      name: 'Staging', client: { id: 'app', authMethod: 'client_secret_basic' }, scope: 'openid', pkce: 'S256',
      redirect: { host: '127.0.0.1', port: null, path: '/callback' }, limits: { browser: 300, request: 30 },
    } });
    expect(read({ ...smallest, provider: { kind: 'manual', endpoints: { authorization_endpoint: 'https://as.test/a', token_endpoint: 'https://as.test/t' } } })).toMatchObject({ ok: true });
    expect(read({ ...head, name: 'P', provider: { kind: 'practice' } })).toMatchObject({ ok: true, value: { provider: { client: 'confidential', lifetimes: { authorizationCode: 60 } } } });
    expect(read(`\ufeff${JSON.stringify({ $schema: './environment.schema.json', ...smallest, redirect: { port: 8080 } })}`)).toMatchObject({ ok: true, value: { redirect: { host: '127.0.0.1', port: 8080 } } });
  });

  it('gives back what was exported, with its id', () => {
    const environments: Environment[] = [practiceEnvironment(), newEnvironment({
      name: 'Tenant “A”', provider: { kind: 'manual', endpoints: { authorization_endpoint: 'https://as.test/a', token_endpoint: 'https://as.test/t' } },
      client: { id: 'x', authMethod: 'none' }, redirect: { host: 'localhost', port: 8080, path: '/cb' }, pkce: 'plain', tokenParameters: [{ name: 'audience', value: 'api' }],
    })];
    for (const environment of environments) {
      const { text, leftOut } = exportEnvironment(environment);
      expect(leftOut).toEqual([]);
      expect(text.endsWith('}\n')).toBe(true);
      expect(read(text)).toEqual({ ok: true, value: environment });
      expect(exportEnvironment(environment).text).toBe(text);
    }
  });

  it('never holds a secret that was typed in as a parameter', () => {
    const secret = canary('parameter');
    const { text, leftOut } = exportEnvironment(newEnvironment({
      name: 'x', provider: { kind: 'discovery', issuer: 'https://as.test' }, client: { id: 'app', authMethod: 'none' },
      tokenParameters: [{ name: 'client_secret', value: secret }, { name: 'audience', value: 'api' }], authorizationParameters: [{ name: 'id_token_hint', value: secret }],
    }));
    expect(text).not.toContain(secret);
    expect(leftOut).toEqual(['id_token_hint', 'client_secret']);
    expect(read(text)).toMatchObject({ ok: true, value: { tokenParameters: [{ name: 'audience', value: 'api' }] } });
  });

  // After a change of the environment's schema: vitest with `run tests/main/environment/file.test.ts --update` writes it anew.
  it('has a JSON Schema in docs that is current', async () => {
    await expect(environmentFileJsonSchema()).toMatchFileSnapshot('../../../docs/environment.schema.json');
    expect(JSON.parse(readFileSync('docs/environment.schema.json', 'utf8'))).toMatchObject({ required: ['name', 'provider', 'format', 'version'] });
  });
});
