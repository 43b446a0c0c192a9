import { expect, test } from 'vitest'
import { rowsIn, titlesIn } from './coverage.ts'

test('titles are found however the test is written, and nothing else is taken for one', () => {
  const source = `
    describe('A8 replies', () => {
      test.each([1])('a %s (C2)', () => {})
      test.runIf(true)(\`A1–A3 of \${x}\`, () => {})
      expect('A9').toBe('A9') // test('A12')
    })`
  expect(titlesIn('a.test.ts', source)).toEqual(['A8 replies', 'a %s (C2)', 'A1–A3 of …'])
})

test.each([
  ['A8: a reply reaches the right conversation', ['A8']],
  ['the story (A1–A3, C2)', ['A1', 'A2', 'A3', 'C2']],
  ['UTF8 and RFC822 and SHA1 are no rows', []],
])('rows named in "%s"', (title, rows) => {
  expect(rowsIn(title)).toEqual(rows)
})
