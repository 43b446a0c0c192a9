import { expect, test } from 'vitest'
import { countResults, failuresIn } from './test-count.ts'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
})

test.each([
  [
    'passed, failed and skipped tests',
    [file('failed', 'passed', 'failed', 'skipped')],
    1,
    { passed: 1, failed: 1, skipped: 1 },
  ],
  [
    'a file that could not be loaded',
    [file('failed'), file('passed', 'passed')],
    1,
    { passed: 1, failed: 1, skipped: 0 },
  ],
  [
    'a run that ended badly though every test passed',
    [file('passed', 'passed')],
    1,
    { passed: 1, failed: 1, skipped: 0 },
  ],
  ['a run in which all is well', [file('passed', 'passed', 'passed')], 0, { passed: 2, failed: 0, skipped: 0 }],
])('%s are counted', (_, testResults, code, count) => {
  expect(countResults({ testResults }, code)).toEqual(count)
})

test('a run without a report is a failure', () => {
  expect(countResults(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('what failed is named, with the first line of its reason', () => {
  const report = {
    testResults: [
      { name: 'a.test.ts', status: 'failed', message: 'no such module\n at …', assertionResults: [] },
      {
        name: 'b.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'b is well' },
          { status: 'failed', fullName: 'b adds', failureMessages: ['expected 3 to be 4\n at …'] },
        ],
      },
    ],
  }
  expect(failuresIn(report)).toEqual([
    { file: 'a.test.ts', title: 'could not be loaded', because: 'no such module' },
    { file: 'b.test.ts', title: 'b adds', because: 'expected 3 to be 4' },
  ])
})
