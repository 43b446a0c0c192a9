import { describe, expect, it } from 'vitest'
import { judgePassword } from './password-rules.ts'

const bo = { email: 'bo.berg@example.org', name: 'Bo Berg' }

describe('a password', () => {
  it.each([
    ['correct horse battery staple'],
    ['zwölf Tannen im Nebel'],
    ['x9!kTq#2vLm0'],
    ['bo.berg walks to the sea at dawn'],
    ['長い長いパスワードを決めました'],
  ])('that is long enough and not what a guesser tries first is taken: %s', (password) => {
    expect(judgePassword(password, bo)).toEqual({ ok: true })
  })

  it.each([
    ['short1!', 'too-short'],
    ['x'.repeat(5) + 'y'.repeat(200), 'too-long'],
    ['aaaaaaaaaaaaaa', 'too-plain'],
    ['123456789012345', 'too-plain'],
    ['abcdefghijklmn', 'too-plain'],
    ['Password2026!', 'too-plain'],
    ['admin-admin-123', 'too-plain'],
    ['bo.berg2026!!', 'too-personal'],
    ['bo.berg@example.org', 'too-personal'],
  ])('such as %s is refused, with the reason %s', (password, because) => {
    expect(judgePassword(password, bo)).toEqual({ ok: false, because })
  })
})
