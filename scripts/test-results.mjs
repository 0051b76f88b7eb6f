/** Sums suites. */
export function total(results) {
  return results.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), { passed: 0, failed: 0 });
}

/**
 * Counts of a Vitest JSON report. A run that left no report, or that failed without a failing test (a file that did not load,
 * an unhandled error), counts as one failure: nothing may pass by not running.
 */
export function fromVitest(report, exitCode) {
  if (!report) return { passed: 0, failed: 1 };
  const failed = report.numFailedTests + report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: report.numPassedTests, failed: exitCode !== 0 && failed === 0 ? 1 : failed };
}
