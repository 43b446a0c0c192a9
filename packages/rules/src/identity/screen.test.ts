import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findIdentities } from './find-identities.ts'
import { maskIdentities, type ScreeningPolicy, screen } from './screen.ts'

const site: ScreeningPolicy = { countries: ['DE', 'US'], mask: 'all', style: 'dots' }

test.each<[string, Partial<ScreeningPolicy>, string, string]>([
  ['a site that masks everything', {}, 'Call 030 1234567 or joe@example.com.', 'Call ••• or •••.'],
  [
    'a site that names what was there',
    { style: { email: '[mail address]' } },
    'Call 030 1234567 or joe@example.com.',
    'Call ••• or [mail address].',
  ],
  [
    'a site that masks mail addresses only',
    { mask: ['email'] },
    'Call 030 1234567 or joe@example.com.',
    'Call 030 1234567 or •••.',
  ],
  [
    'a site that lets people share',
    { mask: 'none' },
    'Call 030 1234567 or joe@example.com.',
    'Call 030 1234567 or joe@example.com.',
  ],
  [
    'a site that lets people share, but not what is known of a participant',
    { mask: 'none', known: ['joe@example.com'] },
    'Call 030 1234567 or joe@example.com.',
    'Call 030 1234567 or •••.',
  ],
  ['a text without anything to hide', {}, 'Are you open on Sunday?', 'Are you open on Sunday?'],
])('A9, A20: %s', (_, policy, text, screened) => {
  expect(screen(text, { ...site, ...policy }).text).toBe(screened)
})

test('A9: screening says what it took out, and where', () => {
  expect(screen('I am joe@example.com', site).masked).toEqual([
    { from: 5, to: 20, kind: 'email', text: 'joe@example.com', value: 'joe@example.com' },
  ])
})

test('A9: whatever surrounds it and however often, no known identity passes, and every other word does', () => {
  const word = fc.constantFrom(
    'Hello',
    'ok.',
    'über',
    '👍',
    '请问',
    '(see',
    'below)',
    'at',
    'dot',
    '12',
    '—',
    '\u200b',
    'é',
  )
  const secret = fc.constantFrom('joe@example.com', 'JOE@example.com', '0171 1234567', '+49 171 1234567', 'Joe Smith')
  const known = ['joe@example.com', '+49 171 1234567', 'Joe Smith']
  fc.assert(
    fc.property(fc.array(fc.oneof(word, secret), { maxLength: 14 }), (parts) => {
      const { text } = screen(parts.join(' , '), { ...site, known })
      expect(text).not.toMatch(/joe@|smith|1234567/i)
      for (const part of ['Hello', 'über', '👍', '请问'])
        expect(text.includes(part)).toBe(parts.some((written) => written === part))
    }),
    { seed: 20261122, numRuns: 1000 },
  )
})

test('A9: whatever a text is made of, the spans fit it, and what stays between them stays as it was', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom(
      'joe@',
      'a.b',
      '@x.de',
      '+49',
      ' 030 ',
      '1234567',
      '(at)',
      ' dot ',
      'http://',
      'wa.me/',
      '::',
      '４',
      '\u200b',
      '\ud800',
      'DE89',
      'ﬃ',
      '㏂',
      'skype:',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, strict) => {
      const text = pieces.join('')
      const found = findIdentities(text, { countries: ['DE'], strict, known: ['joe'] })
      let at = 0
      let rest = ''
      for (const { from, to, text: part } of found) {
        expect(from).toBeGreaterThanOrEqual(at)
        expect(to).toBeGreaterThan(from)
        expect(text.slice(from, to)).toBe(part)
        rest += `${text.slice(at, from)}•••`
        at = to
      }
      expect(maskIdentities(text, found, 'dots')).toBe(rest + text.slice(at))
    }),
    { seed: 20261122, numRuns: 4000 },
  )
})
