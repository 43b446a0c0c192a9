export type Count = { passed: number; failed: number; skipped: number }

export function sum(counts: readonly Count[]): Count {
  return counts.reduce(
    (all, each) => ({
      passed: all.passed + each.passed,
      failed: all.failed + each.failed,
      skipped: all.skipped + each.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

/**
 * Reads Vitest's JSON report. A file that could not even be loaded is one failure; so is a run that ended badly with
 * nothing in the report to show for it (an unhandled error, the time limit, no report at all).
 */
export function countResults(report: unknown, exitCode: number): Count {
  const files = isRecord(report) && Array.isArray(report.testResults) ? report.testResults.filter(isRecord) : []
  const tests = files.map((file) =>
    Array.isArray(file.assertionResults) ? file.assertionResults.filter(isRecord) : [],
  )
  const having = (statuses: readonly unknown[]) => tests.flat().filter((each) => statuses.includes(each.status)).length

  const unloaded = files.filter(
    (file, at) => file.status === 'failed' && !tests[at]?.some((each) => each.status === 'failed'),
  ).length
  const failed = having(['failed']) + unloaded
  return {
    passed: having(['passed']),
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: having(['skipped', 'pending', 'todo', 'disabled']),
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
