import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOpen } from '../criteria/index.ts'
import { anyHours, anyMoment } from './any-world.fixture.ts'
import { standingOfAway, standingOfHours } from './standing.ts'

const stepMs = 15 * 60_000

test('A5 whoever is said to be asked until then is asked all the while, through holidays and nights in which clocks are put', () => {
  fc.assert(
    fc.property(anyHours, anyMoment, (hours, moment) => {
      const { isBlocked, until } = standingOfHours(hours, moment.getTime())
      expect(until).toBeGreaterThan(moment.getTime())
      for (let at = moment.getTime(); at < until; at += stepMs) expect(isOpen(hours, new Date(at))).toBe(!isBlocked)
      expect(isOpen(hours, new Date(until - 1))).toBe(!isBlocked)
    }),
    { seed: 20261128, numRuns: 200 },
  )
})

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
