import { describe, expect, it } from 'vitest';
import { checkDraft, draftOf, newDraft } from '../../../src-renderer/environment/draft.ts';
import { redirectHints } from '../../../src-renderer/environment/redirect-hints.ts';
import { environmentOf } from '../support/recording.ts';

const id = '11111111-1111-4111-8111-111111111111';
const reasons = (changes: Partial<ReturnType<typeof newDraft>>): Record<string, string> => {
  const checked = checkDraft({ ...newDraft(id), name: 'x', issuer: 'https://idp.example', ...changes });
  return checked.ok ? {} : checked.reasons;
};

describe('an environment while it is typed', () => {
  it('refuses what is wrong, with the reason at its field', () => {
    expect(reasons({ name: '  ' })).toEqual({ name: 'Give the environment a name' });
    expect(reasons({ issuer: 'idp.example' })).toEqual({ 'provider.issuer': expect.stringContaining('absolute http') });
    expect(reasons({ port: 'fixed', portNumber: 70_000 })).toEqual({ 'redirect.port': 'Must be 65535 or less' });
    expect(reasons({ port: 'fixed', portNumber: null })).toEqual({});
    expect(reasons({ path: 'callback' })).toEqual({ 'redirect.path': expect.stringContaining('/') });
    expect(reasons({ scope: 'a "b"' })).toEqual({ scope: expect.stringContaining('RFC 6749') });
    expect(reasons({ limits: { ...newDraft('i').limits, browser: null } })).toEqual({ 'limits.browser': 'Enter a whole number' });
    expect(reasons({ authorizationParameters: [{ name: '', value: 'x' }] })).toEqual({ 'authorizationParameters.0.name': 'Name is missing' });
  });

  it('takes what is right', () => {
    expect(reasons({})).toEqual({});
    expect(reasons({ kind: 'manual', endpoints: { ...newDraft(id).endpoints, authorization_endpoint: 'https://a/x', token_endpoint: 'http://b/y' } })).toEqual({});
    expect(reasons({ kind: 'practice' })).toEqual({});
  });

  it('an environment opened and not changed is saved as it was', () => {
    const config = environmentOf({ authorizationParameters: [{ name: 'prompt', value: 'consent' }], redirect: { host: 'localhost', port: 8080, path: '/cb' } });
    expect(checkDraft(draftOf(config))).toEqual({ ok: true, config });
  });

  it('keeps what was typed for another kind of provider', () => {
    const draft = { ...newDraft(id), issuer: 'https://kept.example', kind: 'manual' as const };
    expect({ ...draft, kind: 'discovery' as const }.issuer).toBe('https://kept.example');
  });

  it('warns of localhost and explains a free port', () => {
    expect(redirectHints({ host: 'localhost', port: 80, path: '/' }).join()).toContain('§8.3');
    expect(redirectHints({ host: '127.0.0.1', port: null, path: '/' }).join()).toContain('§7.3');
  });
});
