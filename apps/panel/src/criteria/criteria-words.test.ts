import { expect, test } from 'vitest'
import { isLanguage, languageNames } from '../words/words.model.ts'
import { loadCriteriaWords } from './words/load-criteria-words.ts'

const languages = Object.keys(languageNames).filter(isLanguage)
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
const english = await loadCriteriaWords('en')

test.each(languages)('wishes in %s have every text, with the same values', async (language) => {
  const words = await loadCriteriaWords(language)
  expect(Object.keys(words)).toEqual(Object.keys(english))
  for (const [word, text] of Object.entries(words)) {
    expect([word, places(text)]).toEqual([
      word,
      places(Object.entries(english).find(([key]) => key === word)?.[1] ?? ''),
    ])
    expect(text.trim(), word).not.toBe('')
  }
})

test.each(languages.filter((language) => language !== 'en'))(
  'wishes in %s are not left in English',
  async (language) => {
    const words = await loadCriteriaWords(language)
    const same = Object.entries(english).filter(
      ([word, text]) =>
        text.length > 25 && Object.entries(words).some(([key, other]) => key === word && other === text),
    )
    expect(same).toEqual([])
  },
)
