import { expect, test } from 'vitest'
import { mayReopen } from './may-reopen.ts'
import { isTaking } from './takes.ts'

const at = (time: string) => new Date(`2026-03-01T${time}:00Z`)
const noon = '2026-03-01T12:00:00+00:00'

test.each([
  ['without bounds always', null, null, '12:00', true],
  ['before its beginning not yet', noon, null, '11:59', false],
  ['from its beginning on', noon, null, '12:00', true],
  ['until its end', null, noon, '11:59', true],
  ['at its end no more', null, noon, '12:00', false],
  ['between the two', '2026-03-01T10:00:00Z', noon, '11:00', true],
])('C1 something takes messages %s', (_, from, until, time, takes) => {
  expect(isTaking({ from, until }, at(time))).toBe(takes)
})

test.each([
  ['by default never', noon, 0, '2026-03-01T12:00:01Z', false],
  ['within its days', noon, 2, '2026-03-03T11:59:59Z', true],
  ['and not after them', noon, 2, '2026-03-03T12:00:00Z', false],
  ['what is open is not opened again', null, 2, '2026-03-01T12:00:01Z', false],
])('C7 what was closed opens again by rule: %s', (_, endsAt, withinDays, now, may) => {
  expect(mayReopen({ endsAt }, withinDays, new Date(now))).toBe(may)
})
