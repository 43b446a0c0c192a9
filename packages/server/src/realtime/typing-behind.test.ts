import { expect, test } from 'vitest'
import { TypingBehind } from './typing-behind.ts'

const face = { interaction: 'exchange', participant: 'support', to: 'ana' }

test('C5 of several who type behind one face, only the last who stops is told, and each reader for themselves', () => {
  const typing = new TypingBehind({ now: () => new Date(0) })
  expect(typing.take(face, 'olga', true)).toBe(true)
  expect(typing.take(face, 'cleo', true)).toBe(true)
  expect(typing.take({ ...face, to: 'ben' }, 'olga', true)).toBe(true)
  expect(typing.take(face, 'olga', false)).toBe(false)
  expect(typing.take({ ...face, to: 'ben' }, 'olga', false)).toBe(true)
  expect(typing.take(face, 'cleo', false)).toBe(true)
})

test('C5 who goes without a word holds up nothing for longer than a notice holds', () => {
  let now = 0
  const typing = new TypingBehind({ now: () => new Date(now) })
  typing.take(face, 'olga', true)
  now = 5_000
  typing.take(face, 'cleo', true)
  expect(typing.take(face, 'cleo', false)).toBe(false)
  now = 6_000
  typing.take(face, 'cleo', true)
  expect(typing.take(face, 'cleo', false)).toBe(true)
})
