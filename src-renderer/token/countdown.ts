import type { ClockReading } from '../../src-main/contract/commands.ts';
import type { Exchange } from '../../src-main/contract/exchange.ts';
import type { TokenState } from '../../src-main/contract/read/run-state.ts';
import type { Lifetime } from '../../src-main/contract/read/lifetime.ts';
import { lifetimeOf, remaining } from '../../src-main/contract/read/lifetime.ts';
import { countdown, span } from '../format/time.ts';

export interface Countdown {
  text: string;
  /** Part of the lifetime that is left, 0–1; `null` where the end is unknown. */
  share: number | null;
  expired: boolean;
  /** Where the end comes from: the member's name, or why there is none. */
  source: string;
}

/** What is left of a token, as its row shows it. */
export function countdownOf(token: TokenState, exchange: Exchange | undefined, clock: ClockReading): Countdown {
  return countdownIn(lifetimeOf(token, exchange), clock);
}

/** The same of a lifetime that has been read already: reading one every second costs more than all the rest. */
export function countdownIn(lifetime: Lifetime, clock: ClockReading): Countdown {
  const left = remaining(lifetime, clock);
  if (!left || lifetime.expiresAtOurs === undefined) return { text: 'unknown', share: null, expired: false, source: 'not stated' };
  const whole = Math.max(1, lifetime.expiresAtOurs - lifetime.received.at);
  return {
    text: left.expired ? `expired ${span(left.past / 1000)} ago` : countdown(left.left / 1000),
    share: Math.max(0, Math.min(1, left.left / whole)), expired: left.expired, source: lifetime.source,
  };
}
