import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, ThenStep } from '../../../src-main/cli/run/then.ts';
import { planOf, readThen } from '../../../src-main/cli/run/then.ts';

const plan = (...texts: string[]): Plan => planOf(texts.map((text) => {
  const step = readThen(text);
  if (!step.ok) throw new Error(step.problem.message);
  return step.value;
}));

describe('--then', () => {
  it.each(['', 'wait', 'wait:', 'wait:-1', 'wait:1e3', 'wait:86401', 'wait:0x10', 'WAIT:1', 'refresh ', 'toString', '__proto__'])('refuses %j', (text) => {
    expect(readThen(text)).toMatchObject({ ok: false, problem: { code: 'unknown-then' } });
  });

  it('never throws, and what it takes it takes whole', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string().map((text) => `wait:${text}`)), (text) => {
      const read = readThen(text);
      if (read.ok) expect('wait' in read.value ? read.value.wait >= 0 && read.value.wait <= 86_400 : read.value.do === text).toBe(true);
    }));
  });

  const wait = (seconds: number): ThenStep => ({ wait: seconds });
  it.each<[string, string[], Plan]>([
    ['nothing: redeemed at once', [], { first: {}, rest: [] }],
    ['waiting alone holds the code', ['wait:5', 'wait:2.5'], { first: { holdSeconds: 7.5 }, rest: [] }],
    ['waiting before a word about the code holds it', ['wait:5', 'reuse-code'], { first: { holdSeconds: 5 }, rest: [{ do: 'reuse-code' }] }],
    ['waiting before a word about tokens lets the tokens wait', ['wait:5', 'refresh'], { first: {}, rest: [wait(5), { do: 'refresh' }] }],
    ['a mistake at the beginning takes the place of the redemption', ['wrong-secret', 'wait:1', 'refresh'], { first: { mistake: 'wrong-secret' }, rest: [wait(1), { do: 'refresh' }] }],
    ['a held code, then a mistake with it, then another code', ['wait:1', 'wrong-redirect', 'wrong-redirect'], { first: { holdSeconds: 1, mistake: 'wrong-redirect' }, rest: [{ do: 'wrong-redirect' }] }],
    ['a mistake later is no first one', ['refresh', 'wrong-verifier'], { first: {}, rest: [{ do: 'refresh' }, { do: 'wrong-verifier' }] }],
  ])('%s', (_name, texts, expected) => { expect(plan(...texts)).toEqual(expected); });
});
