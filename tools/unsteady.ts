import type { Count, Failure } from './test-count.ts'

/** More failures than this in one run are no accident of a busy machine. */
const mostRepeated = 3

/**
 * Which files to run again, alone: where a few tests failed, so that what is broken can be told from what only an overloaded machine
 * broke. Nothing is repeated when a run ended badly without naming a test.
 */
export function filesToRepeat(failures: readonly Failure[]): string[] {
  return failures.length > mostRepeated ? [] : [...new Set(failures.map(({ file }) => file))]
}

/**
 * The count after the repetition, and which tests were unsteady. A failure stands unless its file was repeated and every test in it
 * passed there.
 */
export function afterRepeat(
  first: { count: Count; failures: readonly Failure[] },
  again: { count: Count; failures: readonly Failure[] },
): { count: Count; unsteady: Failure[]; broken: Failure[] } {
  const isLoaded = again.count.passed > 0 && again.count.failed === again.failures.length
  const unsteady = first.failures.filter(({ file }) => isLoaded && again.failures.every((each) => each.file !== file))
  const broken = first.failures.filter((each) => !unsteady.includes(each))
  const { passed, skipped } = first.count
  return { count: { passed: passed + unsteady.length, failed: broken.length, skipped }, unsteady, broken }
}
