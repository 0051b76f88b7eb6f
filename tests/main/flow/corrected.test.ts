import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Correction, RunState } from '../../../src-main/contract/index.ts';
import { formParameters, messageParts, valueOf } from '../../../src-main/contract/index.ts';
import { diagnose, fixesFor } from '../../../src-main/diagnosis/index.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { startPractice } from '../../support/practice/index.ts';
import { confidentialClient, JudgedRun, publicClient } from '../../support/practice/judged-run.ts';

let practice: PracticeProvider;
beforeAll(async () => { practice = await startPractice(); });
afterAll(() => practice.close());

function tokenParameter(state: RunState, name: string): string | undefined {
  const last = [...state.exchanges.values()].findLast(({ exchange }) => exchange.purpose === 'token')?.exchange;
  return last && valueOf(formParameters(messageParts(last.request).body), name);
}

/** Takes the correction the fixes offer for the first cause, does it, and returns its name. */
async function takeFirstFix(run: JudgedRun): Promise<Correction['change']> {
  const diagnosis = diagnose(run.events);
  const fixes = diagnosis?.causes[0] ? fixesFor(diagnosis.causes[0], diagnosis, run.state) : [];
  const fix = fixes.find(({ kind }) => kind === 'run-corrected');
  if (diagnosis?.exchangeId == null || fix?.kind !== 'run-corrected') throw new Error('no correction offered');
  expect(await run.act({ action: 'run-corrected', correction: fix.correction, exchangeId: diagnosis.exchangeId })).toBeNull();
  return fix.correction.change;
}

const hasTokens = (run: JudgedRun): boolean => run.state.tokens.some(({ record, fate }) => record.kind === 'access_token' && fate === 'live');

describe('running again with the correction', () => {
  it('is refused before anything is sent for a request that is not there, or without a secret to send', async () => {
    const run = new JudgedRun(publicClient(practice));
    await run.start();
    const before = run.events.length;
    expect(await run.act({ action: 'run-corrected', correction: { change: 'as-configured' }, exchangeId: 'nothing' })).toBe('unknown-exchange');
    expect(await run.act({ action: 'run-corrected', correction: { change: 'auth-method', to: 'client_secret_post' } })).toBe('secret-missing');
    expect(run.events).toHaveLength(before);
  });

  it('sends the authorized redirect URI', async () => {
    const run = new JudgedRun(confidentialClient(practice));
    await run.start({ tokenParameters: [{ name: 'redirect_uri', value: 'http://127.0.0.1:1/wrong' }] });
    expect(hasTokens(run)).toBe(false);
    expect(await takeFirstFix(run)).toBe('redirect-as-authorized');
    expect(hasTokens(run)).toBe(true);
    expect(tokenParameter(run.state, 'redirect_uri')).toBe(run.state.authorizations.at(-1)?.redirectUri);
    expect(run.state.environment?.tokenParameters).toHaveLength(1);
  });

  it('sends the verifier the challenge was made from', async () => {
    const run = new JudgedRun(confidentialClient(practice));
    await run.start({ tokenParameters: [{ name: 'code_verifier', value: 'CANARYverifier0123456789012345678901234567890123' }] });
    expect(await takeFirstFix(run)).toBe('verifier-as-made');
    expect(hasTokens(run)).toBe(true);
    expect(tokenParameter(run.state, 'code_verifier')).toBe(run.state.authorizations.at(-1)?.codeVerifier);
  });

  it('sends the secret the other way', async () => {
    const run = new JudgedRun(confidentialClient(practice));
    await run.start();
    await run.act({ action: 'run-corrected', correction: { change: 'auth-method', to: 'client_secret_post' } });
    expect(tokenParameter(run.state, 'client_secret')).toBe(practice.info.clients.confidential.secret);
    expect([...run.state.exchanges.values()].findLast(({ exchange }) => exchange.purpose === 'token')?.exchange.request).not.toMatch(/^authorization:/im);
    expect(hasTokens(run)).toBe(true);
  });

  it('sends id and secret raw, or form-encoded', async () => {
    const secret = 'CANARY+secret %2B/é';
    const sent = async (formEncode: boolean): Promise<string> => {
      const run = new JudgedRun({ ...confidentialClient(practice), secret });
      await run.start();
      await run.act({ action: 'run-corrected', correction: { change: 'basic-encoding', formEncode }, exchangeId: run.refused.id });
      const last = [...run.state.exchanges.values()].findLast(({ exchange }) => exchange.purpose === 'token')?.exchange;
      const credentials = /^authorization: basic (\S+)/im.exec(last?.request ?? '')?.[1] ?? '';
      return Buffer.from(credentials, 'base64').toString('utf8').split(':')[1] ?? '';
    };
    expect(await sent(false)).toBe(secret);
    expect(await sent(true)).toBe('CANARY%2Bsecret+%252B%2F%C3%A9');
  });

  it('sends no challenge, or one', async () => {
    const run = new JudgedRun(confidentialClient(practice));
    await run.start({ pkce: 'off' });
    await run.act({ action: 'run-corrected', correction: { change: 'pkce', to: 'S256' } });
    expect(run.state.authorizations.map(({ codeChallengeMethod }) => codeChallengeMethod)).toEqual([undefined, 'S256']);
    expect(tokenParameter(run.state, 'code_verifier')).toBe(run.state.authorizations.at(-1)?.codeVerifier);
  });

  it('uses a refresh token that was never judged, without the browser', async () => {
    const run = new JudgedRun(confidentialClient(practice));
    await run.start();
    const right = run.client;
    run.client = { ...right, secret: 'CANARY-secret-2c6e' };
    await run.act({ action: 'refresh' });
    run.client = right;
    const { trips } = run;
    const diagnosis = diagnose(run.events);
    const offered = diagnosis?.causes.find(({ id }) => id === 'client_auth_method_wrong');
    if (!diagnosis || !offered) throw new Error('not diagnosed');
    expect(fixesFor(offered, diagnosis, run.state)[0]).toMatchObject({ kind: 'run-corrected', browser: false, replay: 'may-end-the-session' });
    await run.act({ action: 'run-corrected', correction: { change: 'auth-method', to: 'client_secret_post' }, exchangeId: run.refused.id });
    expect(run.trips).toBe(trips);
    expect(tokenParameter(run.state, 'grant_type')).toBe('refresh_token');
    expect(run.state.steps.at(-1)).toMatchObject({ kind: 'refresh', outcome: 'ok' });
  });

  it('authorizes again where the refresh token itself was refused', async () => {
    const run = new JudgedRun(confidentialClient(practice));
    await run.start();
    await run.act({ action: 'provoke', provocation: 'refresh-revoked' });
    const { trips } = run;
    await run.act({ action: 'run-corrected', correction: { change: 'as-configured' }, exchangeId: run.refused.id });
    expect(run.trips).toBe(trips + 1);
    expect(hasTokens(run)).toBe(true);
  });
});
