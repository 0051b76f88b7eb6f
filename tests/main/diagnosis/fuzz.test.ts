import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosisSchema } from '../../../src-main/contract/diagnosis.ts';
import type { RunEvent } from '../../../src-main/contract/run.ts';
import { PROBE_IDS, runEventSchema } from '../../../src-main/contract/run.ts';
import { CAUSE_IDS, diagnose } from '../../../src-main/diagnosis/index.ts';
import type { ImportedExchange } from '../../../src-main/import/imported.ts';
import { CHALLENGE, CODE, REDIRECT, run, VERIFIER } from './runs.ts';

const odd = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 30 }), fc.constantFrom('', '%', '%zz', '%25%32%46', '+', ' ', '\u0000', '\ud800', '[REDACTED]', '***', CODE, VERIFIER, CHALLENGE, REDIRECT, '__proto__', 'constructor', 'invalid_grant', 'eyJhbGciOiJub25lIn0.e30.', 'a.b.c'));
const name = fc.constantFrom('grant_type', 'code', 'redirect_uri', 'code_verifier', 'client_id', 'client_secret', 'refresh_token', 'scope', 'client_assertion', 'assertion', '__proto__', 'state', 'response_type', 'code_challenge', 'code_challenge_method', 'iss', 'error', 'error_description', 'token');
const value = fc.oneof(odd, fc.constantFrom('authorization_code', 'refresh_token', 'S256', 'plain', 'code', 'client-a', 'openid'));
const parameters = fc.array(fc.tuple(name, value), { maxLength: 8 });
const encoded = (pairs: [string, string][]): string => pairs.map(([key, text]) => `${encodeURIComponent(key)}=${encodeURIComponent(text.toWellFormed())}`).join('&');
const body = fc.oneof(parameters.map(encoded), fc.string({ unit: 'binary', maxLength: 200 }), fc.json(), parameters.map((pairs) => JSON.stringify(Object.fromEntries(pairs))));
const headers = fc.array(fc.record({
  name: fc.constantFrom('Date', 'Authorization', 'Content-Type', 'Location', 'DPoP', 'Retry-After', 'WWW-Authenticate', 'X-Served-By', '__proto__'),
  value: fc.oneof(odd, fc.constantFrom('Basic !!', 'Basic YTpi', 'Sun, 01 Mar 2026 10:00:00 GMT', 'application/json', 'application/x-www-form-urlencoded', `${REDIRECT}?code=${CODE}&state=s`)),
}), { maxLength: 5 });
const url = fc.oneof(
  fc.constantFrom('https://as.test/token', 'https://as.test/authorize', 'https://login.microsoftonline.com/t/oauth2/v2.0/token', 'http://localhost:1/realms/a/protocol/openid-connect/token', 'https://as.test/revoke', 'https://as.test/logout', 'https://as.test/.well-known/openid-configuration', 'https://as.test/par', REDIRECT),
  parameters.map((pairs) => `https://as.test/authorize?${encoded(pairs)}`), parameters.map((pairs) => `${REDIRECT}?${encoded(pairs)}`),
);
const exchange: fc.Arbitrary<Omit<ImportedExchange, 'id'>> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'OPTIONS'), url, headers, body,
  response: fc.option(fc.record({ status: fc.constantFrom(200, 301, 302, 400, 401, 403, 404, 405, 429, 500, 503), reason: fc.constant(''), headers, body }), { nil: null }),
  started: fc.option(fc.integer({ min: -1, max: 4_000_000_000_000 }), { nil: null }), duration: fc.integer({ min: 0, max: 100_000 }),
});

describe('arbitrary runs', () => {
  it('are diagnosed without throwing, and nothing is likely without evidence', () => {
    fc.assert(fc.property(fc.array(exchange, { maxLength: 8 }), fc.option(fc.constantFrom('entra', 'dex', 'no-such-provider'), { nil: undefined }), (exchanges, provider) => {
      const events = run(exchanges.map((one, index) => ({ ...one, id: `e${index}` })));
      const diagnosis = diagnose(events, provider === undefined ? {} : { provider });
      if (diagnosis === null) return;
      expect(diagnosisSchema.safeParse(diagnosis).success).toBe(true);
      expect(diagnosis.causes.map(({ id }) => id).sort()).toEqual([...CAUSE_IDS].sort());
      for (const cause of diagnosis.causes) {
        if (cause.verdict === 'likely') expect(cause.evidence.some(({ weight, text, entry, where }) => weight > 0 && text !== '' && entry !== '' && where !== '')).toBe(true);
        expect(cause.why).not.toBe('');
      }
    }), { numRuns: 400 });
  });

  it('with arbitrary conclusions of probes are diagnosed without throwing', () => {
    const ids = fc.array(fc.constantFrom<string>(...CAUSE_IDS, '__proto__', 'nonsense'), { maxLength: 6 });
    const concluded = fc.record({
      type: fc.constant('probe-concluded' as const), step: fc.constantFrom('p', 'none'), probe: fc.constantFrom(...PROBE_IDS), finding: odd, meaning: odd, supports: ids, excludes: ids,
      exchangeId: fc.constantFrom(null, 'e0', 'e1', 'gone'), about: fc.constantFrom('e0', 'e1', 'gone'),
    });
    fc.assert(fc.property(fc.array(exchange, { minLength: 1, maxLength: 3 }), fc.array(concluded, { maxLength: 5 }), (exchanges, probes) => {
      const events = run(exchanges.map((one, index) => ({ ...one, id: `e${index}` })));
      const more = probes.map((probe, index): RunEvent => ({ ...probe, seq: events.length + index, at: 0, mono: 0, boot: 'b' }));
      for (const cause of diagnose([...events, ...more])?.causes ?? []) {
        if (cause.verdict === 'likely') expect(cause.evidence.some(({ weight, text, entry, where }) => weight > 0 && text !== '' && entry !== '' && where !== '')).toBe(true);
      }
    }), { numRuns: 200 });
  });

  it('of any events at all, in any order, are diagnosed without throwing', () => {
    const whole = run([{ id: 'x', method: 'GET', url: `https://as.test/authorize?response_type=code&client_id=a&redirect_uri=${REDIRECT}&state=s`, headers: [], body: '', started: 1, duration: 1, response: { status: 302, reason: '', headers: [{ name: 'Location', value: `${REDIRECT}?code=${CODE}&state=s` }], body: '' } }],
      [{ id: 'y', method: 'POST', url: 'https://as.test/token', headers: [], body: `grant_type=authorization_code&code=${CODE}`, started: 2, duration: 1, response: { status: 400, reason: '', headers: [], body: '{"error":"invalid_grant"}' } }]);
    fc.assert(fc.property(fc.shuffledSubarray(whole), (events) => {
      const numbered = events.map((event, seq): RunEvent => ({ ...event, seq }));
      expect(() => diagnose(numbered)).not.toThrow();
    }), { numRuns: 200 });
  });

  it('made by the import pass the contract’s schema', () => {
    fc.assert(fc.property(fc.array(exchange, { maxLength: 4 }), (exchanges) => {
      for (const event of run(exchanges.map((one, index) => ({ ...one, id: `e${index}` })))) expect(runEventSchema.safeParse(event).error?.issues ?? []).toEqual([]);
    }), { numRuns: 100 });
  });
});
