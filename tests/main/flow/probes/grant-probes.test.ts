import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CauseVerdict } from '../../../../src-main/contract/index.ts';
import { diagnose } from '../../../../src-main/diagnosis/index.ts';
import type { PracticeProvider } from '../../../../src-main/practice/index.ts';
import { startPractice } from '../../../support/practice/index.ts';
import { confidentialClient, JudgedRun } from '../../../support/practice/judged-run.ts';

let practice: PracticeProvider;
beforeAll(async () => { practice = await startPractice(); });
afterAll(() => practice.close());

async function signedIn(): Promise<JudgedRun> {
  const run = new JudgedRun(confidentialClient(practice));
  await run.start();
  return run;
}

function verdictOf(run: JudgedRun, id: string): CauseVerdict | undefined {
  return diagnose(run.events)?.causes.find((cause) => cause.id === id)?.verdict;
}

describe('introspect the token', () => {
  it('says that a revoked refresh token is not active', async () => {
    const run = await signedIn();
    await run.act({ action: 'provoke', provocation: 'refresh-revoked' });
    const refused = run.refused.id;
    await run.act({ action: 'probe', probe: 'introspect', exchangeId: refused });
    expect(run.concluded).toMatchObject({ probe: 'introspect', finding: 'Introspection says active: false.', supports: ['refresh_invalid_or_revoked'] });
    expect(diagnose(run.events)?.causes[0]?.id).toBe('refresh_revoked');
  });

  it('says that a token refused for the client is still active, which rules its death out', async () => {
    const run = await signedIn();
    const right = run.client;
    run.client = { ...right, secret: 'CANARY-secret-91b7' };
    await run.act({ action: 'refresh' });
    const refused = run.refused.id;
    run.client = right;
    await run.act({ action: 'probe', probe: 'introspect', exchangeId: refused });
    expect(run.concluded?.finding).toBe('Introspection says active: true.');
    expect(verdictOf(run, 'refresh_revoked')).toBe('ruled-out');
    expect(verdictOf(run, 'refresh_expired')).toBe('ruled-out');
    expect(diagnose(run.events)).toMatchObject({ exchangeId: refused });
    expect(diagnose(run.events)?.causes[0]?.id).toBe('client_secret_invalid');
  });
});

describe('refresh once more', () => {
  it('brings tokens where the refusal was not about the token', async () => {
    const run = await signedIn();
    const right = run.client;
    run.client = { ...right, secret: 'CANARY-secret-5d02' };
    await run.act({ action: 'refresh' });
    const refused = run.refused.id;
    run.client = right;
    await run.act({ action: 'probe', probe: 'refresh-once-more', exchangeId: refused });
    expect(run.concluded?.finding).toBe('The refused refresh token brought new tokens.');
    expect(run.state.tokens.filter(({ record, fate }) => record.kind === 'refresh_token' && fate === 'live')).toHaveLength(1);
    expect(diagnose(run.events)?.causes[0]).toMatchObject({ id: 'client_secret_invalid', verdict: 'likely' });
    expect(verdictOf(run, 'refresh_revoked')).toBe('ruled-out');
  });

  it('is refused again where the token is dead, and that is no new failure', async () => {
    const run = await signedIn();
    await run.act({ action: 'provoke', provocation: 'refresh-revoked' });
    const refused = run.refused.id;
    await run.act({ action: 'probe', probe: 'refresh-once-more', exchangeId: refused });
    expect(run.concluded?.finding).toMatch(/^The refresh token was refused again: invalid_grant/);
    expect(run.state.refusals).toHaveLength(1);
    expect(diagnose(run.events)).toMatchObject({ exchangeId: refused });
    expect(diagnose(run.events)?.causes[0]?.id).toBe('refresh_revoked');
    expect(verdictOf(run, 'rate_limited')).toBe('ruled-out');
  });

  it('is refused before anything is sent where there is no refresh token', async () => {
    const run = new JudgedRun({ ...confidentialClient(practice), secret: 'CANARY-secret-77aa' });
    await run.start();
    const events = run.events.length;
    expect(await run.act({ action: 'probe', probe: 'refresh-once-more' })).toBe('no-token');
    expect(await run.act({ action: 'probe', probe: 'introspect', exchangeId: 'nothing' })).toBe('unknown-exchange');
    expect(run.events).toHaveLength(events);
  });
});

