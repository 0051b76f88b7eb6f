import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Row } from '../../../src-renderer/flow/rows.ts';
import { rowHeight } from '../../../src-renderer/flow/rows.ts';
import { offsetsOf, visibleRange } from '../../../src-renderer/flow/window.ts';

const note = (key: number): Row => ({ kind: 'note', key: String(key), at: 0, lane: 'app', text: '', tone: 'quiet', selection: null });

describe('the window over the rows', () => {
  it('adds up the heights', () => {
    expect(offsetsOf([note(0), note(1)], 600)).toEqual([0, 24, 48]);
    expect(offsetsOf([], 600)).toEqual([0]);
  });

  it('a problem takes the height its text needs, and not more than a part of the view', () => {
    const problem = (message: string): Row => ({ kind: 'problem', key: 'p', tone: 'bad', problem: { code: 'x', message } });
    expect(rowHeight(problem('short'), 600)).toBe(35);
    expect(rowHeight(problem('long '.repeat(60)), 600)).toBeGreaterThan(80);
    expect(rowHeight(problem('long '.repeat(60)), 900)).toBeLessThan(rowHeight(problem('long '.repeat(60)), 600));
    expect(rowHeight(problem('x'.repeat(50_000)), 600)).toBe(220);
  });

  it('holds every row that is seen and few beyond it, wherever it stands', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 220 }), { maxLength: 400 }), fc.integer({ min: -100, max: 60_000 }), fc.integer({ min: 1, max: 2000 }), (heights, top, height) => {
      const offsets = [0];
      for (const each of heights) offsets.push((offsets.at(-1) as number) + each);
      const [first, end] = visibleRange(offsets, top, height, 100);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(heights.length);
      heights.forEach((_each, index) => {
        const seen = (offsets[index + 1] as number) > top && (offsets[index] as number) < top + height;
        if (seen) expect(index >= first && index < end).toBe(true);
      });
      expect((offsets[end] as number) - (offsets[first] as number)).toBeLessThanOrEqual(height + 200 + 440);
    }));
  });

  it('a run of 2,000 steps puts a hundred or so rows on the page', () => {
    const [first, end] = visibleRange(offsetsOf(Array.from({ length: 6000 }, (_each, index) => note(index)), 800), 50_000, 700);
    expect(end - first).toBeLessThan(140);
  });
});
