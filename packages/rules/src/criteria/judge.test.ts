import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Condition, Criteria, HelpRequest, Target } from './criteria.ts'
import { judge, type MatchVerdict } from './judge.ts'

const now = new Date('2026-01-12T12:00:00Z')
const request: HelpRequest = {
  facts: {
    site: ['shop'],
    topic: ['returns'],
    product: ['hose', 'tap'],
    language: ['de-CH'],
    region: ['US-AK'],
    url: ['https://shop.example/garden/hoses?utm=1'],
    network: ['lab.example.edu'],
    'field:order': ['1200'],
    'page:plan': ['Gold'],
    'answer:urgent': ['yes'],
  },
  text: 'My garden hose is leaking.',
}

function verdict(criteria: Criteria, known: Partial<HelpRequest> = {}, teams: string[] = []): MatchVerdict {
  return judge({ person: 'bo', teams, criteria }, { ...request, ...known }, now)
}

const wishes: [string, Condition, 'met' | 'not-met' | 'not-known'][] = [
  ['a site', { about: 'site', oneOf: ['garden', 'shop'] }, 'met'],
  ['another site', { about: 'site', oneOf: ['garden'] }, 'not-met'],
  ['a topic', { about: 'topic', oneOf: ['Returns'] }, 'met'],
  ['another topic', { about: 'topic', oneOf: ['sizes'] }, 'not-met'],
  ['one product of several', { about: 'product', oneOf: ['tap'] }, 'met'],
  ['none of the products', { about: 'product', oneOf: ['rake'] }, 'not-met'],
  ['a language', { about: 'language', oneOf: ['de'] }, 'met'],
  ['another language', { about: 'language', oneOf: ['fr'] }, 'not-met'],
  ['a region', { about: 'region', oneOf: ['US'] }, 'met'],
  ['another region', { about: 'region', oneOf: ['CA'] }, 'not-met'],
  ['a page', { about: 'url', oneOf: ['shop.example/garden/*'] }, 'met'],
  ['another page', { about: 'url', oneOf: ['shop.example/tools/*'] }, 'not-met'],
  ['a network', { about: 'network', oneOf: ['example.edu'] }, 'met'],
  ['another network', { about: 'network', oneOf: ['example.org'] }, 'not-met'],
  ['a word', { about: 'words', oneOf: ['leak*'] }, 'met'],
  ['another word', { about: 'words', oneOf: ['burst'] }, 'not-met'],
  ['a phrase', { about: 'words', oneOf: ['garden hose'] }, 'met'],
  ['a field', { about: 'field:order', oneOf: ['1200'] }, 'met'],
  ['a number in its bounds', { about: 'field:order', from: 1200, to: 1300 }, 'met'],
  ['a number at its upper bound', { about: 'field:order', to: 1200 }, 'met'],
  ['a number out of bounds', { about: 'field:order', from: 1201 }, 'not-met'],
  ['a number where the value tells none', { about: 'page:plan', from: 1 }, 'not-known'],
  ['what the page told', { about: 'page:plan', oneOf: ['gold'] }, 'met'],
  ['what was answered', { about: 'answer:urgent', oneOf: ['no'] }, 'not-met'],
  ['a field that nobody filled in', { about: 'field:colour', oneOf: ['red'] }, 'not-known'],
]

test.each(wishes)('A4: wanted in all: %s', (_, condition, holding) => {
  const judged = verdict({ all: [condition] })
  expect(judged.conditions).toMatchObject([{ group: 'all', index: 0, about: condition.about, holding }])
  expect(judged.because).toEqual(
    holding === 'not-met' ? { code: 'other-than-wanted', group: 'all', index: 0, about: condition.about } : null,
  )
})

test.each(wishes)('A4: wanted in any: %s', (_, condition, holding) => {
  const other: Condition = { about: 'topic', oneOf: ['another one'] }
  expect(verdict({ any: [other, condition] }).because).toEqual(holding === 'not-met' ? { code: 'none-of-any' } : null)
})

test.each(wishes)('A4: not wanted: %s', (_, condition, holding) => {
  expect(verdict({ none: [condition] }).because).toEqual(
    holding === 'met' ? { code: 'not-wanted', group: 'none', index: 0, about: condition.about } : null,
  )
})

test.each(wishes)('A4: not known, and then it excludes nobody: %s', (_, condition) => {
  const nothing: HelpRequest = { facts: {}, text: null }
  for (const group of ['all', 'any', 'none'] as const) {
    const judged = verdict({ [group]: [condition] }, nothing)
    expect([judged.matches, judged.conditions[0]?.holding]).toEqual([true, 'not-known'])
  }
})

test('A5: the verdict tells which wish was met, as it was written', () => {
  expect(verdict({ all: [{ about: 'words', oneOf: ['tap', 'Leak*'] }] }).conditions[0]?.by).toBe('Leak*')
})

test('before the first word, and when none is in what was said, words are not known', () => {
  const criteria: Criteria = { all: [{ about: 'words', oneOf: ['hose'] }] }
  expect([null, '', '👋!'].map((text) => verdict(criteria, { text }).matches)).toEqual([true, true, true])
  expect(verdict(criteria, { text: 'hello' }).matches).toBe(false)
})

