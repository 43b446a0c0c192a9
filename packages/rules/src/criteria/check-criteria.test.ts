import { expect, test } from 'vitest'
import { checkCriteria } from './check-criteria.ts'

const found = (input: unknown): string[] => {
  const checked = checkCriteria(input)
  return checked.ok ? [] : checked.problems.map(({ path, code }) => `${path.join('.')}: ${code}`)
}
const many = (count: number, text = 'word') => Array.from({ length: count }, (_, index) => `${text} ${index}`)
const week = [{ day: 1, from: 540, to: 1020 }]

test.each<[string, unknown]>([
  ['nothing in particular', {}],
  [
    'all kinds of wishes',
    {
      all: [
        { about: 'topic', oneOf: ['a', 'b'] },
        { about: 'region', oneOf: ['US'] },
        { about: 'field:price', from: 10, to: 10 },
      ],
      any: [
        { about: 'words', oneOf: ['leak*', '水漏れ'] },
        { about: 'url', oneOf: ['https://shop.example/garden/*', '*.shop.example/*'] },
      ],
      none: [
        { about: 'region', oneOf: ['US-AK'] },
        { about: 'network', oneOf: ['example.edu'] },
        { about: 'answer:old', oneOf: ['yes'] },
      ],
      hours: { timeZone: 'America/Anchorage', week, holidays: ['12-25', '2026-12-28', '02-29'] },
      away: [{ from: '2026-07-01T00:00:00.000Z', to: '2026-07-15T00:00:00.000Z' }],
    },
  ],
  [
    'two products, of which a request may have both',
    {
      all: [
        { about: 'product', oneOf: ['a'] },
        { about: 'product', oneOf: ['b'] },
      ],
    },
  ],
  ['five hundred values', { any: [{ about: 'words', oneOf: many(500).map((text) => text.replace(' ', '')) }] }],
])('A5: may be saved: %s', (_, criteria) => {
  expect(found(criteria)).toEqual([])
})

