import { expect, test } from 'vitest'
import { chooseByKeyword } from './choose-by-keyword.ts'

const keywords = [
  { keyword: 'kayak*', topic: 'boats' },
  { keyword: 'boat', topic: 'boats' },
  { keyword: 'boat trip', topic: 'trips' },
  { keyword: 'ツアー', topic: 'trips' },
  { keyword: '!!!', topic: 'nothing' },
] as const

test.each([
  ['KAYAK', 'boats'],
  ['Do you rent kayaks?', 'boats'],
  ['When does the boat trip leave?', 'trips'],
  ['A trip, or a boat?', 'boats'],
  ['kayaks or a boat trip', 'boats'],
  ['明日のツアーはありますか', 'trips'],
  ['Are you open?', null],
  ['boating', null],
  ['', null],
])('A15 %j is about %s', (text, topic) => {
  expect(chooseByKeyword(text, keywords)).toBe(topic)
})
