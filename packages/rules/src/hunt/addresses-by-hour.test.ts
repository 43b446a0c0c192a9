import { expect, test } from 'vitest'
import { addressesNow } from './addresses-by-hour.ts'

const workdays = [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1_020 }))
const oslo = { timeZone: 'Europe/Oslo', week: workdays }
const anchorage = { timeZone: 'America/Anchorage', week: workdays, holidays: ['2026-03-30'] }

test.each([
  ['Friday morning in Oslo', '2026-03-27T08:00:00Z', true, false],
  ['a minute before nine in Oslo', '2026-03-27T07:59:00Z', false, false],
  ['Monday after clocks were put forward in Oslo: nine is an hour earlier', '2026-03-30T07:00:00Z', true, false],
  ['Friday evening in Oslo, morning in Anchorage', '2026-03-27T18:00:00Z', false, true],
  ['a holiday in Anchorage', '2026-03-30T18:00:00Z', false, false],
  ['Saturday', '2026-03-28T12:00:00Z', false, false],
])('A5 on %s a question goes to the addresses whose hours it is', (_, now, inOslo, inAnchorage) => {
  const verdicts = addressesNow(
    [
      { id: 'office', medium: 'email', hours: oslo },
      { id: 'always', medium: 'sms', hours: null },
      { id: 'far away', medium: 'email', hours: anchorage },
    ],
    new Date(now),
  )
  const hours = (asked: boolean) => ({ asked, because: asked ? 'in-its-hours' : 'outside-its-hours' })
  expect(verdicts).toEqual([
    { address: 'office', ...hours(inOslo) },
    { address: 'always', asked: true, because: 'no-hours-set' },
    { address: 'far away', ...hours(inAnchorage) },
  ])
})
