import type { ClockReading } from '../../src-main/contract/commands.ts';
import type { RunState } from '../../src-main/contract/read/run-state.ts';

/**
 * Now, on the axis of a Run. In the process that made the Run time passes by the monotonic clock, so that a changed system
 * time moves nothing; after a restart only the wall clock links the two.
 */
export function nowOf(run: Pick<RunState, 'started'>, clock: ClockReading | null): number {
  if (!clock) return Date.now();
  const { started } = run;
  return started?.boot === clock.boot ? started.at + (clock.mono - started.mono) : clock.at;
}
