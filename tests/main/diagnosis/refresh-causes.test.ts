import { describe, expect, it } from 'vitest';
import { createLedger, ledgerEntriesOf } from '../../../src-main/diagnosis/index.ts';
import { AS, authorize, diagnosed, finding, order, other, redeem, refresh, run, START, token, tokens } from './runs.ts';

const R1 = 'refresh-one-aaaaBBBBcccc1111';
const R2 = 'refresh-two-ddddEEEEffff2222';
const login = (): ReturnType<typeof token>[] => [authorize(), token({ at: 4, ...tokens(R1, { scope: 'openid profile' }) })];
const at = (seconds: number, value: string, more: Parameters<typeof token>[0] = {}): ReturnType<typeof token> => token({ at: seconds, parameters: refresh(value), ...more });
const first = (...parts: Parameters<typeof run>): string => {
  const diagnosis = diagnosed(run(...parts));
  expect(diagnosis.causes[0]?.verdict, order(diagnosis)).toBe('likely');
  return diagnosis.causes[0]?.id ?? '';
};

describe('a refresh refused by an unknown server', () => {
  it('names nothing likely without evidence', () => {
    const diagnosis = diagnosed(run(...login(), at(8, R1)));
    expect(diagnosis.causes.filter(({ verdict }) => verdict === 'likely'), order(diagnosis)).toEqual([]);
    for (const id of ['refresh_wrong_client', 'refresh_scope', 'value_altered', 'code_expired', 'pkce_mismatch']) expect(finding(diagnosis, id).verdict, id).toBe('ruled-out');
  });

  it('refresh_reused: rotated away', () => { expect(first(...login(), at(10, R1, tokens(R2)), at(20, R1))).toBe('refresh_reused'); });
  it('refresh_reused: not where the answer brought no successor', () => {
    const diagnosis = diagnosed(run(...login(), at(10, R1, tokens()), at(20, R1)));
    expect(finding(diagnosis, 'refresh_reused').verdict).not.toBe('likely');
  });

  it('refresh_reused: the replay of an ancestor kills the innocent successor, and the event is named', () => {
    const replay = at(15, R1);
    const diagnosis = diagnosed(run(...login(), at(10, R1, tokens(R2)), replay, at(40, R2)));
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe('refresh_reused');
    expect(diagnosis.causes[0]?.evidence[0]?.entry).toBe(replay[0]?.id);
    expect(diagnosis.causes[0]?.why).toMatch(/25 s before/);
  });

  it('refresh_concurrent: two at once', () => { expect(first(...login(), at(10, R1, { ...tokens(R2), took: 900 }), at(10.3, R1))).toBe('refresh_concurrent'); });
  it('refresh_concurrent: not where the whole milliseconds of a start alone make the two overlap', () => {
    // The first began at 10.000 s and ended 8.3 ms later; the second began after that, at 10.0084 s, which is recorded as 10.008 s.
    expect(first(...login(), at(10, R1, { ...tokens(R2), took: 8.3 }), at(10.008, R1))).toBe('refresh_reused');
  });
  it('refresh_concurrent: not where the first had its answer before the second was sent, however soon', () => {
    const diagnosis = diagnosed(run(...login(), at(10, R1, { ...tokens(R2), took: 40 }), at(10.2, R1)));
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe('refresh_reused');
    expect(finding(diagnosis, 'refresh_concurrent').verdict).toBe('possible');
  });
  it('refresh_revoked: by a recorded revocation', () => { expect(first(...login(), other('POST', `${AS}/revoke`, { at: 6, raw: `token=${R1}`, body: '' }), at(8, R1))).toBe('refresh_revoked'); });
  it('refresh_revoked: with its access token', () => {
    const [, issued] = login();
    const body = JSON.parse(issued?.[0]?.response?.body ?? '{}') as { access_token: string };
    expect(first(authorize(), issued!, other('POST', `${AS}/revoke`, { at: 6, raw: `token=${body.access_token}`, body: '' }), at(8, R1))).toBe('refresh_revoked');
  });
  it('session_ended: after a logout', () => { expect(first(...login(), other('GET', `${AS}/logout?id_token_hint=x`, { at: 6, raw: '' }), at(8, R1))).toBe('session_ended'); });
  it('refresh_wrong_client', () => { expect(first(...login(), at(8, R1, { basic: 'client-b:other-secret' }))).toBe('refresh_wrong_client'); });
  it('refresh_expired: by the lifetime stated with it', () => { expect(first(authorize(), token({ ...tokens(R1, { refresh_expires_in: 60 }) }), at(100, R1))).toBe('refresh_expired'); });
  it('refresh_expired: ruled out by the lifetime stated with it', () => {
    expect(finding(diagnosed(run(authorize(), token({ ...tokens(R1, { refresh_expires_in: 600 }) }), at(100, R1))), 'refresh_expired').verdict).toBe('ruled-out');
  });
  it('refresh_expired: by its own exp', () => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwt = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: AS, exp: START / 1000 + 5, typ: 'Refresh' })}.c2lnbmF0dXJl`;
    expect(first(token({ at: 30, parameters: refresh(jwt) }))).toBe('refresh_expired');
  });
  it('refresh_expired: leads among equals when time has passed', () => {
    const diagnosis = diagnosed(run(...login(), at(40, R1)));
    expect(diagnosis.causes[0]?.id, order(diagnosis)).toBe('refresh_expired');
  });
  it('refresh_scope', () => {
    expect(first(...login(), at(8, R1, { parameters: refresh(R1, { scope: 'openid profile admin' }), body: { error: 'invalid_scope' } }))).toBe('refresh_scope');
  });
  it('refresh_invalid: the access token in its place', () => {
    const [, issued] = login();
    const body = JSON.parse(issued?.[0]?.response?.body ?? '{}') as { access_token: string };
    expect(first(authorize(), issued!, at(8, body.access_token))).toBe('refresh_invalid');
  });
  it('value_altered: cut short', () => { expect(first(...login(), at(8, R1.slice(0, 20)))).toBe('value_altered'); });
  it('code_reused: the code behind it was redeemed twice', () => { expect(first(...login(), token({ at: 6, parameters: redeem() }), at(9, R1))).toBe('code_reused'); });
  it('wrong_environment: issued by another host', () => { expect(first(...login(), at(8, R1, { url: 'https://as.elsewhere.test/token' }))).toBe('wrong_environment'); });
  it('refresh_limit: a hint only, where further logins followed', () => {
    const diagnosis = diagnosed(run(...login(), authorize({ at: 20, state: 's2', code: 'second-code-123456' }), token({ at: 24, parameters: redeem({ code: 'second-code-123456' }), ...tokens('refresh-new-1') }), at(30, R1)));
    expect(finding(diagnosis, 'refresh_limit').verdict).toBe('possible');
  });

  it('knows of other runs by the ledger', () => {
    const key = new Uint8Array(32).fill(7);
    const earlier = run(...login(), at(10, R1, tokens(R2)));
    const ledger = createLedger(key, ledgerEntriesOf(earlier, key));
    expect(JSON.stringify(ledgerEntriesOf(earlier, key))).not.toContain(R1);
    const later = run(at(60, R1));
    expect(diagnosed(later, { ledger }).causes[0]?.id).toBe('refresh_reused');
    expect(diagnosed(run(at(60, R2, { basic: 'client-b:x' })), { ledger }).causes[0]?.id).toBe('refresh_wrong_client');
    const code = run(token({ at: 60 }));
    expect(diagnosed(code, { ledger }).causes[0]?.id).toBe('code_reused');
  });
});
