import { expect, test } from 'vitest'
import { readNew } from './read-new.ts'

test.each([
  ['new', ''],
  ['NEW.', ''],
  ['New: do you rent kayaks?', 'do you rent kayaks?'],
  ['“neu”: Haben Sie offen?', null],
  ['Neu: Haben Sie offen?', 'Haben Sie offen?'],
  ['新規：カヤックはありますか', 'カヤックはありますか'],
  ['جديد', ''],
  ['New boats, do you have any?', null],
  ['newer: what?', null],
  ['Is it new', null],
  ['', null],
])('C7 of %j, what begins another conversation is %j', (text, rest) => {
  expect(readNew(text)?.rest ?? null).toBe(rest)
})
