import fc from 'fast-check';
import { AuthorizationResponseError, validateAuthResponse } from 'oauth4webapi';
import { describe, expect, it } from 'vitest';
import type { CallbackRequest, Expected } from '../../../src-main/receiver/index.ts';
import { judgeCallback } from '../../../src-main/receiver/index.ts';

const place = { host: '127.0.0.1:51004', path: '/callback' };
const expected: Expected = { state: 'right', issuer: 'https://as.example', issuerRequired: false, formPost: false };
const request = (query: string, more: Partial<CallbackRequest> = {}): CallbackRequest => ({
  method: 'GET', target: `/callback${query}`, host: place.host, origin: null, fetchSite: 'cross-site', fetchMode: 'navigate', fetchDest: 'document', body: '', ...more,
});
const verdict = (query: string, more: Partial<CallbackRequest> = {}, wanted: Partial<Expected> = {}) => judgeCallback(request(query, more), place, { ...expected, ...wanted }).verdict;
const right = '?code=c&state=right';

describe('judgeCallback', () => {
  it('refuses in order: each check fails before the ones after it', () => {
    const allWrong = { host: 'evil.example', method: 'PUT', fetchMode: 'cors', target: '/other?code=%zz&code=2&state=wrong&iss=https://evil.example' };
    const mended: [Partial<CallbackRequest>, string][] = [
      [allWrong, 'host'],
      [{ ...allWrong, host: place.host }, 'method'],
      [{ ...allWrong, host: place.host, method: 'GET' }, 'cross-origin'],
      [{ target: '/other?code=%zz&code=2&state=wrong&iss=https://evil.example' }, 'path'],
      [{ target: '/callback?code=%zz&code=2&state=wrong&iss=https://evil.example' }, 'malformed'],
      [{ target: '/callback?code=1&code=2&state=wrong&iss=https://evil.example' }, 'duplicate-parameter'],
      [{ target: '/callback?session_state=x' }, 'no-parameters'],
      [{ target: '/callback?state=wrong&iss=https://evil.example' }, 'iss-mismatch'],
      [{ target: '/callback?state=wrong' }, 'state-mismatch'],
      [{ target: '/callback?code=c' }, 'state-missing'],
      [{ target: '/callback?state=right' }, 'code-missing'],
      [{ target: '/callback?state=right&error=access_denied&code=c' }, 'accepted-error'],
      [{ target: `/callback${right}` }, 'accepted'],
    ];
    for (const [more, wanted] of mended) expect([more, judgeCallback(request('', more), place, expected).verdict]).toEqual([more, wanted]);
  });

  it('compares iss as a string, and wants it only where the metadata promises it', () => {
    for (const iss of ['https://as.example/', 'https://AS.example', 'https://as.example:443', 'http://as.example']) {
      expect(verdict(`${right}&iss=${encodeURIComponent(iss)}`)).toBe('iss-mismatch');
    }
    expect(verdict(right)).toBe('accepted');
    expect(verdict(right, {}, { issuerRequired: true })).toBe('iss-missing');
    expect(verdict(`${right}&iss=https%3A%2F%2Fas.example`, {}, { issuerRequired: true })).toBe('accepted');
  });

  it('counts a parameter without a value as left out (RFC 6749 §3.1)', () => {
    expect(verdict('?code=&state=right')).toBe('code-missing');
    expect(verdict('?code=c&state=')).toBe('state-missing');
    expect(verdict('?code=c&state=right&error=')).toBe('accepted');
    expect(verdict(`${right}&iss=`, {}, { issuerRequired: true })).toBe('iss-missing');
  });

  it('sees a duplicate under an encoded name, and lets unknown parameters stand twice', () => {
    expect(verdict(`${right}&st%61te=other`)).toBe('duplicate-parameter');
    expect(verdict(`${right}&authuser=0&authuser=1`)).toBe('accepted');
  });

  it('takes a POST only for form_post, and then only its body', () => {
    const posted = { method: 'POST', target: '/callback', body: 'code=c&state=right' };
    expect(verdict('', posted)).toBe('method');
    expect(verdict('', posted, { formPost: true })).toBe('accepted');
    expect(verdict('', { ...posted, target: '/callback?code=c&state=right', body: '' }, { formPost: true })).toBe('no-parameters');
    expect(verdict('', { ...posted, body: null }, { formPost: true })).toBe('malformed');
  });

  it('takes the request of a browser without Sec-Fetch headers, unless a script shows', () => {
    const old = { fetchSite: null, fetchMode: null, fetchDest: null };
    expect(verdict(right, old)).toBe('accepted');
    expect(verdict(right, { ...old, origin: 'https://evil.example' })).toBe('cross-origin');
    expect(verdict(right, { ...old, fetchSite: 'cross-site' })).toBe('cross-origin');
    for (const fetchDest of ['iframe', 'embed', 'object', 'empty']) expect(verdict(right, { fetchDest })).toBe('cross-origin');
  });

  it('keeps the values that decided', () => {
    expect(judgeCallback(request('?code=c&state=other'), place, expected)).toEqual({ verdict: 'state-mismatch', expected: 'right', found: 'other' });
    expect(judgeCallback(request('?error=access_denied&error_description=No%21&error_uri=https://x.example&state=right'), place, expected).error)
      .toEqual({ error: 'access_denied', description: 'No!', uri: 'https://x.example', foundIn: 'redirect', status: 0 });
  });

  it('never throws and takes nothing without the state, whatever comes', () => {
    const anything = fc.record({
      method: fc.oneof(fc.constantFrom('GET', 'POST', 'HEAD'), fc.string()), target: fc.oneof(fc.string(), fc.string().map((text) => `/callback?${text}`), fc.string({ unit: 'binary' }).map((text) => `/callback?code=${text}`)),
      host: fc.oneof(fc.constantFrom(null, place.host, '['), fc.string()), origin: fc.option(fc.string()), fetchSite: fc.option(fc.string()), fetchMode: fc.option(fc.constantFrom('navigate', 'cors')),
      fetchDest: fc.option(fc.string()), body: fc.option(fc.string({ unit: 'binary' })),
    });
    fc.assert(fc.property(anything, fc.uuid(), (one, state) => {
      expect(judgeCallback(one, place, { ...expected, state, formPost: true }).verdict).not.toMatch(/^accepted/);
    }));
  });

  it('decides like oauth4webapi over all mixtures of parameters', () => {
    const value = fc.constantFrom('', 'right', 'wrong', 'https://as.example', 'https://as.example/', 'a b&c=d', 'ü');
    const parameters = fc.array(fc.tuple(fc.constantFrom('code', 'state', 'iss', 'error', 'error_description', 'other'), value), { maxLength: 6 });
    fc.assert(fc.property(parameters, fc.boolean(), (pairs, issuerRequired) => {
      const query = new URLSearchParams(pairs);
      // Stricter by intention: it does not look whether these two stand twice.
      fc.pre(query.getAll('error_description').length < 2 && query.getAll('code').length < 2);
      expect(decided(verdict(`?${query.toString()}`, {}, { issuerRequired }))).toBe(theirs(query, issuerRequired));
    }), { numRuns: 2000 });
  });
});

/** Our verdict in its words: a missing code is found only later there, at the token request. */
function decided(verdict: string): string {
  if (verdict === 'code-missing') return 'accepted';
  return verdict === 'accepted' || verdict === 'accepted-error' ? verdict : 'refused';
}

function theirs(query: URLSearchParams, issuerRequired: boolean): string {
  try {
    validateAuthResponse({ issuer: 'https://as.example', authorization_response_iss_parameter_supported: issuerRequired }, { client_id: 'c' }, query, 'right');
    return 'accepted';
  } catch (error) {
    return error instanceof AuthorizationResponseError ? 'accepted-error' : 'refused';
  }
}
