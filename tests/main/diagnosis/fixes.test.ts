import { describe, expect, it } from 'vitest';
import type { CauseFinding, Diagnosis, Fix, RunState } from '../../../src-main/contract/index.ts';
import { emptyRunState, fixSchema, foldRun } from '../../../src-main/contract/index.ts';
import { causes } from '../../../src-main/diagnosis/causes/registry.ts';
import { CAUSE_IDS, fixesFor } from '../../../src-main/diagnosis/index.ts';
import { clientFixes } from '../../../src-main/diagnosis/fixes/client.ts';
import { grantFixes } from '../../../src-main/diagnosis/fixes/grant.ts';
import { requestFixes } from '../../../src-main/diagnosis/fixes/request.ts';
import { providers } from '../../../src-main/diagnosis/knowledge/load.ts';
import { plainEnvironment } from '../../support/practice/judged-run.ts';

function finding(id: string): CauseFinding {
  const cause = causes.find((one) => one.id === id);
  if (!cause) throw new Error(id);
  return { id, verdict: 'likely', title: cause.title, why: 'because', evidence: [], fix: cause.fix, score: 50 };
}

function diagnosis(provider: string | null = null): Diagnosis {
  const known = providers().find(({ knowledge }) => knowledge.id === provider)?.knowledge;
  return {
    exchangeId: null, entry: '#1', error: { error: 'invalid_grant', foundIn: 'json', status: 400 }, headline: 'Refused.',
    provider: known ? { id: known.id, name: known.name, why: 'host' } : null, causes: [], replay: [],
  };
}

function live(change: Partial<ReturnType<typeof plainEnvironment>> = {}): RunState {
  return { ...emptyRunState(), environment: { ...plainEnvironment(), ...change } };
}

const kinds = (fixes: Fix[]): string[] => fixes.map(({ kind }) => kind);

describe('fixes', () => {
  it.each(CAUSE_IDS)('%s has a fix of its own, for known, unknown and imported', (id) => {
    expect({ ...clientFixes, ...requestFixes, ...grantFixes }[id]).toBeTypeOf('function');
    const ways = [fixesFor(finding(id), diagnosis(), live()), fixesFor(finding(id), diagnosis('keycloak'), live()), fixesFor(finding(id), diagnosis('entra'), emptyRunState())];
    for (const fixes of ways) {
      expect(fixes.length).toBeGreaterThan(0);
      for (const fix of fixes) expect(fixSchema.parse(fix)).toEqual(fix);
    }
  });

  it('names each cause in one list only', () => {
    const ids = [clientFixes, requestFixes, grantFixes].flatMap((makers) => Object.keys(makers));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.sort()).toEqual([...CAUSE_IDS].sort());
  });

  it('never offers an imported run a field to open or a request to send', () => {
    for (const id of CAUSE_IDS) {
      const offered = kinds(fixesFor(finding(id), diagnosis(), emptyRunState()));
      expect(offered.filter((kind) => kind !== 'provider-console' && kind !== 'wait'), id).toEqual([]);
    }
  });

  it('opens the field where the configuration is to blame, and authorizes again where the grant is gone', () => {
    expect(fixesFor(finding('client_secret_invalid'), diagnosis(), live())[0]).toMatchObject({ kind: 'edit-field', path: 'client.secret' });
    expect(fixesFor(finding('redirect_uri_mismatch_token'), diagnosis(), live())[0]).toMatchObject({ kind: 'run-corrected', correction: { change: 'redirect-as-authorized' } });
    expect(kinds(fixesFor(finding('refresh_revoked'), diagnosis(), live()))[0]).toBe('authorize-again');
    expect(kinds(fixesFor(finding('redirect_uri_not_registered'), diagnosis(), live()))).toEqual(['edit-field', 'edit-field', 'provider-console']);
  });

  it('offers the other way of sending a secret', () => {
    const post = live({ client: { id: 'c', authMethod: 'client_secret_post' } });
    expect(fixesFor(finding('client_auth_method_wrong'), diagnosis(), post)[0]).toMatchObject({ correction: { change: 'auth-method', to: 'client_secret_basic' } });
    expect(fixesFor(finding('client_auth_method_wrong'), diagnosis(), live())[0]).toMatchObject({ correction: { change: 'auth-method', to: 'client_secret_post' } });
  });

  it('points at the extra parameter that replaces the right one', () => {
    const fixes = fixesFor(finding('pkce_mismatch'), diagnosis(), live({ tokenParameters: [{ name: 'code_verifier', value: 'x' }] }));
    expect(fixes).toContainEqual(expect.objectContaining({ kind: 'edit-field', path: 'tokenParameters' }));
  });

  it('links documentation of the provider and the source of what is known', () => {
    const entra = fixesFor(finding('client_secret_expired'), diagnosis('entra'), live()).find(({ kind }) => kind === 'provider-console');
    expect(entra).toMatchObject({ provider: expect.stringContaining('Entra ID'), url: expect.stringMatching(/^https:\/\/learn\.microsoft\.com\//), source: expect.stringMatching(/^https:\/\//) });
  });

  it('waits as long as Retry-After says, or a minute', () => {
    const limited = (retryAfter: string): RunState => {
      const raw = `HTTP/1.1 429 Too Many Requests\r\n${retryAfter}\r\n`;
      return foldRun([
        { seq: 0, at: 0, mono: 0, boot: 'b', type: 'run-started', runId: '7d0f5a3e-6f0a-4d6b-9b7e-0f6d1c1f2a3b', origin: 'live', environment: plainEnvironment(), client: { id: 'c', authMethod: 'none' }, browser: 'print', versions: {}, hasSecret: false },
        { seq: 1, at: 0, mono: 0, boot: 'b', type: 'step-started', step: 's', kind: 'exchange' },
        { seq: 2, at: 0, mono: 0, boot: 'b', type: 'exchange-recorded', step: 's', exchange: {
          id: 'x', purpose: 'token', method: 'POST', url: 'https://as.example/token', request: 'POST /token HTTP/1.1\r\n\r\n',
          response: { status: 429, reason: '', raw, headLength: raw.length, body: '' }, times: { started: Date.UTC(2026, 0, 1), ended: 5 }, connection: null, tls: null, failure: null,
        } },
      ]);
    };
    const seconds = (retryAfter: string): unknown => fixesFor(finding('rate_limited'), { ...diagnosis(), exchangeId: 'x' }, limited(retryAfter)).find(({ kind }) => kind === 'wait');
    expect(seconds('Retry-After: 17\r\n')).toMatchObject({ seconds: 17 });
    expect(seconds('Retry-After: Thu, 01 Jan 2026 00:02:00 GMT\r\n')).toMatchObject({ seconds: 120 });
    expect(seconds('')).toMatchObject({ seconds: 60 });
    expect(seconds('Retry-After: -5\r\n')).toMatchObject({ seconds: 60 });
  });
});
