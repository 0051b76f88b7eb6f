import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Handoffs } from '../../../src-main/receiver/handoff.ts';
import type { CallbackRequest, Expected } from '../../../src-main/receiver/judge.ts';
import { judgeAnswer, readAnswer } from '../../../src-main/receiver/read-answer.ts';

const place = { host: '127.0.0.1:5000', path: '/callback', origin: 'http://127.0.0.1:5000' };
const state = 'the-right-state';
const base: CallbackRequest = { method: 'GET', target: '/callback', host: place.host, origin: null, fetchSite: null, fetchMode: null, fetchDest: null, body: '' };
const modes: Expected[] = [{}, { formPost: true }, { fragment: true }, { formPost: true, fragment: true }].map((mode) => ({ state, issuerRequired: false, formPost: false, ...mode }));
const b64 = (text: string): string => Buffer.from(text).toString('base64url');
const value = fc.oneof(fc.string(), fc.constantFrom('code', 'state', '%', '%zz', '{}', 'null'), fc.json().map((json) => `${b64('{"alg":"none"}')}.${b64(json)}.x`), fc.constant(`${b64('{"alg":"dir"}')}....`));
const pairs = fc.array(fc.tuple(fc.constantFrom('code', 'state', 'iss', 'error', 'response', 'id_token', 'grantscope_handoff', 'grantscope_fragment', '__proto__', ''), value), { maxLength: 8 })
  .map((list) => list.map(([name, text]) => `${name}=${encodeURIComponent(text.toWellFormed())}`).join('&'));

describe('readAnswer', () => {
  it('never rejects and takes nothing without the state, in any mode, whatever comes', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...modes), fc.constantFrom('GET', 'POST'), pairs, pairs, fc.boolean(), async (expected, method, query, body, known) => {
      const handoffs = new Handoffs();
      const token = /value="([\w-]+)"/.exec(handoffs.page())?.[1] ?? '';
      const request = { ...base, method, target: `/callback?${query}`, body: known ? `grantscope_handoff=${token}&grantscope_fragment=${encodeURIComponent(body)}` : body };
      const read = await readAnswer(request, place, expected, handoffs, async () => null);
      expect(judgeAnswer(read, expected).verdict).not.toMatch(/^accepted/);
    }), { numRuns: 500 });
  });

  it('spends a one-time value by looking at it', () => {
    const handoffs = new Handoffs();
    const token = /value="([\w-]+)"/.exec(handoffs.page())?.[1] ?? '';
    expect([handoffs.spend(`${token}x`), handoffs.spend(token), handoffs.spend(token), handoffs.spend('')]).toEqual([false, true, false, false]);
  });
});
