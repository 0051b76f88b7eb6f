/** The part of time that is drawn, epoch milliseconds. */
export interface Domain { from: number; to: number }

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances between two marks of the axis that people read easily. */
const STEPS = [1, 2, 5, 10, 15, 30].map((n) => n * SECOND)
  .concat([1, 2, 5, 10, 15, 30].map((n) => n * MINUTE), [1, 2, 3, 6, 12].map((n) => n * HOUR), [1, 2, 7, 14, 30, 90, 180, 365].map((n) => n * DAY));

export const SHORTEST = 2 * SECOND;
export const LONGEST = 400 * DAY;

/** Where an instant stands, 0 at the start and 1 at the end of the domain; beyond both where it lies outside. */
export const position = (at: number, { from, to }: Domain): number => (at - from) / Math.max(1, to - from);

/** Marks for an axis, about as many as asked for, at round local times. */
export function ticksOf({ from, to }: Domain, wanted: number): number[] {
  const step = STEPS.find((size) => (to - from) / size <= wanted) ?? 365 * DAY * Math.ceil((to - from) / (365 * DAY * Math.max(1, wanted)));
  // Round local times, not round UTC times: half-hour zones and days start where the person's do.
  const shift = step >= HOUR ? -new Date(from).getTimezoneOffset() * MINUTE : 0;
  const first = Math.ceil((from + shift) / step) * step - shift;
  const ticks: number[] = [];
  for (let at = first; at <= to && ticks.length < 60; at += step) ticks.push(at);
  return ticks;
}

/** How a mark is written: with seconds where marks are close, with the date where they are days apart. */
export function tickLabel(at: number, { from, to }: Domain): string {
  const date = new Date(at);
  if (to - from > 3 * DAY) return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return date.toLocaleTimeString('en-GB', { hour12: false, hour: '2-digit', minute: '2-digit', ...(to - from < 20 * MINUTE && { second: '2-digit' }) });
}

/** All of it with some air, never shorter than is readable. */
export function fit(times: readonly number[], now: number): Domain {
  const known = [...times.filter((at) => Number.isFinite(at)), now];
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const length = Math.min(LONGEST, Math.max(20 * SECOND, last - first));
  return { from: first - length * 0.02, to: first + length * 1.04 };
}

/** Zooms about an instant, which stays where it is. `factor` below 1 shows less time. */
export function zoomed({ from, to }: Domain, factor: number, around: number): Domain {
  const length = Math.min(LONGEST, Math.max(SHORTEST, (to - from) * factor));
  const share = Math.min(1, Math.max(0, position(around, { from, to })));
  return { from: around - share * length, to: around + (1 - share) * length };
}

/** Moves by a share of what is shown. */
export function panned({ from, to }: Domain, share: number): Domain {
  const by = (to - from) * share;
  return { from: from + by, to: to + by };
}
