import { expect, test } from 'vitest'
import { languages } from '../shared/languages.ts'
import { en } from './catalogues/en.ts'

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).toSorted()

test.each(languages)('the window says everything in %s, with the same blanks to fill in', async (language) => {
  const { default: catalogue } = await import(`./catalogues/${language}.ts`)
  expect(Object.keys(catalogue)).toEqual(Object.keys(en))
  for (const [key, text] of Object.entries(en)) {
    expect(catalogue[key].trim(), key).not.toBe('')
    expect(placeholders(catalogue[key]), key).toEqual(placeholders(text))
  }
})

test('no catalogue is a copy of the English one', async () => {
  for (const language of languages.filter((one) => one !== 'en')) {
    const { default: catalogue } = await import(`./catalogues/${language}.ts`)
    const same = Object.entries(en).filter(
      ([key, text]) => catalogue[key] === text && text.replaceAll(/\{\w+\}/g, '').length > 12,
    )
    expect(same, language).toEqual([])
  }
})
