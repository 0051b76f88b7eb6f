import type { ClockReading, Exchange, RunState } from '../../contract/index.ts';
import type { Sleeps } from '../sleeps.ts';

/** When a request had left and when its answer began to come, by our clocks: the server acted in between. */
export interface Moments { sent: ClockReading; answered: ClockReading }

/** The moments of a recorded exchange. Its own times are by the wall clock; those of the event that recorded it link them to the monotonic one. */
export function momentsOf({ times }: Exchange, recorded: ClockReading): Moments {
  const at = (offset: number): ClockReading => {
    const wall = times.started + offset;
    return { at: wall, mono: recorded.mono - (recorded.at - wall), boot: recorded.boot };
  };
  const sent = times.sent ?? times.secured ?? times.connected ?? 0;
  return { sent: at(sent), answered: at(Math.max(sent, times.firstByte ?? times.ended)) };
}

/** The moments of an exchange of a Run; `null` where the Run has none of that id. */
export function momentsIn(state: RunState, exchangeId: string): Moments | null {
  for (const { events } of state.steps) {
    for (const event of events) if (event.type === 'exchange-recorded' && event.exchange.id === exchangeId) return momentsOf(event.exchange, event);
  }
  return null;
}

/** How old something was at the server when it was looked at: at least and at most, milliseconds. */
export function ageAt(issue: Moments, look: Moments, sleeps: Sleeps): { from: number; to: number } {
  return { from: sleeps.between(issue.answered, look.sent), to: sleeps.between(issue.sent, look.answered) };
}
