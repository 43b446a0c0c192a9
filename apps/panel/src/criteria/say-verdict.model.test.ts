import type { VerdictView } from '@parley/protocol'
import { expect, test } from 'vitest'
import { speak } from '../words/words.model.ts'
import { sayReasons } from './say-verdict.model.ts'
import { words } from './words/en.ts'

const say = speak(words)
const verdict: VerdictView = {
  matches: true,
  because: null,
  target: 'none',
  conditions: [],
  hours: 'any',
  awayUntil: null,
  opensAt: null,
}
const told = (change: Partial<VerdictView>): string[] =>
  sayReasons({ ...verdict, ...change }, { say, choices: undefined, language: 'en', time: (at) => `<${at}>` }).map(
    ({ speaks, text }) => `${speaks}: ${text}`,
  )
const one = { index: 0, about: 'words', by: null } as const

test.each<[string, Partial<VerdictView>, string[]]>([
  ['nothing is asked for', {}, ['for: Wants every question.']],
  [
    'a wish is met',
    { conditions: [{ ...one, group: 'all', holding: 'met', by: 'leak*' }] },
    ['for: Words that were said: “leak*” fits.'],
  ],
  [
    'a number is met',
    { conditions: [{ ...one, group: 'any', about: 'field:x', holding: 'met' }] },
    ['for: Filled in: x: the number fits.'],
  ],
  [
    'a wish is not met',
    { conditions: [{ ...one, group: 'all', holding: 'not-met' }] },
    ['against: Words that were said: something else is wanted.'],
  ],
  [
    'one of any is not met',
    {
      conditions: [
        { ...one, group: 'any', holding: 'not-met' },
        { ...one, group: 'any', index: 1, holding: 'not-known' },
      ],
    },
    [
      'neither: Words that were said: nothing fits.',
      'neither: Words that were said: not known, so it excludes nobody.',
    ],
  ],
  [
    'none of any is met',
    { conditions: [{ ...one, group: 'any', holding: 'not-met' }] },
    ['against: None of the wishes fits of which one must.', 'neither: Words that were said: nothing fits.'],
  ],
  [
    'what is not wanted is there',
    { conditions: [{ ...one, group: 'none', holding: 'met', by: 'job' }] },
    ['against: Words that were said: “job” is not wanted.'],
  ],
  [
    'a number that is not wanted is there',
    { conditions: [{ ...one, group: 'none', about: 'answer:age', holding: 'met' }] },
    ['against: Answered to the concierge: age: the number is not wanted.'],
  ],
  [
    'what is not wanted is not there',
    { conditions: [{ ...one, group: 'none', holding: 'not-met' }] },
    ['for: Words that were said: nothing unwanted.'],
  ],
  ['it is for somebody else', { target: 'not-met' }, ['against: It is meant for someone else.']],
  ['it is for them', { target: 'met', hours: 'open' }, ['for: It is meant for them.', 'for: It is within the hours.']],
  ['it is out of hours', { hours: 'closed', opensAt: '9' }, ['against: It is out of hours. Back <9>.']],
  ['it is a holiday without end', { hours: 'holiday' }, ['against: It is a holiday.']],
  ['they are away', { awayUntil: '5', hours: 'open' }, ['against: Away until <5>.', 'for: It is within the hours.']],
])('A4: the reason in words when %s', (_, change, reasons) => {
  expect(told(change)).toEqual(reasons)
})
