import { expect, test } from 'vitest'
import { readAll } from './read-all.ts'

test.each([
  ['ALL', ''],
  ['all: thank you', 'thank you'],
  ['An alle: danke', 'danke'],
  ['“Tutti”', null],
  ['全員：ありがとう', 'ありがとう'],
  ['للجميع: شكرا', 'شكرا'],
  ['All of you are kind', null],
  ['Alle Boote?', null],
  ['', null],
])('A14 of %j, what is for everyone is %j', (text, rest) => {
  const read = readAll(text)
  expect(read && text.slice(read.at)).toBe(rest)
})
