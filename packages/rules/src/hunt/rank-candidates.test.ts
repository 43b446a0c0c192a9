import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseCandidates, type HuntCandidate } from './choose-candidates.ts'
import { drawSample, rankCandidates } from './rank-candidates.ts'

const nobody: HuntCandidate = {
  person: 'bo',
  conditions: [],
  together: 0,
  reach: 'preferred',
  open: 0,
  capacity: null,
  askedThisHour: 0,
  perHour: null,
  record: { asked: 0, answered: 0, medianMs: null },
}
const met = (count: number): HuntCandidate['conditions'] =>
  Array.from({ length: count }, (_, index) => ({ group: 'all', index, about: 'topic', holding: 'met', by: 'x' }))
const half = () => 0.5

test.each<[string, Partial<HuntCandidate>, Partial<HuntCandidate>]>([
  ['whose wishes this meets', { conditions: met(2) }, { conditions: met(1) }],
  [
    'whose wishes are met, not whose are only not contradicted',
    { conditions: met(1) },
    { conditions: [{ group: 'all', index: 0, about: 'region', holding: 'not-known', by: null }] },
  ],
  ['who has helped this visitor before', { together: 1 }, {}],
  ['who is reached over a preferred medium', {}, { reach: 'other' }],
  ['who is reached at all', { reach: 'other' }, { reach: 'desk-only' }],
  ['who has less to do', { open: 1 }, { open: 4 }],
  ['who has less to do of what they take at once', { open: 2, capacity: 10 }, { open: 2, capacity: 3 }],
  [
    'who answers what they are asked',
    { record: { asked: 10, answered: 9, medianMs: null } },
    { record: { asked: 10, answered: 1, medianMs: null } },
  ],
  [
    'who answers sooner',
    { record: { asked: 10, answered: 9, medianMs: 60_000 } },
    { record: { asked: 10, answered: 9, medianMs: 7_200_000 } },
  ],
  ['who is new, before those who never answer', {}, { record: { asked: 10, answered: 0, medianMs: null } }],
  ['for whom the question is, before those who are free', { conditions: met(3), open: 5 }, {}],
])('A6 the better one is the one %s', (_, better, worse) => {
  const ranked = rankCandidates(
    [
      { ...nobody, person: 'worse', ...worse },
      { ...nobody, person: 'better', ...better },
    ],
    half,
  )
  expect(ranked.map(({ person }) => person)).toEqual(['better', 'worse'])
})

test('A6 each part of a rank is between 0 and 1, whatever the figures', () => {
  const numbers = fc.integer({ min: 0, max: 1_000_000 })
  fc.assert(
    fc.property(numbers, numbers, numbers, numbers, fc.option(numbers), (asked, answered, open, together, medianMs) => {
      const [ranked] = rankCandidates(
        [{ ...nobody, together, open, capacity: 3, record: { asked, answered, medianMs } }],
        half,
      )
      for (const part of Object.values(ranked?.parts ?? {})) {
        expect(part).toBeGreaterThanOrEqual(0)
        expect(part).toBeLessThanOrEqual(1)
      }
    }),
    { seed: 80 },
  )
})

test('A6 among equals nobody is always the first', () => {
  let state = 7
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
  const people = ['a', 'b', 'c', 'd'].map((person) => ({ ...nobody, person }))
  const firsts = new Map<string, number>()
  for (let n = 0; n < 4_000; n += 1) {
    const first = rankCandidates(people, random)[0]?.person ?? ''
    firsts.set(first, (firsts.get(first) ?? 0) + 1)
  }
  for (const person of people) expect(firsts.get(person.person)).toBeGreaterThan(850)
})

test('A6 a sample holds so many, each once, and each is equally likely to be in it', () => {
  let state = 11
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
  const all = Array.from({ length: 10 }, (_, n) => n)
  const drawn = new Map<number, number>()
  for (let n = 0; n < 5_000; n += 1) {
    const sample = drawSample(all, 3, random)
    expect(new Set(sample).size).toBe(3)
    for (const one of sample) drawn.set(one, (drawn.get(one) ?? 0) + 1)
  }
  for (const one of all) expect(Math.abs((drawn.get(one) ?? 0) - 1_500)).toBeLessThan(150)
  expect(drawSample(all, 99, random)).toHaveLength(10)
})

test.each<[string, Partial<HuntCandidate>, string]>([
  ['has as many conversations as they take', { open: 2, capacity: 2 }, 'at-capacity'],
  ['was asked as often this hour as they want', { askedThisHour: 5, perHour: 5 }, 'enough-this-hour'],
])('A5 A6 who %s is not asked, and takes nobody’s place in the wave', (_, limit, because) => {
  const verdicts = chooseCandidates(
    [
      { ...nobody, person: 'limited', ...limit },
      { ...nobody, person: 'free' },
    ],
    { reach: 'all', room: 1 },
    half,
  )
  expect(verdicts).toEqual([
    { person: 'free', asked: true, because: 'matches' },
    { person: 'limited', asked: false, because },
  ])
})

test.each([
  ['all', 'matches'],
  ['sample', 'drawn'],
  ['best', 'among-the-best'],
] as const)(
  'A6 where the site asks %s of those who match, no more are asked than there is room for, and everyone has a reason',
  (reach, because) => {
    const candidates = Array.from({ length: 20 }, (_, n) => ({ ...nobody, person: `r${n}` }))
    const verdicts = chooseCandidates(candidates, { reach, room: 7 }, Math.random)
    expect(verdicts).toHaveLength(20)
    expect(verdicts.filter(({ asked }) => asked).map((verdict) => verdict.because)).toEqual(Array(7).fill(because))
    expect(verdicts.filter(({ asked }) => !asked).map((verdict) => verdict.because)).toEqual(
      Array(13).fill('beyond-the-bound'),
    )
    expect(verdicts.map(({ asked }) => asked)).toEqual([...Array(7).fill(true), ...Array(13).fill(false)])
  },
)
