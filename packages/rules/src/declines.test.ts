import { expect, test } from 'vitest'
import { declines } from './declines.ts'

test.each(['No', 'no.', 'Decline', 'no thanks!', 'Nein', 'non merci', 'いいえ', 'нет', 'STOP'])(
  '“%s” declines an invitation (C3)',
  (text) => {
    expect(declines(text)).toBe(true)
  },
)

test.each(['No, but ask me about roses.', 'Yes', 'I cannot say no to that', 'start', ''])(
  '“%s” is somebody’s first word in it (C3)',
  (text) => {
    expect(declines(text)).toBe(false)
  },
)
