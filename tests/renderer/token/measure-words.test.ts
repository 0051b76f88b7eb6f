import { describe, expect, it } from 'vitest';
import type { PlannedQuestion } from '../../../src-main/contract/measure.ts';
import { countText, spanText, totalOf } from '../../../src-renderer/token/measure-words.ts';

const planned = (more: Partial<PlannedQuestion>): PlannedQuestion => ({ question: 'rotation', how: '', claimed: null, seconds: { from: 10, to: 60 }, signIns: { from: 0, to: 1 }, grants: { from: 1, to: 2 }, ...more });

describe('what a measurement takes, in words', () => {
  it('gives one value where both ends are one', () => {
    expect(spanText({ from: 60, to: 60 })).toBe('about 1 min');
    expect(spanText({ from: 60, to: 7200 })).toBe('1 min to 2 h');
    expect(spanText({ from: 0, to: 2 })).toBe('1 s to 2 s');
    expect([countText({ from: 1, to: 1 }), countText({ from: 1, to: 3 })]).toEqual(['1', '1 to 3']);
  });

  it('adds up what can be measured, and leaves out what cannot', () => {
    const plan = { options: { questions: ['rotation' as const], longest: 60, signIns: 4 }, questions: [planned({}), planned({ question: 'code' }), planned({ question: 'reuse-grace', impossible: 'no' })] };
    expect(totalOf(plan)).toEqual({ seconds: { from: 20, to: 120 }, grants: { from: 2, to: 4 }, signIns: { from: 1, to: 4 } });
  });
});
