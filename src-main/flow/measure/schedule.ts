/** Looks are never closer than this, milliseconds. */
const CLOSEST = 250;

/** What is known of a lifetime, milliseconds. */
export interface Bounds { atLeast: number | null; atMost: number | null }

/**
 * The ages at which something is looked at that looking does not change: rarely far from the claimed end, closely around it, then ever more
 * rarely; without a claim each time a seventh later than before. Where both bounds are known already, evenly between them.
 *
 * @param claim milliseconds, `null` where nobody states one
 * @param longest milliseconds
 * @returns ages in milliseconds, ascending, the last one `longest` unless bounds are given
 */
export function watchAges(claim: number | null, longest: number, known: Bounds = { atLeast: null, atMost: null }): number[] {
  const { atLeast, atMost } = known;
  if (atMost !== null) {
    const from = atLeast ?? 0;
    return spaced(Array.from({ length: 9 }, (_none, index) => from + ((atMost - from) * index) / 8));
  }
  const ages: number[] = [];
  if (claim === null) for (let age = 1000; age < longest; age *= 8 / 7) ages.push(age);
  else {
    ages.push(...[0.25, 0.5, 0.75, 0.9, 0.97].map((share) => claim * share));
    for (const seconds of [-10, -5, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 5, 10, 20, 30, 45, 60]) ages.push(claim + seconds * 1000);
    if (claim <= 10_000) for (let age = CLOSEST; age <= claim + 2000; age += CLOSEST) ages.push(age);
    for (let age = claim + 60_000; age < longest; age += Math.max(60_000, claim / 10, (age - claim) / 4)) ages.push(age);
  }
  return spaced([...ages.filter((age) => age < longest), longest]);
}

function spaced(ages: readonly number[]): number[] {
  const sorted = ages.filter((age) => age > 0).toSorted((a, b) => a - b);
  return sorted.filter((age, index) => index === sorted.length - 1 || (sorted[index + 1] as number) - age >= CLOSEST / 2);
}

/**
 * Which age is due next.
 *
 * @param done the age last looked at, `null` before the first look
 * @param now the age it has by now; of several that were missed the latest counts
 * @returns what is due, and what was planned for it, which lies before where looks were missed; `null` after the last one
 */
export function nextAge(ages: readonly number[], done: number | null, now: number): { due: number; planned: number } | null {
  const open = ages.filter((age) => age > (done ?? -1) + 1);
  const [planned] = open;
  return planned === undefined ? null : { due: open.findLast((age) => age <= now) ?? planned, planned };
}

/**
 * How long something is left alone before it is tried where trying spends it: a little before the claimed end and a little after, then
 * doubling; between two bounds the middle.
 *
 * @returns milliseconds; `null` where the bounds are as close as it gets or `longest` was reached
 */
export function nextTry(claim: number | null, longest: number, { atLeast, atMost }: Bounds): number | null {
  if (atMost !== null) {
    const width = atMost - (atLeast ?? 0);
    return width <= Math.max(1000, atMost * 0.1) ? null : (atLeast ?? 0) + width / 2;
  }
  if (atLeast !== null && atLeast >= longest * 0.99) return null;
  const first = claim ?? Math.min(60_000, longest / 4);
  const margin = claim === null ? 0 : Math.min(60_000, Math.max(500, first * 0.05));
  if (atLeast === null) return Math.min(longest, first - margin);
  if (atLeast < first && claim !== null) return Math.min(longest, first + margin);
  return Math.min(longest, atLeast * 2);
}

/** Whether the bounds are as close as a server that counts whole seconds lets them be. */
export function isNarrow({ atLeast, atMost }: Bounds): boolean {
  return atMost !== null && atMost - (atLeast ?? 0) <= Math.max(700, atMost * 0.02);
}
