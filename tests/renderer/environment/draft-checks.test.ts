import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Environment } from '../../../src-main/contract/environment.ts';
import { DraftChecks } from '../../../src-renderer/environment/draft-checks.svelte.ts';
import { environmentOf } from '../support/recording.ts';

const config = (issuer = 'https://as.test'): Environment => environmentOf({ provider: { kind: 'discovery', issuer }, client: { id: 'app', authMethod: 'client_secret_basic' } });
const findings = [{ code: 'a', message: 'Off.', field: 'pkce' }, { code: 'b', message: 'None.', field: 'client.secret' }, { code: 'c', message: 'Twice.', field: 'tokenParameters.0.name' }, { code: 'd', message: 'Of no field.' }];
let asked: Record<string, unknown>[] = [];
const make = () => new DraftChecks(async (_name, input) => {
  asked.push(input);
  return { ok: true, value: { findings, provider: null, metadataUrl: null } as never };
});
beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
});
afterEach(() => { vi.useRealTimers(); });

describe('the setup checks of a draft', () => {
  it('ask nothing of what is no configuration yet, of practice, or of what has been changed meanwhile', async () => {
    const checks = make();
    expect(checks.follow(null, false)).toBeUndefined();
    expect(checks.follow(environmentOf(), false)).toBeUndefined();
    checks.follow(config('https://old.test'), false)?.();
    checks.follow(config(), false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toMatchObject([{ discover: false, config: { provider: { issuer: 'https://as.test' } } }]);
  });

  it('stand at their member and at the one that holds it; a new secret is not missed', async () => {
    const checks = make();
    checks.follow(config(), false);
    await vi.advanceTimersByTimeAsync(1000);
    const at = (path: string) => checks.at(path).map(({ message }) => message);
    expect([at('pkce'), at('client.secret'), at('tokenParameters'), at('token'), at('')]).toEqual([['Off.'], ['None.'], ['Twice.'], [], []]);
    checks.follow(config(), true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(at('client.secret')).toEqual([]);
    checks.follow(null, false);
    expect(at('pkce')).toEqual([]);
  });

  it('hold against the metadata that was asked for, for that issuer alone', async () => {
    const checks = make();
    checks.served('https://as.test', { issuer: 'https://as.test' });
    checks.follow(config(), false);
    await vi.advanceTimersByTimeAsync(1000);
    checks.follow(config('https://other.test'), false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked.map(({ metadata }) => metadata)).toEqual([{ issuer: 'https://as.test' }, undefined]);
  });
});
