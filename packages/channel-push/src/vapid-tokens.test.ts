import { expect, test } from 'vitest'
import { vapidKeysFrom } from './vapid-keys.ts'
import { VapidTokens } from './vapid-tokens.ts'

const tokens = new VapidTokens('mailto:a@b.example', vapidKeysFrom(Buffer.alloc(32, 5)))
const claims = (header: string) => {
  const [, token = ''] = /^vapid t=([^,]+),/.exec(header) ?? []
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>
}

test('a token is for one push service, and is made anew long before it ends', () => {
  const first = tokens.for('https://push.example', 0)
  expect(claims(first)).toEqual({ aud: 'https://push.example', exp: 7_200, sub: 'mailto:a@b.example' })
  expect(tokens.for('https://push.example', 3_599_000)).toBe(first)
  expect(claims(tokens.for('https://push.example', 3_601_000))).toMatchObject({ exp: 10_801 })
  expect(claims(tokens.for('https://other.example', 0))).toMatchObject({ aud: 'https://other.example' })
})
