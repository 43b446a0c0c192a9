import fc from 'fast-check'
import type { About, Condition, Criteria, HelpRequest, Hours, Wanting } from '../criteria/index.ts'

// Few words, written in many ways, so that what is wanted and what is asked meet about as often as they miss.
const valuesAbout: Readonly<Record<string, readonly string[]>> = {
  site: ['s1', 's2', ' S1'],
  topic: ['plumbing', 'Plumbing ', 'gardens', 'roofs', 'STRASSE', 'straße'],
  product: ['pump 3', 'pump  3', 'hose', ''],
  language: ['de', 'DE-at', 'pt-BR', 'pt', 'nb', 'no', 'fr'],
  region: ['US', 'us-ak', 'US-AK', 'NO', 'US-A'],
  network: ['example.edu', 'lab.example.edu', 'edu', 'Lab.Example.EDU.', 'other.edu'],
  'field:size': ['3', '3,5', '12', 'many', '-4'],
  'page:cart': ['0', '250', '1e3', 'empty'],
  'answer:pets': ['yes', 'no', '2'],
}
const named = ['field:size', 'page:cart', 'answer:pets'] as const
const patterns = [
  'https://shop.example/garden/*',
  'shop.example/*',
  '*garden*',
  '*',
  '*a*b*',
  'shop.example',
  'x',
  '*.example/?id=*',
]
const urls = [
  'https://shop.example/garden/hose?id=1',
  'http://SHOP.example',
  'https://shop.example/roof#top',
  'https://b.example/?id=4',
  'about:blank',
]
const phrases = [
  'leak*',
  'roof',
  'roof leak*',
  'the roof',
  'Roof  LEAKS',
  '!!!',
  'l*',
  'garden hose leaks',
  '水漏',
  '漏*',
  'the *',
  'hose',
]
const texts = [
  'the roof leaks',
  'Leaking garden hose leaks!',
  '屋根から水漏れ',
  'roof',
  '',
  '!?',
  'the the the roof leak',
  'hose garden roof',
]
const zones = ['Europe/Berlin', 'America/Anchorage', 'Asia/Kolkata', 'UTC', 'Nowhere/Land', 'Australia/Lord_Howe']

const anyPlain = fc.constantFrom(...Object.keys(valuesAbout)).chain((about) =>
  fc.record({
    about: fc.constant(about as Exclude<About, 'words'>),
    oneOf: fc.array(fc.constantFrom(...(valuesAbout[about] ?? [])), { maxLength: 3 }),
  }),
)
const anyBounds = fc.record(
  { about: fc.constantFrom(...named), from: fc.integer({ min: -5, max: 12 }), to: fc.integer({ min: -5, max: 300 }) },
  { requiredKeys: ['about'] },
)
const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 5, arbitrary: anyPlain },
  { weight: 1, arbitrary: anyBounds },
  {
    weight: 1,
    arbitrary: fc.record({
      about: fc.constant('url' as const),
      oneOf: fc.array(fc.constantFrom(...patterns), { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      about: fc.constant('words' as const),
      oneOf: fc.array(fc.constantFrom(...phrases), { minLength: 1, maxLength: 3 }),
    }),
  },
)
const anyGroup = fc.array(anyCondition, { maxLength: 3 })

const anyHours: fc.Arbitrary<Hours> = fc.record(
  {
    timeZone: fc.constantFrom(...zones),
    week: fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 7 }),
        from: fc.constantFrom(0, 60, 120, 150, 540),
        to: fc.constantFrom(121, 180, 1050, 1440),
      }),
      { maxLength: 6 },
    ),
    holidays: fc.array(fc.constantFrom('2026-03-29', '12-25', '2026-10-25'), { maxLength: 2 }),
  },
  { requiredKeys: ['timeZone', 'week'] },
)

// Around the nights in which clocks are put forward and back, and others, to the minute and beside it.
export const anyMoment: fc.Arbitrary<Date> = fc
  .tuple(
    fc.constantFrom(
      '2026-03-27T22:00Z',
      '2026-10-24T12:00Z',
      '2026-03-07T12:00Z',
      '2026-04-04T00:00Z',
      '2026-12-24T12:00Z',
    ),
    fc.integer({ min: 0, max: 60 * 40 }),
    fc.constantFrom(0, 0, 1, -1, 30_000),
  )
  .map(([from, minutes, aside]) => new Date(Date.parse(from) + minutes * 60_000 + aside))

const anyAway = fc.array(
  fc.tuple(anyMoment, fc.integer({ min: 0, max: 100 })).map(([from, hours]) => ({
    from: from.toISOString(),
    to: new Date(from.getTime() + hours * 3_600_000).toISOString(),
  })),
  { maxLength: 2 },
)

const anyCriteria: fc.Arbitrary<Criteria> = fc.record(
  { all: anyGroup, any: anyGroup, none: fc.array(anyCondition, { maxLength: 2 }), hours: anyHours, away: anyAway },
  { requiredKeys: [] },
)
const teams = ['garden team', 'roof team']

export const anyWanting = (person: fc.Arbitrary<string>): fc.Arbitrary<Wanting> =>
  fc.record({ person, teams: fc.subarray(teams), criteria: anyCriteria })

const anyFacts: fc.Arbitrary<HelpRequest['facts']> = fc.record(
  {
    ...Object.fromEntries(
      Object.entries(valuesAbout).map(([about, values]) => [
        about,
        fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }),
      ]),
    ),
    url: fc.array(fc.constantFrom(...urls), { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: [] },
)

export const anyRequest = (people: readonly string[]): fc.Arbitrary<HelpRequest> =>
  fc.record(
    {
      facts: anyFacts,
      text: fc.option(fc.constantFrom(...texts)),
      target: fc.oneof(
        fc.constant({}),
        fc.record({ people: fc.subarray([...people, 'nobody']), teams: fc.subarray(teams) }, { requiredKeys: [] }),
      ),
    },
    { requiredKeys: ['facts', 'text'] },
  )
