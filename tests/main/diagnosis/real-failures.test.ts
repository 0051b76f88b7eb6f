import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportedExchange } from '../../../src-main/import/imported.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { HttpUser } from '../../support/browser/index.ts';
import { startPractice } from '../../support/practice/index.ts';
import { diagnosed, order, run } from './runs.ts';

/**
 * Every failure node-oidc-provider's token endpoint can produce for these grants, provoked for real and recorded as an import.
 * It says "grant request is invalid" to nearly all of them, so what was recorded has to tell them apart.
 */
let practice: PracticeProvider;
beforeAll(async () => { practice = await startPractice({ authorizationCode: 2, refreshToken: 2 }); });
afterAll(() => practice.close());

const REDIRECT = 'http://127.0.0.1:49152/cb';
type Form = Record<string, string>;

class Session {
  readonly entries: ImportedExchange[] = [];
  verifier = randomBytes(32).toString('base64url');
  code = '';

  async signIn(parameters: Form = {}, pkce = true): Promise<void> {
    const { issuer, clients } = practice.info;
    const { authorization_endpoint: endpoint } = await metadata();
    const query = new URLSearchParams({
      response_type: 'code', client_id: clients.confidential.id, redirect_uri: REDIRECT, scope: 'openid offline_access', prompt: 'consent', state: randomBytes(6).toString('hex'),
      ...(pkce && { code_challenge: createHash('sha256').update(this.verifier).digest('base64url'), code_challenge_method: 'S256' }), ...parameters,
    });
    const url = `${endpoint}?${query.toString()}`;
    const started = Date.now();
    const ended = await new HttpUser().signIn(url, { until: REDIRECT });
    this.code = new URL(ended.url).searchParams.get('code') ?? '';
    this.entries.push({
      id: `a${this.entries.length}`, method: 'GET', url, headers: [], body: '', started, duration: Date.now() - started,
      response: { status: 303, reason: '', headers: [{ name: 'Location', value: ended.url }, { name: 'Date', value: new Date().toUTCString() }], body: '' },
    });
    expect(issuer).not.toBe('');
  }

  /** Sends for real; records what was sent and what came back. */
  async post(form: Form | string, options: { basic?: string | null; type?: string; url?: string; method?: string } = {}): Promise<Record<string, string>> {
    const { clients } = practice.info;
    const url = options.url ?? (await metadata()).token_endpoint;
    const basic = options.basic === undefined ? `${clients.confidential.id}:${clients.confidential.secret}` : options.basic;
    const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
    const headers = [{ name: 'Content-Type', value: options.type ?? 'application/x-www-form-urlencoded' }, ...(basic === null ? [] : [{ name: 'Authorization', value: `Basic ${Buffer.from(basic).toString('base64')}` }])];
    const method = options.method ?? 'POST';
    const started = Date.now();
    const answer = await fetch(url, { method, headers: headers.map(({ name, value }): [string, string] => [name, value]), ...(method !== 'GET' && { body }) });
    const text = await answer.text();
    this.entries.push({
      id: `t${this.entries.length}`, method, url, headers, body: method === 'GET' ? '' : body, started, duration: Date.now() - started,
      response: { status: answer.status, reason: answer.statusText, headers: [...answer.headers].map(([name, value]) => ({ name, value })), body: text },
    });
    return text.startsWith('{') ? JSON.parse(text) as Record<string, string> : {};
  }

  form(change: Record<string, string | undefined> = {}): Form {
    const all = { grant_type: 'authorization_code', code: this.code, redirect_uri: REDIRECT, code_verifier: this.verifier, ...change };
    return Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined));
  }
}

