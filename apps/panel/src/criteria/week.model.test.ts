import { expect, test } from 'vitest'
import { minutesOpen, readSpans, usualWeek, withDay, withHour, writeSpans } from './week.model.ts'

test.each([
  ['9:00–12:30, 14:00–17:00', '9:00–12:30, 14:00–17:00'],
  [' 9-12.30; 14 – 17 ', '9:00–12:30, 14:00–17:00'],
  ['9h00-10h30', '9:00–10:30'],
  ['14-17, 9-14', '9:00–17:00'],
  ['0-24', '0:00–24:00'],
  ['', ''],
])('times of a day are read as people write them: “%s”', (text, spans) => {
  expect(writeSpans(readSpans(text) ?? [{ from: 1, to: 2 }])).toBe(spans)
})

test.each(['nine to five', '17-9', '9-9', '9-25', '9:70-10', '9', '24-24:30'])('no times of a day: “%s”', (text) => {
  expect(readSpans(text)).toBeNull()
})

test('an hour is opened and closed inside longer times', () => {
  const shorter = withHour(usualWeek, 1, 12, false)
  expect(writeSpans(shorter.filter(({ day }) => day === 1))).toBe('9:00–12:00, 13:00–17:00')
  expect(withHour(shorter, 1, 12, true)).toEqual(usualWeek)
  expect(withHour(usualWeek, 1, 12, true)).toEqual(usualWeek)
  expect(withHour(usualWeek, 6, 12, false)).toEqual(usualWeek)
})

test('a part of an hour counts as one, and the rest of it can be added', () => {
  const week = withDay([], 3, [{ from: 570, to: 615 }])
  expect([9, 10, 11].map((hour) => minutesOpen(week, 3, hour))).toEqual([30, 15, 0])
  expect(writeSpans(withHour(week, 3, 9, true))).toBe('9:00–10:15')
  expect(writeSpans(withHour(week, 3, 9, false))).toBe('10:00–10:15')
})
