import { describe, expect, it } from 'vitest';
import { newEnvironment } from '../../../src-main/environment/index.ts';
import { changesBetween, changesProvider, compareEnvironments } from '../../../src-main/environment/changes.ts';
import { exportEnvironments, readEnvironments } from '../../../src-main/environment/collection.ts';

const one = newEnvironment({ name: 'One', client: { id: 'c1', authMethod: 'none' }, provider: { kind: 'discovery', issuer: 'https://one.example' } });
const two = newEnvironment({ name: 'Two', client: { id: 'c2', authMethod: 'client_secret_post' }, provider: { kind: 'discovery', issuer: 'https://two.example' } });

describe('reading a file of several environments', () => {
  const file = (content: object): string => JSON.stringify({ format: 'grantscope-environments', version: 1, ...content });
  const entries = (JSON.parse(exportEnvironments([one, two]).text) as { environments: Record<string, unknown>[] }).environments;
  const refused: [string, string, string][] = [
    ['a newer version', file({ version: 2, environments: entries }), 'version'],
    ['no list', file({ environments: {} }), 'environments'],
    ['an empty list', file({ environments: [] }), 'environments'],
    ['an unknown member', file({ environments: entries, secret: 'CANARY' }), 'secret'],
    ['an entry that does not fit', file({ environments: [entries[0], { ...entries[1], scope: 5 }] }), 'environments.1.scope'],
    ['an entry with a secret', file({ environments: [{ ...entries[0], client: { id: 'a', authMethod: 'none', secret: 'CANARY-secret' } }] }), 'environments.0.client.secret'],
    ['the same id twice', file({ environments: [entries[0], entries[0]] }), 'environments.1.id'],
    ['another file', '{"log":{}}', 'format'],
  ];
  it.each(refused)('refuses %s and names the place', (_, text, field) => {
    const read = readEnvironments(text);
    expect(read.ok ? null : read.problem.field).toBe(field);
    if (!read.ok) expect(JSON.stringify(read.problem)).not.toContain('CANARY');
  });
  it('gives back what was written, one or several', () => {
    expect(readEnvironments(exportEnvironments([one, two]).text)).toEqual({ ok: true, value: [one, two] });
    expect(readEnvironments(exportEnvironments([one]).text)).toEqual({ ok: true, value: [one] });
  });
  it('names what it left out', () => {
    const withSecret = { ...one, tokenParameters: [{ name: 'client_secret', value: 'CANARY-secret' }] };
    const { text, leftOut } = exportEnvironments([withSecret, two]);
    expect(leftOut).toEqual(['client_secret']);
    expect(text).not.toContain('CANARY');
  });
});

describe('what would change', () => {
  it('tells new, same and different apart, by id first and then by name', () => {
    const changed = { ...one, name: 'Renamed', scope: 'openid email' };
    const named = { ...two, id: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa', pkce: 'off' as const };
    const states = compareEnvironments([changed, named, { ...two }, newEnvironment({ name: 'Three', client: { id: 'c', authMethod: 'none' }, provider: { kind: 'discovery', issuer: 'https://three.example' } })], [one, two]).map(({ entry }) => [entry.state, entry.existing, entry.changes.map(({ path }) => path)]);
    expect(states).toEqual([['conflict', 'One', ['name', 'scope']], ['conflict', 'Two', ['pkce']], ['same', 'Two', []], ['new', null, []]]);
  });
  it('shows both sides', () => {
    expect(changesBetween(one, { ...one, redirect: { ...one.redirect, port: 4000 } })).toEqual([{ path: 'redirect.port', here: JSON.stringify(one.redirect.port), file: '4000' }]);
  });
  it('knows when kept secrets would go elsewhere', () => {
    expect(changesProvider(one, { ...one, scope: 'a' })).toBe(false);
    expect(changesProvider(one, { ...one, provider: two.provider })).toBe(true);
    expect(changesProvider(one, { ...one, client: { ...one.client, id: 'other' } })).toBe(true);
  });
});
