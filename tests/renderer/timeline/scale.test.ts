import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fit, LONGEST, panned, position, SHORTEST, tickLabel, ticksOf, zoomed } from '../../../src-renderer/timeline/scale.ts';

const T = Date.parse('2026-03-29T00:30:00Z');
const domain = fc.record({ from: fc.integer({ min: 0, max: 4e12 }), length: fc.integer({ min: SHORTEST, max: LONGEST }) }).map(({ from, length }) => ({ from, to: from + length }));

describe('the axis of time', () => {
  it('never draws more marks than asked for, all inside, evenly apart', () => {
    fc.assert(fc.property(domain, fc.integer({ min: 1, max: 20 }), (shown, wanted) => {
      const ticks = ticksOf(shown, wanted);
      const gaps = new Set(ticks.slice(1).map((at, index) => at - (ticks[index] as number)));
      return ticks.length <= wanted + 1 && ticks.every((at) => at >= shown.from && at <= shown.to) && gaps.size <= 1;
    }));
  });

  it('stays the same length of time over the hour that is missing in spring', () => {
    const shown = { from: T - 3_600_000, to: T + 3 * 3_600_000 };
    expect(position(T, shown)).toBeCloseTo(0.25);
    expect(ticksOf(shown, 8).length).toBeGreaterThan(3);
  });

  it('zooming keeps the instant under the hand where it is, between two seconds and more than a year', () => {
    fc.assert(fc.property(domain, fc.double({ min: 0.01, max: 100, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (shown, factor, share) => {
      const around = shown.from + share * (shown.to - shown.from);
      const zoom = zoomed(shown, factor, around);
      const length = zoom.to - zoom.from;
      return length >= SHORTEST - 1 && length <= LONGEST + 1 && Math.abs(position(around, zoom) - position(around, shown)) < 1e-3;
    }));
  });

  it('moves without changing its length, and fits all that is known with now in it', () => {
    expect(panned({ from: 0, to: 100 }, 0.5)).toEqual({ from: 50, to: 150 });
    const all = fit([T, T + 120_000, Number.POSITIVE_INFINITY], T + 5000);
    expect(all.from).toBeLessThan(T);
    expect(all.to).toBeGreaterThan(T + 120_000);
    expect(tickLabel(T, { from: T, to: T + 60_000 })).toMatch(/^\d\d:\d\d:\d\d$/);
    expect(tickLabel(T, { from: T, to: T + 30 * 86_400_000 })).toMatch(/Mar/);
  });
});