test.each<[string, unknown, string[]]>([
  ['no criteria', 'all', [': wrong-shape']],
  ['a group that is no list', { all: {} }, ['all: wrong-shape']],
  ['a group that does not exist', { every: [] }, ['every: unknown-key']],
  ['a condition that is none', { all: [null] }, ['all.0: wrong-shape']],
  ['something nobody knows of', { all: [{ about: 'weather', oneOf: ['rain'] }] }, ['all.0.about: unknown-about']],
  ['a field without a name', { all: [{ about: 'field: ', oneOf: ['x'] }] }, ['all.0.about: unknown-about']],
  [
    'a field with an endless name',
    { all: [{ about: `field:${'x'.repeat(200)}`, oneOf: ['x'] }] },
    ['all.0.about: unknown-about'],
  ],
  [
    'an unknown part of a condition',
    { all: [{ about: 'topic', oneOf: ['x'], weight: 3 }] },
    ['all.0.weight: unknown-key'],
  ],
  ['no values', { none: [{ about: 'topic', oneOf: [] }] }, ['none.0.oneOf: no-values']],
  ['values left out', { none: [{ about: 'topic' }] }, ['none.0.oneOf: no-values']],
  ['an empty value', { all: [{ about: 'topic', oneOf: ['a', '  '] }] }, ['all.0.oneOf.1: empty-value']],
  ['a value that is no text', { all: [{ about: 'topic', oneOf: [7] }] }, ['all.0.oneOf.0: wrong-shape']],
  ['an overlong text', { all: [{ about: 'words', oneOf: ['x'.repeat(201)] }] }, ['all.0.oneOf.0: too-long']],
  ['501 values', { all: [{ about: 'words', oneOf: many(501) }] }, ['all.0.oneOf: too-many-values']],
  ['10,000 keywords', { all: [{ about: 'words', oneOf: many(10_000) }] }, ['all.0.oneOf: too-many-values']],
  [
    'more than anybody can read',
    { any: Array.from({ length: 2 }, (_, index) => ({ about: `field:${index}`, oneOf: many(500, 'x'.repeat(150)) })) },
    [': too-large'],
  ],
  [
    '51 conditions',
    { any: Array.from({ length: 51 }, () => ({ about: 'topic', oneOf: ['a'] })) },
    [': too-many-conditions'],
  ],
  ['bounds of what is no number', { all: [{ about: 'topic', from: 1 }] }, ['all.0: wrong-shape']],
  ['bounds and values', { all: [{ about: 'field:x', oneOf: ['a'], from: 1 }] }, ['all.0: wrong-shape']],
  ['no bounds', { all: [{ about: 'field:x' }] }, ['all.0: no-bounds']],
  ['bounds the wrong way round', { all: [{ about: 'field:x', from: 5, to: 4 }] }, ['all.0: bounds-crossed']],
  ['an endless bound', { all: [{ about: 'field:x', from: Number.POSITIVE_INFINITY }] }, ['all.0: not-a-number']],
  ['no language', { all: [{ about: 'language', oneOf: ['german!'] }] }, ['all.0.oneOf.0: bad-language']],
  ['no network', { all: [{ about: 'network', oneOf: ['a b'] }] }, ['all.0.oneOf.0: bad-network']],
  ['a pattern without a host', { all: [{ about: 'url', oneOf: ['/garden/*'] }] }, ['all.0.oneOf.0: bad-pattern']],
  ['a pattern of every page', { all: [{ about: 'url', oneOf: ['https://*'] }] }, ['all.0.oneOf.0: bad-pattern']],
  ['a pattern of many stars', { all: [{ about: 'url', oneOf: ['a*'.repeat(30)] }] }, ['all.0.oneOf.0: bad-pattern']],
  ['a word without a letter', { all: [{ about: 'words', oneOf: ['?!'] }] }, ['all.0.oneOf.0: no-word']],
  ['a star inside a phrase', { all: [{ about: 'words', oneOf: ['le*k'] }] }, ['all.0.oneOf.0: star-inside']],
  [
    'wanted and not wanted',
    { all: [{ about: 'topic', oneOf: ['a', 'B'] }], none: [{ about: 'topic', oneOf: [' b '] }] },
    ['all.0.oneOf.1: wanted-and-not-wanted'],
  ],
  [
    'perhaps wanted and not wanted',
    { any: [{ about: 'language', oneOf: ['pt-BR'] }], none: [{ about: 'language', oneOf: ['pt-PT'] }] },
    ['any.0.oneOf.0: wanted-and-not-wanted'],
  ],
  [
    'a place in one that is not wanted',
    { all: [{ about: 'region', oneOf: ['US-AK'] }], none: [{ about: 'region', oneOf: ['US'] }] },
    ['all.0.oneOf.0: wanted-and-not-wanted'],
  ],
  [
    'a phrase with a word that is not wanted',
    { any: [{ about: 'words', oneOf: ['a leaking hose'] }], none: [{ about: 'words', oneOf: ['leak*'] }] },
    ['any.0.oneOf.0: wanted-and-not-wanted'],
  ],
  [
    'pages among those not wanted',
    { any: [{ about: 'url', oneOf: ['a.example/b/*'] }], none: [{ about: 'url', oneOf: ['a.example/*'] }] },
    ['any.0.oneOf.0: wanted-and-not-wanted'],
  ],
  [
    'numbers among those not wanted',
    { all: [{ about: 'field:x', from: 3, to: 4 }], none: [{ about: 'field:x', from: 1 }] },
    ['all.0: wanted-and-not-wanted'],
  ],
  [
    'two topics at once',
    {
      all: [
        { about: 'topic', oneOf: ['a'] },
        { about: 'topic', oneOf: ['b', 'c'] },
      ],
    },
    ['all.1: never-both'],
  ],
  ['hours that are none', { hours: 'always' }, ['hours: wrong-shape']],
  ['an unknown time zone', { hours: { timeZone: 'Mars/Olympus', week } }, ['hours.timeZone: unknown-time-zone']],
  ['an offset for a time zone', { hours: { timeZone: '+05:30', week } }, ['hours.timeZone: unknown-time-zone']],
  ['hours without an hour', { hours: { timeZone: 'UTC', week: [] } }, ['hours.week: no-hours']],
  ['an eighth day', { hours: { timeZone: 'UTC', week: [{ day: 8, from: 0, to: 60 }] } }, ['hours.week.0: bad-span']],
  [
    'a span that ends before it begins',
    { hours: { timeZone: 'UTC', week: [{ day: 1, from: 60, to: 60 }] } },
    ['hours.week.0: bad-span'],
  ],
  [
    'a span beyond midnight',
    { hours: { timeZone: 'UTC', week: [{ day: 1, from: 1320, to: 1500 }] } },
    ['hours.week.0: bad-span'],
  ],
  ['half a minute', { hours: { timeZone: 'UTC', week: [{ day: 1, from: 0.5, to: 60 }] } }, ['hours.week.0: bad-span']],
  [
    'a day that no calendar has',
    { hours: { timeZone: 'UTC', week, holidays: ['2026-02-29', '13-01', 'Easter'] } },
    ['hours.holidays.0: bad-holiday', 'hours.holidays.1: bad-holiday', 'hours.holidays.2: bad-holiday'],
  ],
  [
    'an absence without an instant',
    { away: [{ from: '2026-07-01', to: '2026-07-02T00:00' }] },
    ['away.0.from: bad-instant', 'away.0.to: bad-instant'],
  ],
  [
    'an absence that ends before it begins',
    { away: [{ from: '2026-07-02T00:00Z', to: '2026-07-02T01:00+02:00' }] },
    ['away.0: away-crossed'],
  ],
])('A5: refused, with the place named: %s', (_, criteria, problems) => {
  expect(found(criteria)).toEqual(problems)
})

test('no more problems are told than somebody can mend at once', () => {
  expect(found({ all: [{ about: 'topic', oneOf: many(300).map(() => '') }] })).toHaveLength(20)
})

test('what is saved is trimmed, says nothing twice, and keeps spans that touch as one', () => {
  const checked = checkCriteria({
    all: [{ about: 'words', oneOf: [' Leak* ', 'leak*', 'leak'] }],
    any: [],
    hours: {
      timeZone: 'UTC',
      week: [
        { day: 2, from: 600, to: 660 },
        { day: 1, from: 0, to: 60 },
        { day: 2, from: 540, to: 600 },
      ],
    },
    away: [{ from: '2026-07-02T00:00+02:00', to: '2026-07-03T00:00Z' }],
  })
  expect(checked).toEqual({
    ok: true,
    criteria: {
      all: [{ about: 'words', oneOf: ['Leak*', 'leak'] }],
      hours: {
        timeZone: 'UTC',
        week: [
          { day: 1, from: 0, to: 60 },
          { day: 2, from: 540, to: 660 },
        ],
      },
      away: [{ from: '2026-07-01T22:00:00.000Z', to: '2026-07-03T00:00:00.000Z' }],
    },
  })
})
