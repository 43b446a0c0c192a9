import { expect, test } from 'vitest'
import { compareFact } from './compare-fact.ts'
import type { About } from './criteria.ts'
import { foldUrl, matchesPattern } from './matches-pattern.ts'
import { keysOf, networksAbove, normalise, numberOf, regionsAbove } from './normalise.ts'
import { wordsOf } from './words-of.ts'

test.each<[string, About, string, string, boolean]>([
  ['the same site', 'site', 'a1b2', 'a1b2', true],
  ['another site', 'site', 'a1b2', 'a1b3', false],
  ['a topic, case and blanks aside', 'topic', ' Garden  Tools', 'garden tools', true],
  ['a product with full-width letters', 'product', 'ＡＢ-12', 'ab-12', true],
  ['a chosen value with ß', 'field:kind', 'Größe', 'GRÖSSE', true],
  ['an accent tells values apart', 'field:kind', 'schon', 'schön', false],
  ['what the page told', 'page:plan', 'gold', 'Gold', true],
  ['what the concierge was answered', 'answer:urgent', 'yes', 'no', false],
  ['who answers in pt-BR understands pt-PT', 'language', 'pt-BR', 'pt-PT', true],
  ['Norwegian by either of its names', 'language', 'no', 'nb-NO', true],
  ['another language', 'language', 'de', 'nl', false],
  ['the United States hold Alaska', 'region', 'us', 'US-AK', true],
  ['Alaska does not hold the United States', 'region', 'US-AK', 'US', false],
  ['a region that only begins alike', 'region', 'US-A', 'US-AK', false],
  ['a network holds its parts', 'network', 'example.edu', 'lab.example.edu', true],
  ['a network written with a star', 'network', '*.example.edu', 'Lab.Example.edu.', true],
  ['a part does not hold its network', 'network', 'lab.example.edu', 'example.edu', false],
  ['a network that only ends alike', 'network', 'example.edu', 'notexample.edu', false],
  ['a page below a path', 'url', 'https://shop.example/garden/*', 'https://shop.example/garden/hoses?x=1', true],
  ['a page beside that path', 'url', 'https://shop.example/garden/*', 'https://shop.example/gardens', false],
  ['http or https', 'url', 'http://shop.example/', 'https://shop.example', true],
  ['no scheme at all', 'url', 'shop.example/garden', 'https://shop.example/garden#top', true],
  ['every sub-site', 'url', '*.shop.example/*', 'https://de.shop.example/a', true],
  ['a query only where the pattern names one', 'url', 'shop.example/a?b=*', 'https://shop.example/a?b=1', true],
  ['a query that the pattern names is missing', 'url', 'shop.example/a?b=*', 'https://shop.example/a', false],
  [
    'letters as people read them',
    'url',
    'https://bücher.example/gärten',
    'https://xn--bcher-kva.example/g%C3%A4rten',
    true,
  ],
  ['an address that is wrongly encoded', 'url', 'shop.example/%zz', 'https://shop.example/%zz', true],
  ['a dot in a pattern is a dot', 'url', 'shop.example/*', 'https://shopxexample/', false],
  ['a word in a sentence', 'words', 'hose', 'My HOSE, it leaks.', true],
  ['not a part of a word', 'words', 'hose', 'Those shoes', false],
  ['any ending', 'words', 'leak*', 'It is leaking', true],
  ['any ending, and none', 'words', 'leak*', 'a leak', true],
  ['a phrase', 'words', 'garden hose', 'the garden-hose is new', true],
  ['a phrase in another order', 'words', 'garden hose', 'hose for the garden', false],
  ['a phrase with an open end', 'words', 'garden ho*', 'garden houses', true],
  ['the last words of a text', 'words', 'send it back', 'may I send it back', true],
  ['a word of Japanese inside a sentence', 'words', '水漏れ', 'ホースが水漏れします', true],
  ['other characters of Japanese', 'words', '水漏れ', '水が漏れる', false],
  ['Arabic with and without its vowel points', 'words', 'كتاب', 'هذا كِتابٌ', true],
  ['Russian ё and е', 'words', 'ёлка', 'Елка', true],
  ['a wish without any word finds nothing', 'words', '!!!', '!!!', false],
])('A4: %s', (_, about, wanted, value, met) => {
  expect(compareFact(about, wanted, value)).toBe(met)
})

test('what lies in what, from the narrowest', () => {
  expect(regionsAbove('us-ak')).toEqual(['US-AK', 'US'])
  expect(networksAbove('Lab.Example.edu')).toEqual(['lab.example.edu', 'example.edu', 'edu'])
  expect(keysOf('topic', '   ')).toEqual([])
})

test.each([
  ['1200', 1200],
  [' -3.5 ', -3.5],
  ['3,5', 3.5],
  ['１２', 12],
  ['about fifty', null],
  ['1.234.567', null],
  ['9'.repeat(400), null],
])('the number that %s tells is %s', (text, number) => {
  expect(numberOf(text)).toBe(number)
})

test.each(['en', 'de', 'ja', 'ar', 'ru'])('normalising twice changes nothing (%s)', (language) => {
  const texts = { en: ' A  b', de: 'GRÖẞE ß', ja: '㌔ＡＢ', ar: 'كِتـاب', ru: 'Ёж' }
  const text = texts[language as keyof typeof texts]
  for (const about of ['topic', 'region', 'network', 'url', 'language'] as const) {
    expect(normalise(about, normalise(about, text))).toBe(normalise(about, text))
  }
  expect(wordsOf(wordsOf(text).join(' '))).toEqual(wordsOf(text))
})

test('a pattern of many stars looks at each place of an address a bounded number of times', () => {
  // A backtracking matcher needs more steps here than the age of the universe has nanoseconds; this one ends, or the test never does.
  const url = foldUrl(`https://shop.example/${'a'.repeat(2_000)}`)
  expect(matchesPattern(foldUrl(`shop.example/${'a*'.repeat(200)}b`), url)).toBe(false)
  expect(matchesPattern(foldUrl(`shop.example/${'*a'.repeat(200)}`), url)).toBe(true)
})

test('the pieces between stars may not overlap', () => {
  expect(matchesPattern('a*a', 'a')).toBe(false)
  expect(matchesPattern('ab*bc', 'abc')).toBe(false)
  expect(matchesPattern('a*b*b', 'ab')).toBe(false)
  expect(matchesPattern('a*b*b', 'abb')).toBe(true)
  expect(matchesPattern('*', 'anything')).toBe(true)
})
