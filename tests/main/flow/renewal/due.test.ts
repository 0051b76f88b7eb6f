import { describe, expect, it } from 'vitest';
import { renewalOptionsSchema } from '../../../../src-main/contract/index.ts';
import { backoffOf } from '../../../../src-main/flow/renewal/index.ts';
import { Sleeps } from '../../../../src-main/flow/sleeps.ts';

describe('when to renew', () => {
  it('refuses a share outside of 0.1 to 0.95', () => {
    for (const share of [0, 0.09, 0.96, 1, NaN, '0.5']) expect(renewalOptionsSchema.safeParse({ enabled: true, share }).success).toBe(false);
    for (const share of [0.1, 0.75, 0.95]) expect(renewalOptionsSchema.safeParse({ enabled: true, share }).success).toBe(true);
  });

  it('waits twice as long after each failure, five minutes at most, with a fifth of chance', () => {
    expect([1, 2, 3, 4].map((failures) => backoffOf(failures, 0.5))).toEqual([2000, 4000, 8000, 16_000]);
    expect(backoffOf(1000, 0.5)).toBe(300_000);
    expect([backoffOf(3, 0), backoffOf(3, 1)]).toEqual([6400, 9600]);
  });
});

describe('time across sleeps', () => {
  const at = (wall: number, mono: number, boot = 'a') => ({ at: wall, mono, boot });

  it('adds what was slept to the monotonic time, and nothing where the wall clock was merely set', () => {
    let now = at(0, 0);
    const sleeps = new Sleeps({ read: () => now });
    now = at(1000, 1000);
    sleeps.suspend();
    expect(sleeps.asleep).toBe(true);
    now = at(61_000, 2000);
    sleeps.resume();
    expect(sleeps.between(at(500, 500), at(62_000, 3000))).toBe(2500 + 59_000);
    expect(sleeps.between(at(61_500, 2500), at(62_000, 3000))).toBe(500);
    expect(sleeps.between(at(500, 500), at(-86_400_000, 900))).toBe(400);
  });

  it('goes by the wall clock between two processes, and is never negative', () => {
    const sleeps = new Sleeps({ read: () => at(0, 0) });
    expect(sleeps.between(at(1000, 99_999), at(5000, 3, 'b'))).toBe(4000);
    expect(sleeps.between(at(5000, 3), at(1000, 9, 'b'))).toBe(0);
  });
});
