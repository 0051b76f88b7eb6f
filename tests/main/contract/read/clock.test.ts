import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockSkewOf, durationText, isSkewed, serverTimeOf } from '../../../../src-main/contract/index.ts';
import { answer, started } from './answers.ts';

describe('clockSkewOf', () => {
  it('measures against the middle of the round trip', () => {
    expect(clockSkewOf(answer({ serverAt: started + 60_000, trip: 400 }))).toEqual({ offset: 59_800, uncertainty: 1200, serverTime: started + 60_000, ourTime: started + 200 });
  });

  it('says nothing without a Date that can be read', () => {
    for (const date of ['', 'yesterday', 'Thu']) expect(clockSkewOf(answer({ headers: { Date: date } }))).toBeNull();
    expect(clockSkewOf({ ...answer(), response: null })).toBeNull();
  });

  it('adds the Age of a cached answer', () => {
    expect(serverTimeOf(answer({ headers: { Age: '30' } }))).toBe(started + 30_000);
    expect(serverTimeOf(answer({ headers: { Age: '-1' } }))).toBe(started);
    expect(serverTimeOf(answer({ headers: { Age: '9'.repeat(50) } }))).toBe(started);
  });

  it('always has the true offset within its uncertainty', () => {
    fc.assert(fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (offset, trip, share) => {
      // The server reads its clock somewhere within the round trip and writes it down in whole seconds.
      const serverAt = Math.floor((started + trip * share + offset) / 1000) * 1000;
      const skew = clockSkewOf(answer({ serverAt, trip }));
      expect(Math.abs((skew?.offset ?? Infinity) - offset)).toBeLessThanOrEqual(skew?.uncertainty ?? 0);
    }));
  });

  it('calls clocks skewed only beyond the uncertainty', () => {
    expect(isSkewed({ offset: 1000, uncertainty: 1000, serverTime: 0, ourTime: 0 })).toBe(false);
    expect(isSkewed({ offset: -1001, uncertainty: 1000, serverTime: 0, ourTime: 0 })).toBe(true);
  });
});

describe('durationText', () => {
  it.each([[0, '0 ms'], [-850, '850 ms'], [12_000, '12 s'], [119_400, '119 s'], [665_000, '11 min 5 s'], [3_600_000, '60 min'], [11_400_000, '3 h 10 min'], [7_862_400_000, '91 days']])('writes %d as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