test.each<[string, Target | undefined, string[], boolean, MatchVerdict['target']]>([
  ['nobody in particular', undefined, [], true, 'none'],
  ['somebody by name', { people: ['bo'] }, [], true, 'met'],
  ['somebody else', { people: ['cy'] }, [], false, 'not-met'],
  ['their team', { teams: ['garden'] }, ['garden'], true, 'met'],
  ['another team', { teams: ['garden'] }, ['tools'], false, 'not-met'],
  ['their team, though not by name', { people: ['cy'], teams: ['garden'] }, ['garden'], true, 'met'],
  ['an empty list of people: nobody', { people: [] }, [], false, 'not-met'],
])('A4: a request for %s', (_, target, teams, matches, reason) => {
  const judged = verdict({}, target ? { target } : {}, teams)
  expect([judged.matches, judged.target]).toEqual([matches, reason])
  expect(judged.because?.code).toBe(matches ? undefined : 'not-targeted')
})

const week = [{ day: 1, from: 540, to: 1020 }]

test.each<[string, Criteria, unknown]>([
  ['in their hours', { hours: { timeZone: 'UTC', week } }, null],
  ['out of their hours', { hours: { timeZone: 'Asia/Tokyo', week } }, { code: 'out-of-hours' }],
  ['on their holiday', { hours: { timeZone: 'UTC', week, holidays: ['01-12'] } }, { code: 'holiday' }],
  [
    'while away',
    { away: [{ from: '2026-01-12T12:00:00Z', to: '2026-01-13T00:00:00Z' }] },
    { code: 'away', until: '2026-01-13T00:00:00Z' },
  ],
  ['just back', { away: [{ from: '2026-01-10T00:00:00Z', to: '2026-01-12T12:00:00Z' }] }, null],
])('A5: a request that comes %s', (_, criteria, because) => {
  expect(verdict(criteria).because).toEqual(because)
})

test('that somebody is away or closed is only said of those who would otherwise be asked', () => {
  const closed: Criteria = {
    hours: { timeZone: 'Asia/Tokyo', week },
    away: [{ from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }],
  }
  expect(verdict(closed).because?.code).toBe('away')
  const judged = verdict({ ...closed, none: [{ about: 'topic', oneOf: ['returns'] }] })
  expect(judged.because?.code).toBe('not-wanted')
  expect([judged.hours, judged.awayUntil]).toEqual(['closed', '2027-01-01T00:00:00Z'])
})

test('who wants nothing in particular is asked about everything', () => {
  expect(verdict({})).toEqual({
    matches: true,
    because: null,
    target: 'none',
    conditions: [],
    hours: 'any',
    awayUntil: null,
  })
})

const value = fc.constantFrom('a', 'b', '3', 'c d')
const about = fc.constantFrom(
  'topic',
  'product',
  'region',
  'language',
  'field:x',
  'words',
  'url',
  'network',
) as fc.Arbitrary<Condition['about']>
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ about, oneOf: fc.array(value, { minLength: 1, maxLength: 3 }) }),
  fc.record({ about: fc.constant('field:x' as const), from: fc.integer({ min: 0, max: 5 }) }),
)
const conditions = fc.array(condition, { maxLength: 3 })
const anyCriteria = fc.record({ all: conditions, any: conditions, none: conditions })
const anyFacts = fc.dictionary(
  fc.constantFrom('topic', 'product', 'region', 'language', 'field:x', 'url', 'network'),
  fc.array(value, { minLength: 1, maxLength: 2 }),
)
const anyRequest = fc.record({
  facts: anyFacts,
  text: fc.option(fc.constantFrom('a b', 'c d e', '')),
}) as fc.Arbitrary<HelpRequest>

test('knowing less never turns a match into a refusal', () => {
  let matched = 0
  fc.assert(
    fc.property(anyCriteria, anyRequest, fc.nat(), (criteria, full, forget) => {
      if (!verdict(criteria, full).matches) return true
      matched += 1
      const kept = Object.entries(full.facts).filter((_, index) => (forget >> index) % 2 === 0)
      const less = { facts: Object.fromEntries(kept), text: forget % 3 === 0 ? null : full.text }
      return verdict(criteria, less).matches
    }),
    { seed: 7, numRuns: 2_000 },
  )
  expect(matched).toBeGreaterThan(300)
})

test('asking for more never finds more, and asking for less never fewer', () => {
  fc.assert(
    fc.property(anyCriteria, anyRequest, condition, (criteria, asked, more) => {
      const { all, any, none } = criteria
      const before = verdict(criteria, asked).matches
      const narrower = [
        { all: [...all, more], any, none },
        { all, any, none: [...none, more] },
      ]
      const wider = any.length > 0 ? [{ all, any: [...any, more], none }] : []
      return (
        narrower.every((one) => before || !verdict(one, asked).matches) &&
        wider.every((one) => !before || verdict(one, asked).matches)
      )
    }),
    { seed: 11, numRuns: 2_000 },
  )
})

test('a refusal has exactly the reasons that its conditions give', () => {
  fc.assert(
    fc.property(anyCriteria, anyRequest, (criteria, asked) => {
      const { matches, conditions: judged } = verdict(criteria, asked)
      const of = (group: string, holding: string) =>
        judged.filter((one) => one.group === group && one.holding === holding).length
      const refused =
        of('all', 'not-met') > 0 ||
        (criteria.any.length > 0 && of('any', 'not-met') === criteria.any.length) ||
        of('none', 'met') > 0
      return matches === !refused
    }),
    { seed: 13, numRuns: 2_000 },
  )
})
