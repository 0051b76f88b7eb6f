import type { Row } from './rows.ts';
import { rowHeight } from './rows.ts';

/** Where each row begins, in CSS pixels; one more entry than rows: the last is the whole height. */
export function offsetsOf(rows: readonly Row[], width: number): number[] {
  const offsets = [0];
  for (const row of rows) offsets.push((offsets.at(-1) as number) + rowHeight(row, width));
  return offsets;
}

/**
 * Which rows touch the part that is seen, with some beyond it so that scrolling shows no gap and that small Runs are there as a whole.
 *
 * @returns half-open range of row indexes
 */
export function visibleRange(offsets: readonly number[], top: number, height: number, beyond = 1200): [first: number, end: number] {
  const count = offsets.length - 1;
  const first = Math.max(0, lastAtOrBelow(offsets, top - beyond));
  const last = Math.min(count - 1, lastAtOrBelow(offsets, top + height + beyond));
  return count === 0 ? [0, 0] : [Math.min(first, count - 1), last + 1];
}

function lastAtOrBelow(offsets: readonly number[], position: number): number {
  let [low, high] = [0, offsets.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] as number) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
