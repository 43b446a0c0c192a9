import { expect, test } from 'vitest'
import type { Failure } from './test-count.ts'
import { afterRepeat, filesToRepeat } from './unsteady.ts'

const failure = (file: string, title = 'works'): Failure => ({ file, title, because: 'expected 1 to be 2' })
const first = (...failures: Failure[]) => ({
  count: { passed: 10, failed: failures.length, skipped: 1 },
  failures,
})

test('a few that failed are run again, each file once', () => {
  expect(filesToRepeat([failure('a.test.ts'), failure('a.test.ts', 'too'), failure('b.test.ts')])).toEqual([
    'a.test.ts',
    'b.test.ts',
  ])
})

test('many that failed are no accident: nothing is run again', () => {
  expect(filesToRepeat(['a', 'b', 'c', 'd'].map((file) => failure(file)))).toEqual([])
})

test('what passes when it is repeated alone is unsteady, and what fails again is broken', () => {
  const [a, b] = [failure('a.test.ts'), failure('b.test.ts')]
  const again = { count: { passed: 7, failed: 1, skipped: 0 }, failures: [failure('b.test.ts', 'another')] }
  expect(afterRepeat(first(a, b), again)).toEqual({
    count: { passed: 11, failed: 1, skipped: 1 },
    unsteady: [a],
    broken: [b],
  })
})

test.each([
  ['ran nothing', { passed: 0, failed: 0, skipped: 0 }],
  ['ended badly without naming a test', { passed: 7, failed: 1, skipped: 0 }],
])('a repetition that %s proves nothing', (_, count) => {
  const a = failure('a.test.ts')
  expect(afterRepeat(first(a), { count, failures: [] })).toMatchObject({ count: { failed: 1 }, broken: [a] })
})
