import type { ClockReading } from '../contract/index.ts';
import type { Clock } from './clock.ts';

/** Below this a difference of the two clocks is a correction of the time, not a sleep. Milliseconds. */
const SHORTEST = 2000;

/**
 * How long the machine slept. The monotonic clock of several systems stands still meanwhile while tokens at the server grow older,
 * so an age counted by it alone is too young after a sleep.
 */
export class Sleeps {
  readonly #clock: Clock;
  readonly #slept: { mono: number; length: number }[] = [];
  #since: ClockReading | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get asleep(): boolean { return this.#since !== null; }

  /** The machine is about to sleep. */
  suspend(): void { this.#since ??= this.#clock.read(); }

  /** It woke up. */
  resume(): void {
    const since = this.#since;
    this.#since = null;
    if (!since) return;
    const now = this.#clock.read();
    const length = now.at - since.at - (now.mono - since.mono);
    if (length > SHORTEST) this.#slept.push({ mono: since.mono, length });
  }

  /**
   * Milliseconds between two readings: by the monotonic clock and what was slept on top of it; by the wall clock where the readings are of
   * two processes. Never negative.
   */
  between(from: ClockReading, to: ClockReading): number {
    if (from.boot !== to.boot) return Math.max(0, to.at - from.at);
    const slept = this.#slept.reduce((sum, { mono, length }) => (mono >= from.mono && mono <= to.mono ? sum + length : sum), 0);
    return Math.max(0, to.mono - from.mono + slept);
  }

  /** Whether the machine slept between two readings of this process. */
  within(from: ClockReading, to: ClockReading): boolean {
    return from.boot === to.boot && this.#slept.some(({ mono }) => mono >= from.mono && mono <= to.mono);
  }
}
