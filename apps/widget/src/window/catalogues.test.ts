import { expect, test } from 'vitest'
import { languages } from '../shared/languages.ts'
import { en } from './catalogues/en.ts'
import { en as more } from './catalogues/more/en.ts'

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).toSorted()

const read = async (language: string): Promise<Record<string, string>[]> =>
  (await Promise.all([import(`./catalogues/${language}.ts`), import(`./catalogues/more/${language}.ts`)])).map(
    (module) => module.default,
  )

test.each(languages)('the window says everything in %s, with the same blanks to fill in', async (language) => {
  for (const [place, catalogue] of (await read(language)).entries()) {
    const english = place === 0 ? en : more
    expect(Object.keys(catalogue)).toEqual(Object.keys(english))
    for (const [key, text] of Object.entries(english)) {
      expect(catalogue[key]?.trim(), key).not.toBe('')
      expect(placeholders(catalogue[key] ?? ''), key).toEqual(placeholders(text))
    }
  }
})

test('what comes later says nothing that is said already', () => {
  expect(Object.keys(more).filter((key) => key in en)).toEqual([])
})

test('no catalogue is a copy of the English one', async () => {
  for (const language of languages.filter((one) => one !== 'en')) {
    const catalogue = Object.assign({}, ...(await read(language)))
    const same = Object.entries({ ...en, ...more }).filter(
      ([key, text]) => catalogue[key] === text && text.replaceAll(/\{\w+\}/g, '').length > 12,
    )
    expect(same, language).toEqual([])
  }
})