let known: { authorization_endpoint: string; token_endpoint: string; revocation_endpoint: string } | null = null;
async function metadata(): Promise<NonNullable<typeof known>> {
  known ??= await (await fetch(`${practice.info.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)).json() as NonNullable<typeof known>;
  return known;
}

const scenarios: Record<string, [cause: string, play: (s: Session) => Promise<unknown>]> = {
  'a code that has expired': ['code_expired', async (s) => { await s.signIn(); await wait(3100); await s.post(s.form()); }],
  'a code used twice': ['code_reused', async (s) => { await s.signIn(); await s.post(s.form()); await s.post(s.form()); }],
  'a code nobody issued': ['code_invalid', async (s) => { await s.signIn(); await s.post(s.form({ code: randomBytes(32).toString('base64url') })); }],
  'a code cut short': ['value_altered', async (s) => { await s.signIn(); await s.post(s.form({ code: s.code.slice(0, -6) })); }],
  'a code encoded twice': ['value_altered', async (s) => { await s.signIn(); await s.post(s.form({ code: `${encodeURIComponent(s.code).replaceAll('-', '%2D').replaceAll('_', '%5F')}%` .slice(0, -1).replace(/^(.)/, (c) => `%${c.charCodeAt(0).toString(16)}`) })); }],
  'a code of another client': ['code_wrong_client', async (s) => { await s.signIn(); await s.post(s.form({ client_id: practice.info.clients.public.id }), { basic: null }); }],
  'another redirect URI': ['redirect_uri_mismatch_token', async (s) => { await s.signIn(); await s.post(s.form({ redirect_uri: `${REDIRECT}/` })); }],
  'no redirect URI': ['redirect_uri_missing', async (s) => { await s.signIn(); await s.post(s.form({ redirect_uri: undefined })); }],
  'another verifier': ['pkce_mismatch', async (s) => { await s.signIn(); await s.post(s.form({ code_verifier: randomBytes(32).toString('base64url') })); }],
  'no verifier': ['pkce_verifier_missing', async (s) => { await s.signIn(); await s.post(s.form({ code_verifier: undefined })); }],
  'a verifier too short': ['pkce_malformed', async (s) => { s.verifier = 'short'; await s.signIn(); await s.post(s.form()); }],
  'a wrong secret': ['client_secret_invalid', async (s) => { await s.signIn(); await s.post(s.form(), { basic: `${practice.info.clients.confidential.id}:nonsense` }); }],
  'no credential': ['client_secret_missing', async (s) => { await s.signIn(); await s.post(s.form({ client_id: practice.info.clients.confidential.id }), { basic: null }); }],
  'an unknown client': ['client_unknown', async (s) => { await s.signIn(); await s.post(s.form(), { basic: 'nobody:nothing' }); }],
  'two credentials at once': ['client_auth_method_wrong', async (s) => { await s.signIn(); await s.post(s.form({ client_id: practice.info.clients.confidential.id, client_secret: practice.info.clients.confidential.secret })); }],
  'a misspelt grant type': ['unsupported_grant_type', async (s) => { await s.signIn(); await s.post(s.form({ grant_type: 'authorisation_code' })); }],
  'no code': ['missing_parameter', async (s) => { await s.signIn(); await s.post(s.form({ code: undefined })); }],
  'a JSON body': ['request_malformed', async (s) => { await s.signIn(); await s.post(JSON.stringify(s.form()), { type: 'application/json' }); }],
  'a parameter twice': ['request_malformed', async (s) => { await s.signIn(); await s.post(`${new URLSearchParams(s.form()).toString()}&redirect_uri=x`); }],
  'a GET': ['request_malformed', async (s) => { await s.signIn(); const { token_endpoint: url } = await metadata(); await s.post('', { method: 'GET', url: `${url}?${new URLSearchParams(s.form()).toString()}` }); }],
  'a URL that is not there': ['token_endpoint_wrong', async (s) => { await s.signIn(); await s.post(s.form(), { url: `${(await metadata()).token_endpoint}/oauth` }); }],
  'a rotated refresh token': ['refresh_reused', async (s) => {
    await s.signIn();
    const { refresh_token: token = '' } = await s.post(s.form());
    await s.post({ grant_type: 'refresh_token', refresh_token: token });
    await s.post({ grant_type: 'refresh_token', refresh_token: token });
  }],
  'the successor of a replayed refresh token': ['refresh_reused', async (s) => {
    await s.signIn();
    const { refresh_token: token = '' } = await s.post(s.form());
    const { refresh_token: next = '' } = await s.post({ grant_type: 'refresh_token', refresh_token: token });
    await s.post({ grant_type: 'refresh_token', refresh_token: token });
    await s.post({ grant_type: 'refresh_token', refresh_token: next });
  }],
  'a refresh token whose code was replayed': ['code_reused', async (s) => {
    await s.signIn();
    const { refresh_token: token = '' } = await s.post(s.form());
    await s.post(s.form());
    await s.post({ grant_type: 'refresh_token', refresh_token: token });
  }],
  'a revoked refresh token': ['refresh_revoked', async (s) => {
    await s.signIn();
    const { refresh_token: token = '' } = await s.post(s.form());
    await s.post({ token }, { url: (await metadata()).revocation_endpoint });
    await s.post({ grant_type: 'refresh_token', refresh_token: token });
  }],
  'an expired refresh token': ['refresh_expired', async (s) => {
    await s.signIn();
    const { refresh_token: token = '' } = await s.post(s.form());
    await wait(3600);
    await s.post({ grant_type: 'refresh_token', refresh_token: token });
  }],
  'a refresh token of another client': ['refresh_wrong_client', async (s) => {
    await s.signIn();
    const { refresh_token: token = '' } = await s.post(s.form());
    await s.post({ grant_type: 'refresh_token', refresh_token: token, client_id: practice.info.clients.public.id }, { basic: null });
  }],
  'a refresh for more scope': ['refresh_scope', async (s) => {
    await s.signIn();
    const { refresh_token: token = '' } = await s.post(s.form());
    await s.post({ grant_type: 'refresh_token', refresh_token: token, scope: 'openid email' });
  }],
  'an access token in place of the refresh token': ['refresh_invalid', async (s) => {
    await s.signIn();
    const { access_token: token = '' } = await s.post(s.form());
    await s.post({ grant_type: 'refresh_token', refresh_token: token });
  }],
};

describe('the failures of node-oidc-provider', () => {
  it.concurrent.each(Object.entries(scenarios))('%s', async (_name, [cause, play]) => {
    const session = new Session();
    await play(session);
    const last = session.entries.at(-1);
    const diagnosis = diagnosed(run(session.entries));
    expect(diagnosis.causes[0]?.id, `${last?.response?.body.slice(0, 200) ?? ''} | ${order(diagnosis)}`).toBe(cause);
  });
});
