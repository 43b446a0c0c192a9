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

/** A test that failed, or a file that could not even be loaded. */
export type Failure = { file: string; title: string; because: string }

/**
 * Reads Vitest's JSON report. A file that could not even be loaded is one failure; so is a run that ended badly with
 * nothing in the report to show for it (an unhandled error, the time limit, no report at all).
 */
export function countResults(report: unknown, exitCode: number): Count {
  const tests = filesIn(report).flatMap(testsIn)
  const having = (statuses: readonly unknown[]) => tests.filter((each) => statuses.includes(each.status)).length
  const failed = failuresIn(report).length
  return {
    passed: having(['passed']),
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: having(['skipped', 'pending', 'todo', 'disabled']),
  }
}

export function failuresIn(report: unknown): Failure[] {
  return filesIn(report).flatMap((file) => {
    const name = String(file.name ?? '')
    const failed = testsIn(file).filter((each) => each.status === 'failed')
    if (failed.length === 0) {
      return file.status === 'failed'
        ? [{ file: name, title: 'could not be loaded', because: firstLine(file.message) }]
        : []
    }
    return failed.map((each) => ({
      file: name,
      title: String(each.fullName ?? each.title ?? ''),
      because: firstLine(Array.isArray(each.failureMessages) ? each.failureMessages[0] : undefined),
    }))
  })
}

function filesIn(report: unknown): Record<string, unknown>[] {
  return isRecord(report) && Array.isArray(report.testResults) ? report.testResults.filter(isRecord) : []
}

function testsIn(file: Record<string, unknown>): Record<string, unknown>[] {
  return Array.isArray(file.assertionResults) ? file.assertionResults.filter(isRecord) : []
}

function firstLine(text: unknown): string {
  return typeof text === 'string' ? (text.split('\n')[0]?.slice(0, 300) ?? '') : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
