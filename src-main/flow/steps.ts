import { randomUUID } from 'node:crypto';
import type { Problem, Provocation, StepKind, StepOutcome } from '../contract/index.ts';
import type { Recording } from './recorder.ts';
import { StepProblem } from './step-problem.ts';

/** How a step ended: with a value, or without one and the reason. */
export type StepResult<T> = { outcome: 'ok'; value: T } | { outcome: Exclude<StepOutcome, 'ok'>; problem: Problem };

export const done = <T>(value: T): StepResult<T> => ({ outcome: 'ok', value });
export const failed = (problem: Problem): StepResult<never> => ({ outcome: 'failed', problem });
export const refused = (problem: Problem): StepResult<never> => ({ outcome: 'refused', problem });

export interface StepOptions {
  kind: StepKind;
  provocation?: Provocation | undefined;
  /** The recorded exchange that is sent again. */
  resentFrom?: string;
  /** Seconds until the step is given up. */
  limit: number;
}

/** How long a request may lie open for changes by hand. */
const EDITING_SECONDS = 3600;

/** What a step's body is given: its id for the events it records, and the signal that ends it early. */
export interface StepScope { step: string; signal: AbortSignal }

/**
 * Runs one step of a flow: records its start and end, gives it a time limit and lets it be cancelled.
 *
 * Whatever the body is doing when the signal fires, the step ends as *cancelled* or *timed-out* with the reason; evidence the body
 * records on its way out still belongs to the step.
 *
 * @throws whatever the body throws: that is a programmer mistake, recorded as *failed* first so that the Run does not look unfinished.
 */
export async function runStep<T>(
  recorder: Recording, cancel: AbortSignal, options: StepOptions, body: (scope: StepScope) => Promise<StepResult<T>>,
): Promise<StepResult<T>> {
  await recorder.gate.beforeStep(recorder, options.kind, cancel);
  const step = randomUUID();
  recorder.record({
    type: 'step-started', step, kind: options.kind, limit: options.limit,
    ...(options.provocation && { provocation: options.provocation }),
    ...(options.resentFrom !== undefined && { resentFrom: options.resentFrom }),
  });
  // A person who changes a request by hand, or is asked something, needs longer than a server may.
  const limit = AbortSignal.timeout((options.limit + (recorder.gate.mayWaitIn(options.kind) ? EDITING_SECONDS : 0)) * 1000);
  const signal = AbortSignal.any([cancel, limit]);
  let result: StepResult<T>;
  try {
    result = cancel.aborted ? { outcome: 'cancelled', problem: cancelledProblem } : await body({ step, signal });
  } catch (error) {
    if (!(error instanceof StepProblem)) {
      recorder.record({ type: 'step-ended', step, outcome: 'failed', problem: internalProblem });
      throw error;
    }
    result = failed(error.problem);
  }
  if (result.outcome === 'failed' && cancel.aborted) result = { outcome: 'cancelled', problem: cancelledProblem };
  else if (result.outcome === 'failed' && limit.aborted) result = { outcome: 'timed-out', problem: timeLimitProblem(options, result.problem) };
  recorder.record({
    type: 'step-ended', step, outcome: result.outcome,
    ...(result.outcome !== 'ok' && { problem: result.problem }),
  });
  return result;
}

const cancelledProblem: Problem = {
  code: 'cancelled', message: 'You cancelled this step.', next: 'Everything recorded so far is kept. Run again when you like.',
};

const internalProblem: Problem = {
  code: 'internal', message: 'Grantscope made a mistake in this step.', next: 'Everything recorded so far is kept. Please report it with the steps that led here.',
};

function timeLimitProblem(options: StepOptions, reason: Problem): Problem {
  if (options.kind === 'receive') {
    return {
      code: 'no-callback',
      message: `The browser did not come back within ${options.limit} s.`,
      why: 'The sign-in was not finished, the provider showed an error page of its own, or it redirected somewhere else.',
      next: 'Look at the browser window for an error page; compare the registered redirect URI with the one sent; then run again. The limit is set in the environment.',
    };
  }
  return { ...reason, code: 'time-limit', message: `No complete answer within ${options.limit} s.` };
}
