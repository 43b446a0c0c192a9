import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOpen } from '../criteria/index.ts'
import { standingOfAway, standingOfHours } from './standing.ts'

const stepMs = 15 * 60_000
const dayMs = 24 * 3_600_000

test.each([
  { timeZone: 'Europe/Berlin', night: '2026-03-29T01:00Z' },
  { timeZone: 'Europe/Berlin', night: '2026-10-25T01:00Z' },
  { timeZone: 'America/Anchorage', night: '2026-03-08T11:00Z' },
  { timeZone: 'Australia/Lord_Howe', night: '2026-04-04T15:00Z' },
  { timeZone: 'Asia/Kolkata', night: '2026-12-25T00:00Z' },
])(
  'A5 whoever is said to be asked until then is asked all the while, through the night of $night in $timeZone and through holidays',
  ({ timeZone, night }) => {
    const anySpan = fc.record({
      day: fc.integer({ min: 1, max: 7 }),
      from: fc.constantFrom(0, 60, 90, 540),
      to: fc.constantFrom(120, 150, 1050, 1440),
    })
    const anyWeek = fc.array(anySpan, { minLength: 1, maxLength: 2 })
    const anyHoliday = fc.subarray(['2026-03-29', '12-25'])
    fc.assert(
      fc.property(anyWeek, anyHoliday, fc.integer({ min: 0, max: 3 * 24 * 60 }), (week, holidays, minutesBefore) => {
        const hours = { timeZone, week, holidays }
        const from = Date.parse(night) - minutesBefore * 60_000
        const { isBlocked, until } = standingOfHours(hours, from)
        expect(until).toBeGreaterThan(from)
        const end = Math.min(until, from + 5 * dayMs)
        for (let at = from; at < end; at += stepMs) expect(isOpen(hours, new Date(at))).toBe(!isBlocked)
        expect(isOpen(hours, new Date(until - 1))).toBe(!isBlocked)
      }),
      { seed: 20261128, numRuns: 40 },
    )
  },
  30_000,
)

test('A5 an absence holds from its first instant to before its last', () => {
  const [from, to] = [Date.parse('2026-06-01T00:00Z'), Date.parse('2026-06-03T00:00Z')]
  const away = [{ from: new Date(from).toISOString(), to: new Date(to).toISOString() }]
  expect([from - 1, from, to - 1, to].map((at) => standingOfAway(away, at))).toEqual([
    { isBlocked: false, until: from },
    { isBlocked: true, until: to },
    { isBlocked: true, until: to },
    { isBlocked: false, until: Number.POSITIVE_INFINITY },
  ])
})
