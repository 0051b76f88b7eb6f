import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { PracticeLifetimes } from '../../../src-main/contract/index.ts';
import { canary } from '../../support/keyring/canary.ts';
import type { Played } from './play.ts';
import { lastLine, play } from './play.ts';

const folder = mkdtempSync(join(tmpdir(), 'grantscope-run-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: object): string => {
  writeFileSync(join(folder, name), JSON.stringify({ format: 'grantscope-environment', version: 1, name, ...content }));
  return name;
};
const practice = (name: string, lifetimes: Partial<PracticeLifetimes> = {}, more: object = {}): string =>
  file(name, { provider: { kind: 'practice', lifetimes }, scope: 'openid offline_access', authorizationParameters: [{ name: 'prompt', value: 'consent' }], ...more });
const usual = practice('practice.json');

const then = (...steps: string[]): string[] => steps.flatMap((step) => ['--then', step]);
const run = (words: readonly string[], more: Omit<Parameters<typeof play>[0], 'words' | 'folder'> = {}): Promise<Played> => play({ words: ['run', ...words], folder, ...more });

describe('grantscope run, refusing', () => {
  it.each([
    [[], 'Name one ENVIRONMENT or FILE'],
    [['a', 'b'], 'One ENVIRONMENT or FILE at a time'],
    [[usual, '--open', 'tracing'], '--open is system or print'],
    [[usual, '--open'], '--open needs a value'],
    [[usual, '--frobnicate'], 'Unknown option --frobnicate'],
    [[usual, '--then', 'wait:x'], 'wait:N takes seconds'],
    [[usual, '--then', 'wait:-1'], 'wait:N takes seconds'],
    [[usual, '--then', 'dance'], 'is one of reuse-code'],
    [['missing.json'], 'There is no such file'],
    [['Nowhere'], 'There is no environment named "Nowhere", and no such file'],
    [[usual, '--secret-env', 'NOT_SET'], 'NOT_SET is not set'],
  ])('%j with exit code 2 and the reason', async (words, reason) => {
    const played = await run(words);
    expect(played).toMatchObject({ code: 2, out: '', urls: [] });
    expect(played.err).toContain(reason);
  });

  it('a secret as an argument, without repeating it', async () => {
    const secret = canary('argument');
    for (const words of [[usual, '--secret', secret], [usual, `--client-secret=${secret}`], [usual, '--secret-env', `${secret}=`], [usual, '--secret-env', `${secret} `]]) {
      const played = await run(words);
      expect(played.code).toBe(2);
      expect(played.out + played.err).not.toContain(secret);
    }
  });

  it('a file that does not fit, in JSON where asked', async () => {
    const bad = file('bad.json', { provider: { kind: 'discovery', issuer: 'ftp://as.test' }, client: { id: 'x' } });
    const played = await run([bad, '--json']);
    expect(played.code).toBe(2);
    expect(played.err).toContain('provider.issuer');
    expect(lastLine(played)).toMatchObject({ run: null, diagnosis: null, problem: { code: 'invalid-environment' } });
  });
});

describe('grantscope run', () => {
  it('prints the authorization URL on a line of its own, each step, the tokens, and ends with 0', async () => {
    const played = await run([usual, '--open', 'print']);
    expect(played.err).toBe('');
    expect(played.code).toBe(0);
    expect(played.urls).toHaveLength(1);
    expect(played.out).toMatch(/^ {2}discover +ok .*openid-configuration -> 200$/m);
    expect(played.out).toMatch(/^ {2}receive +ok/m);
    expect(played.out).toMatch(/^ {2}exchange +ok .*POST .*\/token -> 200$/m);
    expect(played.out).toMatch(/^ {2}refresh_token +live, generation 0/m);
    expect(played.out).not.toContain('Why it was refused');
  });

  it('ends with 1 where the person refuses', async () => {
    const played = await run([usual, '--open', 'print', '--json'], { deny: true });
    expect(played.code).toBe(1);
    const { diagnosis } = lastLine(played);
    expect([diagnosis?.error, diagnosis?.causes[0]?.id]).toEqual(['access_denied', 'user_denied']);
  });

  const short = practice('short.json', { authorizationCode: 1, refreshToken: 1 });
  it.each([
    ['reuse-code', usual, ['reuse-code'], 'code_reused', 1],
    ['wrong-redirect with the code that came', usual, ['wrong-redirect'], 'redirect_uri_mismatch_token', 1],
    ['wrong-verifier with the code that came', usual, ['wrong-verifier'], 'pkce_mismatch', 1],
    ['wrong-secret with the code that came', usual, ['wrong-secret'], 'client_secret_invalid', 1],
    ['wrong-redirect after a redemption asks for a second code', usual, ['refresh', 'wrong-redirect'], 'redirect_uri_mismatch_token', 2],
    ['reuse-refresh', usual, ['reuse-refresh'], 'refresh_reused', 1],
    ['refresh twice, then reuse-refresh', usual, ['refresh', 'refresh', 'reuse-refresh'], 'refresh_reused', 1],
    ['refresh-revoked', usual, ['refresh-revoked'], 'refresh_revoked', 1],
    ['revoke, then refresh', usual, ['revoke', 'refresh'], 'refresh_revoked', 1],
    ['a code held too long', short, ['wait:2.1'], 'code_expired', 1],
    ['a refresh token held too long', short, ['wait:2.1', 'refresh'], 'refresh_expired', 1],
  ])('%s is refused, explained and ends with 1', async (_name, target, steps, cause, urls) => {
    const played = await run([target, '--open', 'print', '--json', ...then(...steps)]);
    const { diagnosis } = lastLine(played);
    expect({ code: played.code, cause: diagnosis?.causes[0]?.id, urls: played.urls.length }).toEqual({ code: 1, cause, urls });
    expect(diagnosis?.causes[0]?.evidence.length).toBeGreaterThan(0);
  });

  it('does several things in order and ends with 0 where none is refused', async () => {
    const played = await run([usual, '--open', 'print', '--json', ...then('refresh', 'wait:0.01', 'introspect', 'revoke')]);
    expect(played.code).toBe(0);
    expect(lastLine(played).run?.steps.map(({ kind }) => kind).filter((kind) => kind !== 'validate').slice(-3)).toEqual(['refresh', 'introspect', 'revoke']);
  });

  it('ends with 2 where a step could not be done', async () => {
    const played = await run([usual, '--open', 'print', ...then('wrong-secret', 'refresh')]);
    // The refused grant counts more than what could not be done after it.
    expect(played.code).toBe(1);
    expect(played.err).toContain('refresh was not done: this run has no refresh token.');
    const publicClient = file('public.json', { provider: { kind: 'practice', client: 'public' }, client: { authMethod: 'none' } });
    expect(await run([publicClient, '--open', 'print', ...then('wrong-secret')])).toMatchObject({ code: 2, urls: [] });
  });
});
