import { plainly } from '@parley/model'
import { expect, test } from 'vitest'
import { withTitle } from './with-title.ts'

test.each([
  ['Kayaks', 'What do they cost?', 'Kayaks\n\nWhat do they cost?'],
  [' Kayaks\r\n for two ', 'What do they cost?', 'Kayaks for two\n\nWhat do they cost?'],
  ['Do you rent kayaks?', 'do you rent kayaks', 'do you rent kayaks'],
  ['Re: Your conversation', 'Yes', 'Yes'],
  ['Do you rent kayaks?', '', 'Do you rent kayaks?'],
  [null, 'Yes', 'Yes'],
  ['…', 'Yes', 'Yes'],
])('A15 under the subject %j, %j begins with %j', (title, text, whole) => {
  expect(withTitle(plainly(text), title).visible).toBe(whole)
})

test('A15 what was cut from a mail is still found below its subject', () => {
  const said = { visible: 'Hello', full: 'Hello\n-- \nAna', cuts: [{ from: 6, to: 13, why: 'signature' as const }] }
  const { full, cuts } = withTitle(said, 'Kayaks')
  expect(full.slice(cuts[0]?.from, cuts[0]?.to)).toBe('-- \nAna')
})
