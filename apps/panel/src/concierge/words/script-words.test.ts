import { describe, expect, it } from 'vitest'
import { isLanguage, languageNames } from '../../words/words.model.ts'
import { words as english } from './en.ts'
import { loadScriptWords, type ScriptWord } from './load-script-words.ts'

const languages = Object.keys(languageNames).filter(isLanguage)
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
const all = Object.keys(english) as ScriptWord[]

describe.each(languages)('the script editor in %s', (language) => {
  it('has every text, with the same values to be filled in', async () => {
    const words = await loadScriptWords(language)
    expect(Object.keys(words)).toEqual(all)
    expect(all.filter((word) => words[word].trim() === '')).toEqual([])
    expect(all.filter((word) => places(words[word]).join() !== places(english[word]).join())).toEqual([])
  })

  it('is a translation, not English left standing', async () => {
    if (language === 'en') return
    const words = await loadScriptWords(language)
    expect(all.filter((word) => english[word].length > 25 && words[word] === english[word])).toEqual([])
  })
})
