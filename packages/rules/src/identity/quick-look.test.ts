import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText } from './plain-text.ts'
import { isSuspicious } from './quick-look.ts'
import { searchIdentities } from './search-identities.ts'

test('A9: what the quick look passes, the whole search passes too', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.constantFrom(
      ' at ',
      ' dot ',
      ' punkt ',
      'joe',
      'example',
      'com',
      ' arroba ',
      'gmail',
      '.',
      ':',
      '/',
      'one ',
      'two ',
      'seven ',
      'double ',
      '五',
      'insta',
      'is',
      'joe_s',
      'skype',
      '::',
      'dead',
      ' ',
      'ｊ',
      'ⓐ',
      '—',
      '。',
      'wa',
      'me',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 16 }), fc.boolean(), (pieces, strict) => {
      const text = pieces.join('')
      fc.pre(!isSuspicious(text))
      const found = searchIdentities(plainText(text).text, { countries: ['DE', 'US'], known: [], strict, lookUps: 10 })
      expect(found).toEqual([])
    }),
    { seed: 20261122, numRuns: 10_000 },
  )
})

test.each([
  'Are you open on Sunday?',
  'Könnten Sie mir bitte sagen, ob es das Kleid auch in Grün gibt? Vielen Dank!',
  'Здравствуйте! Есть ли это платье в синем цвете?',
  'Thank you 👍 – that’s “perfect”…',
])('A9: the quick look is enough for "%s"', (text) => {
  expect(isSuspicious(text)).toBe(false)
})
