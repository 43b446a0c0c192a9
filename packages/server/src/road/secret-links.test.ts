import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { withoutLinkKeys } from './secret-links.ts'

const readKey = `-_${randomBytes(36).toString('base64url').slice(2)}`
const key = randomBytes(24).toString('base64url')
const quoted = [
  ['a re-read link', `> Read it: https://parley.example/read#${readKey}`, readKey],
  ['a link to something held', `<https://parley.example/held#${key}>`, key],
  ['a recovery link', `https://parley.example/w/shop#recover=${key}\nThanks`, key],
  ['a sign-in link', `https://parley.example/desk/sign-in/link#${key}`, key],
  ['a link by which somebody pauses or leaves', `https://parley.example/join/0123456789abcdef#m=${readKey}`, readKey],
  ['an invitation', `https://parley.example/join/0123456789abcdef#i=${key}`, key],
  [
    'a link that a scanner has wrapped',
    `https://scan.example/?u=https%3A%2F%2Fparley.example%2Fread%23${readKey}&d=1`,
    readKey,
  ],
] as const

test.each(quoted)('C2 A9 the key of %s is taken out of what others read', (_, text, secret) => {
  expect(withoutLinkKeys(text)).not.toContain(secret.slice(0, 12))
  expect(withoutLinkKeys(text)).not.toContain(secret.slice(-12))
})

test('A9 a key that a mail program broke over two quoted lines is taken out whole, and what was written below it stays', () => {
  const broken = `> https://parley.example/read#${readKey.slice(0, 31)}\n> > ${readKey.slice(31)}\n\nI am here until five`
  expect(withoutLinkKeys(broken)).toBe('> https://parley.example/read#•••\n\nI am here until five')
  expect(withoutLinkKeys(`https://parley.example/held#${key}\n\nIt was me`)).toBe(
    'https://parley.example/held#•••\n\nIt was me',
  )
})

test.each([
  'See #4 and /read this, /held# too',
  'https://shop.example/read#intro and #recover',
  'C# is read/held#1',
  'track #i=7 and #m=12',
])('"%s" stays as it is', (text) => {
  expect(withoutLinkKeys(text)).toBe(text)
})
