import { foldText } from '../criteria/fold-text.ts'
import { normalise, numberOf } from '../criteria/normalise.ts'
import { holdsPhrase, phraseOf, wordsOf } from '../criteria/words-of.ts'
import type { Known } from './known.ts'
import type { Test } from './script.ts'

/** What tests are asked of: the variables, what is known of the request, and what was said last. */
export interface Asked {
  readonly variables: Readonly<Record<string, string>>
  readonly known: Known
  readonly said: string
  readonly wantsPerson: boolean
}

/** Whether all of these hold. Without any, they do. */
export function hold(tests: readonly Test[], asked: Asked): boolean {
  return tests.every((test) => {
    if (test.test === 'wants-person') return asked.wantsPerson
    if (test.test === 'language')
      return valuesOf('language', asked).some((tag) => test.oneOf.some((one) => speaks(tag, one)))
    if (test.test === 'topic') return valuesOf('topic', asked).some((topic) => test.oneOf.includes(topic))
    return valuesOf(test.of, asked).some((value) => holdsFor(test, value))
  })
}

/** Whether a test of a variable holds for what it holds. */
export function holdsFor(test: Extract<Test, { of: string }>, value: string): boolean {
  switch (test.test) {
    case 'is':
      return foldText(value) === foldText(test.value)
    case 'one-of':
      return test.values.some((one) => foldText(value) === foldText(one))
    case 'contains': {
      const words = wordsOf(value)
      return test.words.some((word) => holdsPhrase(words, phraseOf(word)))
    }
    case 'between': {
      const number = numberOf(value)
      return number !== null && number >= (test.from ?? -Infinity) && number <= (test.to ?? Infinity)
    }
    case 'known':
      return value.trim() !== ''
  }
}

/** What a name of the script stands for: a variable, or something that is known without it. */
export function valuesOf(name: string, { variables, known, said }: Asked): readonly string[] {
  if (name === 'said') return said === '' ? [] : [said]
  if (name === 'language') return [known.language]
  if (name === 'topic' || name === 'region' || name === 'site' || name === 'url') return known.facts[name] ?? []
  return Object.hasOwn(variables, name) ? [variables[name] ?? ''] : []
}

function speaks(tag: string, language: string): boolean {
  return normalise('language', tag) === language
}
