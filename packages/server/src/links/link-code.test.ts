import { expect, test } from 'vitest'
import { chosenCode, codeInUrl, randomCode } from './link-code.ts'

test.each([
  ['Flat-7', 'flat-7'],
  ['  flat7 ', 'flat7'],
  ['ab', null],
  ['-flat', null],
  ['flat-', null],
  ['flat/7', null],
  ['käse', null],
  ['x'.repeat(41), null],
])('a word for an address: %s becomes %s', (word, code) => {
  expect(chosenCode(word)).toBe(code)
})

test('a code by chance has the shape of a chosen one, and is found in an address', () => {
  for (let times = 0; times < 100; times += 1) {
    const code = randomCode()
    expect(chosenCode(code)).toBe(code)
    expect(codeInUrl(`https://shop.test/a?x=1&parley-link=${code}#y`)).toBe(code)
  }
  expect(codeInUrl('not a url')).toBeNull()
  expect(codeInUrl(undefined)).toBeNull()
})
