/** One row of the table of ratios. A bench measures and reports; it never fails a build. */
export interface Bench {
  name: string;
  /** What we aim for, in words. */
  goal: string;
  run(): Promise<{ ours: number; baseline: number; unit: string; note: string }>;
}
