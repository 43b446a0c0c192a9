import { expect, test } from 'vitest'
import { endOfMistypedTag, readTag } from './read-tag.ts'

const tags = ['K7', 'M3', 'QX4']

test.each([
  ['K7 Yes, we do', 'K7', 'Yes, we do'],
  ['k7: Yes', 'K7', 'Yes'],
  ['[K7] Yes', 'K7', 'Yes'],
  ['(k7) – Yes', 'K7', 'Yes'],
  ['“K7”: Yes', 'K7', 'Yes'],
  ['#m3, no', 'M3', 'no'],
  ['Ｋ７：はい', 'K7', 'はい'],
  ['K7\nYes', 'K7', 'Yes'],
  ['K7 (yes)', 'K7', '(yes)'],
  ['K7 -5 degrees', 'K7', '-5 degrees'],
  ['  qx4.', 'QX4', ''],
  ['K7!', 'K7', ''],
])('A8 the tag at the beginning of %j is %s, and %j is what is said', (text, tag, rest) => {
  expect(readTag(text, tags)).toMatchObject({ kind: 'tag', tag, rest })
})

test.each([
  ['K8 Yes', false],
  ['7K Yes', false],
  ['K77: Yes', false],
  ['K Yes', false],
  ['QX4A yes', false],
  ['B5', true],
])('A8 a tag mistyped as in %j is not guessed', (text, isAlone) => {
  expect(readTag(text, tags)).toEqual({ kind: 'unknown-tag', isAlone })
})

test.each(['Yes, K7 is fine', 'We open at 10', 'Am I late?', '', '…', '10 to 16', 'K7x7y is our room', 'Kayaks'])(
  'A8 %j begins with no tag',
  (text) => {
    expect(readTag(text, tags)).toEqual({ kind: 'no-tag' })
  },
)

test('A8 a tag that is a whole word is still taken only as it was given', () => {
  expect(readTag('kx yes', ['KX'])).toMatchObject({ kind: 'tag' })
  expect(readTag('kxy yes', ['KX'])).toMatchObject({ kind: 'unknown-tag' })
})

test.each([
  ['K8: Yes', 'K7', 'Yes'],
  ['k7 Yes', 'K7', 'Yes'],
  ['Is it open?', 'K7', 'Is it open?'],
  ['10 to 16', 'K7', '10 to 16'],
  ['M3 yes', 'K7', 'M3 yes'],
  ['K8', 'K7', 'K8'],
])('A8 of %j, once %s was meant, %j is passed on', (text, meant, passed) => {
  expect(text.slice(endOfMistypedTag(text, meant))).toBe(passed)
})

test('A8 a text of a megabyte is read as fast as any', () => {
  expect(readTag('('.repeat(1_000_000), tags)).toEqual({ kind: 'no-tag' })
})
