import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../../src-main/contract/index.ts';
import { boundsOf, lifetimeFinding } from '../../../../src-main/flow/measure/bounds.ts';
import { isNarrow, nextAge, nextTry, watchAges } from '../../../../src-main/flow/measure/schedule.ts';

const seen = (alive: boolean, from: number, to: number, late = false): Observation => ({ question: 'access-token', subject: 't', age: { from, to }, alive, exchangeId: `${alive} ${from}`, late });

describe('when to look', () => {
  it('looks closely around the claimed end, rarely elsewhere, and never beyond what was allowed', () => {
    const ages = watchAges(3_600_000, 7_200_000);
    expect(ages.length).toBeLessThan(60);
    expect(ages.filter((age) => Math.abs(age - 3_600_000) <= 2000).length).toBeGreaterThanOrEqual(6);
    expect(ages.at(-1)).toBe(7_200_000);
    expect(watchAges(3000, 60_000)).toContain(3250);
  });

  it('any claim and limit: ascending, apart, positive, few', () => {
    fc.assert(fc.property(fc.option(fc.double({ min: 1, max: 4e10, noNaN: true })), fc.double({ min: 1000, max: 3.2e10, noNaN: true }), (claim, longest) => {
      const ages = watchAges(claim, longest);
      expect(ages.length).toBeLessThan(300);
      for (const [index, age] of ages.entries()) expect(age > (ages[index - 1] ?? 0) && age <= longest).toBe(true);
    }), { numRuns: 200 });
  });

  it('of looks that were missed only the latest is made up for', () => {
    expect(nextAge([1, 2, 3, 10].map((s) => s * 1000), null, 3500)).toEqual({ due: 3000, planned: 1000 });
    expect(nextAge([1, 2, 3, 10].map((s) => s * 1000), 3000, 3500)).toEqual({ due: 10_000, planned: 10_000 });
    expect(nextAge([1000], 1000, 5000)).toBeNull();
  });

  it('a search by use ends, and closes in on the end wherever that is', () => {
    fc.assert(fc.property(fc.option(fc.integer({ min: 2000, max: 10_000_000 })), fc.integer({ min: 1500, max: 20_000_000 }), (claim, life) => {
      let atLeast: number | null = null;
      let atMost: number | null = null;
      for (let tries = 0; tries < 60; tries += 1) {
        const due = nextTry(claim, 10_000_000, { atLeast, atMost });
        if (due === null) {
          if (life >= 10_000_000) expect(atLeast).not.toBeNull();
          else if (atMost !== null) expect(atMost - (atLeast ?? 0)).toBeLessThanOrEqual(Math.max(1000, atMost * 0.1) + 1);
          return;
        }
        expect(due).toBeGreaterThan(atLeast ?? 0);
        if (due < life) atLeast = due;
        else atMost = due;
      }
      throw new Error('it does not end');
    }), { numRuns: 300 });
  });

  it('knows when it is close enough', () => {
    expect(isNarrow({ atLeast: 2500, atMost: 3000 })).toBe(true);
    expect(isNarrow({ atLeast: 1000, atMost: 3000 })).toBe(false);
    expect(isNarrow({ atLeast: 3_590_000, atMost: 3_650_000 })).toBe(true);
    expect(isNarrow({ atLeast: 10, atMost: null })).toBe(false);
  });
});

describe('what looks have shown', () => {
  it('takes the best bound of each side, and says that a late one is late', () => {
    expect(boundsOf([seen(true, 900, 950), seen(true, 1900, 1950), seen(false, 4000, 4100), seen(false, 9000, 9100, true)])).toMatchObject({ atLeast: 1900, atMost: 4100, late: false });
    expect(boundsOf([seen(true, 1000, 1010), seen(false, 9000, 9100, true)])).toMatchObject({ late: true });
    expect(boundsOf([])).toMatchObject({ atLeast: null, atMost: null });
  });

  it('holds it against the claim', () => {
    const claim = { seconds: 60, from: 'expires_in' };
    const verdict = (...observations: Observation[]) => lifetimeFinding('access-token', claim, observations).verdict;
    expect(verdict(seen(true, 59_500, 59_600), seen(false, 60_100, 60_200))).toBe('as-claimed');
    expect(verdict(seen(true, 30_000, 30_100), seen(false, 31_000, 31_100))).toBe('shorter');
    expect(verdict(seen(true, 120_000, 120_100))).toBe('longer');
    expect(verdict(seen(true, 10_000, 10_100))).toBe('unknown');
    expect(verdict(seen(true, 10_000, 10_100), seen(false, 200_000, 200_100, true))).toBe('as-claimed');
    expect(lifetimeFinding('access-token', null, [seen(true, 1000, 1010)]).sentence).toBe('The access token still worked after 1.0 s, where we stopped, and nobody states how long it should.');
    expect(lifetimeFinding('access-token', claim, [seen(true, 59_500, 59_600), seen(false, 70_000, 70_100, true)]).sentence).toContain('a late look');
  });
});
