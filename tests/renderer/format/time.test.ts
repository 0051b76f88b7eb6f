import { describe, expect, it } from 'vitest';
import { countdown, duration, instant, relative, span } from '../../../src-renderer/format/time.ts';

describe('times for people', () => {
  it.each([[0.42, '0.4 ms'], [34.4, '34 ms'], [999.4, '999 ms'], [999.7, '1.00 s'], [1250, '1.25 s'], [42_000, '42.0 s'], [125_000, '2 min 5 s'], [Number.NaN, '–'], [-3, '0.0 ms']])('duration %d is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it.each([[0, '0 s'], [59.9, '59 s'], [60, '1 min'], [125, '2 min 5 s'], [11_520, '3 h 12 min'], [439_200, '5 d 2 h']])('span %d is %s', (seconds, text) => {
    expect(span(seconds)).toBe(text);
  });

  it.each([[0, '0:00'], [-4, '0:00'], [0.2, '0:01'], [65, '1:05'], [7200, '2:00:00'], [273_600, '3 d 4 h']])('countdown %d is %s', (seconds, text) => {
    expect(countdown(seconds)).toBe(text);
  });

  it('tells how far an instant is', () => {
    expect(relative(10_000, 10_400)).toBe('now');
    expect(relative(135_000, 10_000)).toBe('in 2 min 5 s');
    expect(relative(0, 12_000)).toBe('12 s ago');
  });

  it('shows an instant in UTC and refuses what is no date', () => {
    expect(instant(1_700_000_000_000)?.utc).toBe('2023-11-14 22:13:20 UTC');
    expect(instant(1e18)).toBeNull();
  });
});
