import { expect, test } from 'vitest'
import { isLanguage, languageNames } from '../words/words.model.ts'
import { callLanguage, callTopic, linesOf, sayShare } from './reading.model.ts'
import { loadReadingWords } from './words/load-reading-words.ts'

test('D3: pasted examples are one a line, without blank ones and without any twice', () => {
  expect(linesOf('  a b \n\nc\r\n a b\n')).toEqual(['a b', 'c'])
  expect(linesOf(' \n ')).toEqual([])
})

test('D3: a topic is called by its name, and by its site where there are several', () => {
  const topics = [{ id: 't', site: 's', names: { en: 'Delivery', de: 'Lieferung' }, examples: 0, keywords: [] }]
  const one = [{ id: 's', name: 'Shop' }]
  expect(callTopic(topics, 't', { language: 'de', sites: one })).toBe('Lieferung')
  expect(callTopic(topics, 't', { language: 'fr', sites: [...one, { id: 'g', name: 'Garden' }] })).toBe(
    'Delivery (Shop)',
  )
  expect(callTopic(topics, 'gone', { language: 'de', sites: one })).toBe('–')
})

test('D3: shares and languages are told in the language of the desk', () => {
  expect(sayShare(0.915, 'en')).toBe('92%')
  expect(callLanguage('pl', 'de')).toBe('Polnisch')
})

const languages = Object.keys(languageNames).filter(isLanguage)
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

test.each(languages)('what is said about reading in %s has every text, with the same values', async (language) => {
  const english = Object.entries(await loadReadingWords('en'))
  const words = Object.entries(await loadReadingWords(language))
  expect(words.map(([key, text]) => [key, places(text)])).toEqual(english.map(([key, text]) => [key, places(text)]))
  const isOther = language !== 'en'
  const same = words.filter(
    ([key, text]) => isOther && text.length > 25 && english.some(([k, t]) => k === key && t === text),
  )
  expect(same).toEqual([])
})
