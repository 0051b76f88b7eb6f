import type { Problem } from '../contract/index.ts';

/** Ends a step as failed with this problem, from a place that can return none: deep in the making of a request. */
export class StepProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'StepProblem';
    this.problem = problem;
  }
}
