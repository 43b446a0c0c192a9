import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { words as english } from './en.ts'
import { loadWords } from './load-words.ts'
import { chooseLanguage, isLanguage, languageNames, speak } from './words.model.ts'

const languages = Object.keys(languageNames).filter(isLanguage)
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

describe.each(languages)('the desk in %s', (language) => {
  it('has every text, none of them empty', async () => {
    const words = await loadWords(language)
    expect(Object.keys(words)).toEqual(Object.keys(english))
    expect(Object.entries(words).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('fills in the same values everywhere', async () => {
    const words = await loadWords(language)
    const wrong = Object.entries(english).filter(
      ([word, text]) => isWord(word) && places(words[word]).join() !== places(text).join(),
    )
    expect(wrong.map(([word]) => word)).toEqual([])
  })

  it('is a translation, not English left standing', async () => {
    if (language === 'en') return
    const words = await loadWords(language)
    const long = Object.entries(english).filter(
      ([word, text]) => text.length > 25 && isWord(word) && words[word] === text,
    )
    expect(long).toEqual([])
  })
})

const isWord = (word: string): word is keyof typeof english => Object.hasOwn(english, word)

describe('the language of the desk', () => {
  it.each([
    [['de-CH', 'fr'], 'de'],
    [[null, 'pt_BR'], 'pt'],
    [['xx', 'ar-EG'], 'ar'],
    [['xx'], 'en'],
    [[], 'en'],
  ])('for wishes %j is %s', (wishes, language) => {
    expect(chooseLanguage(wishes)).toBe(language)
  })

  it('puts values in, and leaves a place without a value visible', () => {
    const say = speak({ ...english, 'list.unread': 'Unread: {count} {other}' })
    expect(say('list.unread', { count: 3 })).toBe('Unread: 3 {other}')
  })

  it('puts in values as they are, also such as look like places or patterns', () => {
    expect(speak(english)('list.newQuestion', { asker: '{count} $& $1' })).toBe('New question from {count} $& $1')
  })
})

describe('the screens', () => {
  const source = path.join(import.meta.dirname, '..')
  const screens = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))
  // The name of the product, and keys as they are printed on keyboards.
  const allowed = /^(Parley|Enter|Shift|Ctrl|⌘|K|Esc|\?)$/

  const textsOutside = (source: string) => [
    ...[...source.matchAll(/>\s*([^<>{}=;()]*\p{L}[^<>{}=;()]*?)\s*<\//gu)]
      .map((match) => match[1]?.trim() ?? '')
      .filter((one) => !allowed.test(one)),
    ...[...source.matchAll(/(?:label|title|placeholder|description|aria-label|alt)="([^"]*\p{L}[^"]*)"/gu)].map(
      (match) => match[1],
    ),
  ]

  it.each(screens)('hold no text outside the catalogue: %s', (name) => {
    expect(textsOutside(readFileSync(path.join(source, name), 'utf8'))).toEqual([])
  })

  it('would be caught with one', () => {
    expect(textsOutside('<Button>Save it</Button><Input label="Name" /><b>{say("x")}</b>')).toEqual(['Save it', 'Name'])
  })
})
