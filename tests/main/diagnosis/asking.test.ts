import { describe, expect, it } from 'vitest';
import type { Call, Report } from './reports/report.ts';
import { CONSTRUCTED, diagnosisOf, granted, redeem } from './reports/report.ts';

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const poll = (more: Partial<Call>): Call => ({ url: 'https://as.example.net/token', form: { grant_type: DEVICE, device_code: 'DC-77aa19', client_id: 'tv' }, ...more });
const of = (calls: Call[]): ReturnType<typeof diagnosisOf> => diagnosisOf({ server: 'as', source: CONSTRUCTED, as: 'har', cause: null, calls } satisfies Report);
const pushed: Call = { url: 'https://as.example.net/par', form: { response_type: 'code', client_id: 'web', redirect_uri: 'https://app.example.net/cb', client_secret: 'n0t-a-real-one' }, answer: { error: 'invalid_request', error_description: 'code_challenge is required for this client' }, at: 0 };

describe('waiting for the user of a device', () => {
  it('is no refusal once tokens came', () => {
    expect(of([poll({ answer: { error: 'authorization_pending' }, at: 1 }), poll({ answer: { error: 'slow_down' }, at: 3 }), poll({ ...granted(), at: 9 })])).toBeNull();
  });

  it('does not hide the refusal that came before', () => {
    const diagnosis = of([poll({ answer: { error: 'expired_token' }, at: 1 }), poll({ answer: { error: 'authorization_pending' }, at: 2 })]);
    expect(diagnosis?.error.error).toBe('expired_token');
  });
});

describe('a refused pushed authorization request', () => {
  it('is explained with evidence in its own body', () => {
    const first = of([pushed])?.causes[0];
    expect(first?.id).toBe('pkce_required');
    expect(first?.verdict).toBe('likely');
    expect(first?.evidence.some(({ target }) => target?.part === 'request-body' && target.name === 'code_challenge')).toBe(true);
  });

  it('gives way to a token request that was refused', () => {
    const diagnosis = of([pushed, { url: 'https://as.example.net/token', form: redeem({ client_id: 'web', code: 'Qm9Zt4-xWv8_LpR2sKd7Yh1n' }), answer: { error: 'invalid_grant' }, at: 5 }]);
    expect(diagnosis?.error.error).toBe('invalid_grant');
  });

  it('is not called a token request without grant_type', () => {
    const causes = new Map(of([pushed])?.causes.map(({ id, verdict }) => [id, verdict]));
    expect(causes.get('missing_parameter')).not.toBe('likely');
    expect(causes.get('unsupported_grant_type')).not.toBe('likely');
    expect(causes.get('token_endpoint_wrong')).not.toBe('likely');
  });
});
