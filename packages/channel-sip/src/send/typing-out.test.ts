import { expect, test } from 'vitest'
import { TypingOut } from './typing-out.ts'

test('that somebody still types is told once a minute, that they stopped once, and not after their message', () => {
  const out = new TypingOut()
  const types = (isTyping: boolean, now: number, token = 'one') =>
    out.tells({ to: 'sip:bo@x.example', token, isTyping }, now)
  expect(types(false, 0)).toBe(false)
  expect(types(true, 0)).toBe(true)
  expect(types(true, 59_999)).toBe(false)
  expect(types(true, 0, 'two')).toBe(true)
  expect(types(true, 60_000)).toBe(true)
  expect(types(false, 61_000)).toBe(true)
  expect(types(false, 62_000)).toBe(false)
  expect(types(true, 63_000)).toBe(true)
  out.sent('sip:bo@x.example', 'one')
  expect(types(false, 64_000)).toBe(false)
  expect(types(true, 65_000)).toBe(true)
  out.tidy(300_000)
  expect(types(false, 300_000)).toBe(false)
})
