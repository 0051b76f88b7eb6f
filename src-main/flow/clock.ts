import { randomUUID } from 'node:crypto';
import type { ClockReading } from '../contract/index.ts';

export interface Clock {
  /** Wall and monotonic time of this instant, in milliseconds. */
  read(): ClockReading;
}

const boot = randomUUID().slice(0, 8);

/** The machine's clocks. Monotonic times carry the name of this process' start, since they mean nothing in the next one. */
export const systemClock: Clock = {
  read: () => ({ at: Date.now(), mono: performance.now(), boot }),
};
