import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DaySpan, Hours } from './criteria.ts'
import { isTimeZone } from './local-time.ts'
import { hoursState, isOpen, nextChange } from './opening-hours.ts'

const everyDay = (from: number, to: number): DaySpan[] => [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from, to }))
const at = (hour: number, minute = 0): number => hour * 60 + minute
const hours = (timeZone: string, from: number, to: number): Hours => ({ timeZone, week: everyDay(from, to) })

// 2026: Europe 29 March and 25 October, United States 8 March and 1 November, Lord Howe (half an hour) 5 April and 4 October.
test.each<[string, Hours, string, boolean]>([
  ['at opening', hours('Europe/Berlin', at(9), at(17)), '2026-01-12T08:00:00Z', true],
  ['a moment before opening', hours('Europe/Berlin', at(9), at(17)), '2026-01-12T07:59:59.999Z', false],
  ['at closing', hours('Europe/Berlin', at(9), at(17)), '2026-01-12T16:00:00Z', false],
  ['the same clock in summer is an hour earlier', hours('Europe/Berlin', at(9), at(17)), '2026-07-13T07:00:00Z', true],
  ['by their clock, not by ours', hours('America/Anchorage', at(9), at(17)), '2026-01-12T08:00:00Z', false],
  [
    'another day there',
    { timeZone: 'Pacific/Auckland', week: [{ day: 2, from: 0, to: 540 }] },
    '2026-01-12T12:00:00Z',
    true,
  ],
  ['Sunday is day seven', { timeZone: 'UTC', week: [{ day: 7, from: 0, to: 1440 }] }, '2026-01-11T12:00:00Z', true],
  ['to midnight', hours('UTC', at(22), at(24)), '2026-01-12T23:59:59Z', true],
  ['half-hour zone', hours('Asia/Kolkata', at(9), at(17)), '2026-01-12T03:30:00Z', true],
  ['half-hour zone, a minute before', hours('Asia/Kolkata', at(9), at(17)), '2026-01-12T03:29:00Z', false],
  ['quarter-hour zone', hours('Asia/Kathmandu', at(9), at(17)), '2026-01-12T03:15:00Z', true],
  ['the hour left out in spring (Berlin): before', hours('Europe/Berlin', at(2), at(3)), '2026-03-29T00:59:59Z', false],
  ['the hour left out in spring (Berlin): after', hours('Europe/Berlin', at(2), at(3)), '2026-03-29T01:00:00Z', false],
  ['a span over the gap (Berlin)', hours('Europe/Berlin', at(1), at(4)), '2026-03-29T01:30:00Z', true],
  ['the hour that comes twice (Berlin): first', hours('Europe/Berlin', at(2), at(3)), '2026-10-25T00:30:00Z', true],
  ['the hour that comes twice (Berlin): again', hours('Europe/Berlin', at(2), at(3)), '2026-10-25T01:30:00Z', true],
  ['the hour that comes twice (Berlin): over', hours('Europe/Berlin', at(2), at(3)), '2026-10-25T02:00:00Z', false],
  ['New York: the gap', hours('America/New_York', at(2), at(3)), '2026-03-08T07:00:00Z', false],
  ['New York: the fold, again', hours('America/New_York', at(1), at(2)), '2026-11-01T06:30:00Z', true],
  ['Lord Howe: half an hour left out', hours('Australia/Lord_Howe', at(2), at(2, 30)), '2026-10-03T15:30:00Z', false],
  [
    'Lord Howe: half an hour again, first',
    hours('Australia/Lord_Howe', at(1, 30), at(2)),
    '2026-04-04T14:45:00Z',
    true,
  ],
  [
    'Lord Howe: half an hour again, second',
    hours('Australia/Lord_Howe', at(1, 30), at(2)),
    '2026-04-04T15:15:00Z',
    true,
  ],
  [
    'a day that was skipped whole',
    { timeZone: 'Pacific/Apia', week: [{ day: 5, from: 0, to: 1440 }] },
    '2011-12-30T10:00:00Z',
    false,
  ],
])('A5: hours: %s', (_, set, now, open) => {
  expect(isOpen(set, new Date(now))).toBe(open)
})

test.each<[string, string[], string, string]>([
  ['every year', ['12-25'], '2026-12-25T10:00:00Z', 'holiday'],
  ['once', ['2026-12-28'], '2026-12-28T10:00:00Z', 'holiday'],
  ['not in the year after', ['2026-12-28'], '2027-12-28T10:00:00Z', 'open'],
  ['by their calendar', ['12-25'], '2026-12-24T23:30:00Z', 'closed'],
  ['on a day of rest it is still a holiday', ['12-25'], '2026-12-25T22:00:00Z', 'holiday'],
  ['29 February, where there is one', ['02-29'], '2028-02-29T10:00:00Z', 'holiday'],
])('A5: a holiday: %s', (_, holidays, now, state) => {
  expect(hoursState({ ...hours('Europe/London', at(9), at(17)), holidays }, new Date(now))).toBe(state)
})

