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

/** Each failure of a Vitest JSON report as one line, file and name first: they stand at the end of a long log, where a person looks. */
export function failuresOf(report, root) {
  return (report?.testResults ?? []).flatMap((file) => {
    const where = file.name.startsWith(root) ? file.name.slice(root.length + 1) : file.name;
    if (file.status === 'failed' && file.assertionResults.length === 0) return [`${where}: ${firstLines(file.message)}`];
    return file.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName, failureMessages }) => `${where}: ${fullName}: ${firstLines(failureMessages[0])}`);
  });
}

const firstLines = (text) => String(text ?? '').split('\n', 12).join('\n    ').slice(0, 1500);
