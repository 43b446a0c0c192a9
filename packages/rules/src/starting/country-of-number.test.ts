import { expect, test } from 'vitest'
import { countryOfNumber } from './country-of-number.ts'

test.each([
  ['+4740612345', 'NO'],
  ['+491712345678', 'DE'],
  ['+14155552671', 'US'],
  ['+882123456789', null],
  ['40612345', null],
  ['bo@example.org', null],
])('A4 the number %s is of %s', (number, country) => {
  expect(countryOfNumber(number)).toBe(country)
})