describe('a fresh code, redeemed at once', () => {
  it('brings tokens where only the one code was bad', async () => {
    const run = await signedIn();
    await run.act({ action: 'provoke', provocation: 'reuse-code' });
    const refused = run.refused.id;
    await run.act({ action: 'probe', probe: 'fresh-code', exchangeId: refused });
    expect(run.trips).toBe(2);
    expect(run.concluded).toMatchObject({ about: refused, finding: 'A fresh code, redeemed at once, brought tokens.' });
    expect(diagnose(run.events)).toMatchObject({ exchangeId: refused });
    expect(diagnose(run.events)?.causes[0]?.id).toBe('code_reused');
    expect(verdictOf(run, 'client_secret_invalid')).toBe('ruled-out');
    expect(verdictOf(run, 'redirect_uri_not_registered')).toBe('ruled-out');
  });

  it('is refused too where the configuration is wrong', async () => {
    const run = new JudgedRun(confidentialClient(practice));
    await run.start({ tokenParameters: [{ name: 'code_verifier', value: 'CANARYverifier0123456789012345678901234567890123' }] });
    const refused = run.refused.id;
    await run.act({ action: 'probe', probe: 'fresh-code', exchangeId: refused });
    expect(run.concluded?.finding).toMatch(/refused too: invalid_grant/);
    expect(verdictOf(run, 'code_expired')).toBe('ruled-out');
    expect(verdictOf(run, 'code_reused')).toBe('ruled-out');
    expect(diagnose(run.events)?.causes[0]?.id).toBe('pkce_mismatch');
  });
});

describe('the same request with the authorized redirect URI', () => {
  it('is refused before anything is sent where the redirect URI was the authorized one', async () => {
    const run = await signedIn();
    await run.act({ action: 'provoke', provocation: 'reuse-code' });
    expect(await run.act({ action: 'probe', probe: 'authorized-redirect', exchangeId: run.refused.id })).toBe('redirect-uri-same');
  });

  it('brings tokens where that was the only fault, and proves nothing once the code is spent', async () => {
    const run = await signedIn();
    await run.act({ action: 'provoke', provocation: 'wrong-redirect' });
    const refused = run.refused.id;
    expect(await run.act({ action: 'probe', probe: 'authorized-redirect', exchangeId: refused })).toBeNull();
    const [first, second] = [run.exchange(refused), run.exchange(run.concluded?.exchangeId ?? '')];
    expect(second.request).toContain(encodeURIComponent(run.state.authorizations.at(-1)?.redirectUri ?? '?'));
    expect(/(?:^|&)code=([^&]+)/m.exec(second.request)?.[1]).toBe(/(?:^|&)code=([^&]+)/m.exec(first.request)?.[1]);
    expect(run.concluded).toMatchObject({ finding: 'The same code with the authorized redirect URI brought tokens.', supports: ['redirect_uri_mismatch_token'] });
    expect(diagnose(run.events)).toMatchObject({ exchangeId: refused });
    expect(diagnose(run.events)?.causes[0]?.id).toBe('redirect_uri_mismatch_token');
    expect(verdictOf(run, 'code_expired')).toBe('ruled-out');
    // The code is spent now: put once more, the question has the other answer, and proves nothing.
    await run.act({ action: 'probe', probe: 'authorized-redirect', exchangeId: refused });
    expect(run.concluded).toMatchObject({ supports: [], excludes: [] });
    expect(run.concluded?.finding).toMatch(/^With the authorized redirect URI the code was refused too: invalid_grant/);
    expect(diagnose(run.events)).toMatchObject({ exchangeId: refused });
    expect(diagnose(run.events)?.causes[0]?.id).toBe('redirect_uri_mismatch_token');
  });
});