test.each<[string, Hours, string, string | null]>([
  ['opens this morning', hours('Europe/Berlin', at(9), at(17)), '2026-01-12T06:00:00Z', '2026-01-12T08:00:00Z'],
  ['closes this evening', hours('Europe/Berlin', at(9), at(17)), '2026-01-12T08:00:00Z', '2026-01-12T16:00:00Z'],
  ['opens tomorrow', hours('Europe/Berlin', at(9), at(17)), '2026-01-12T16:00:00Z', '2026-01-13T08:00:00Z'],
  [
    'opens an hour earlier after the change',
    hours('Europe/Berlin', at(9), at(17)),
    '2026-03-28T20:00:00Z',
    '2026-03-29T07:00:00Z',
  ],
  [
    'over the weekend',
    { timeZone: 'UTC', week: [{ day: 1, from: at(9), to: at(17) }] },
    '2026-01-12T18:00:00Z',
    '2026-01-19T09:00:00Z',
  ],
  [
    'over midnight it stays open',
    {
      timeZone: 'UTC',
      week: [
        { day: 1, from: at(22), to: at(24) },
        { day: 2, from: 0, to: at(6) },
      ],
    },
    '2026-01-12T23:00:00Z',
    '2026-01-13T06:00:00Z',
  ],
  [
    'opens after the gap that swallowed the opening',
    hours('Europe/Berlin', at(2, 30), at(5)),
    '2026-03-29T00:00:00Z',
    '2026-03-29T01:00:00Z',
  ],
  [
    'opens not at all on the night whose hour is left out',
    hours('Europe/Berlin', at(2), at(3)),
    '2026-03-28T12:00:00Z',
    '2026-03-30T00:00:00Z',
  ],
  [
    'closes when the clock is put back',
    hours('Europe/Berlin', at(2, 30), at(5)),
    '2026-10-25T00:45:00Z',
    '2026-10-25T01:00:00Z',
  ],
  [
    'and opens again half an hour later',
    hours('Europe/Berlin', at(2, 30), at(5)),
    '2026-10-25T01:00:00Z',
    '2026-10-25T01:30:00Z',
  ],
  [
    'Lord Howe opens by half an hour',
    hours('Australia/Lord_Howe', at(2, 15), at(5)),
    '2026-10-03T14:00:00Z',
    '2026-10-03T15:30:00Z',
  ],
  [
    'after the holidays',
    { ...hours('Europe/London', at(9), at(17)), holidays: ['12-24', '12-25', '12-26'] },
    '2026-12-23T18:00:00Z',
    '2026-12-27T09:00:00Z',
  ],
  [
    'closes at midnight before a holiday',
    { ...hours('UTC', 0, at(24)), holidays: ['12-25'] },
    '2026-12-20T00:00:00Z',
    '2026-12-25T00:00:00Z',
  ],
  ['never, if always open', hours('UTC', 0, at(24)), '2026-12-20T00:00:00Z', null],
  ['never, if never open', { timeZone: 'UTC', week: [] }, '2026-12-20T00:00:00Z', null],
])('D1: the next change: %s', (_, set, now, next) => {
  expect(nextChange(set, new Date(now))?.toISOString().replace('.000', '') ?? null).toBe(next)
})

test('a time zone that is not known closes nothing', () => {
  const set = hours('Mars/Olympus', at(9), at(17))
  expect([isOpen(set, new Date('2026-01-12T03:00:00Z')), nextChange(set, new Date(0))]).toEqual([true, null])
  expect(['Mars/Olympus', '+05:30', '', 'Europe/Berlin', 'UTC'].map(isTimeZone)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ])
})

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'America/Anchorage',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'America/Santiago',
  'UTC',
)
const span = fc
  .record({
    day: fc.integer({ min: 1, max: 7 }),
    from: fc.integer({ min: 0, max: 95 }),
    length: fc.integer({ min: 1, max: 96 }),
  })
  .map(({ day, from, length }) => ({ day, from: from * 15, to: Math.min(1440, (from + length) * 15) }))
const instant = fc
  .integer({ min: Date.UTC(2025, 11, 1) / 60_000, max: Date.UTC(2027, 1, 1) / 60_000 })
  .map((minute) => new Date(minute * 60_000))

test('between now and the next change nothing changes, and there it does', () => {
  fc.assert(
    fc.property(zone, fc.array(span, { minLength: 1, maxLength: 6 }), instant, (timeZone, week, now) => {
      const set = { timeZone, week }
      const next = nextChange(set, now)
      const until = next?.getTime() ?? now.getTime() + 8 * 86_400_000
      // Changes lie on quarters of an hour: on whole hours of the wall clock or of UTC, in zones that are off by quarters.
      for (let ms = Math.ceil((now.getTime() + 1) / 900_000) * 900_000; ms < until; ms += 900_000) {
        if (isOpen(set, new Date(ms)) !== isOpen(set, now)) return false
      }
      return next === null || (next > now && isOpen(set, next) !== isOpen(set, now))
    }),
    { seed: 3, numRuns: 150 },
  )
})
