import { type Language, nearestLanguage } from '@parley/model'
import { keptIn } from './answers-kept.ts'
import type { Asked } from './holds.ts'
import { valuesOf } from './holds.ts'
import { kindWords } from './kind-words.ts'
import type { Script, Texts, VariableName } from './script.ts'

const inBraces = /\{([A-Za-z][\w-]{0,39})\}/g

/** The variables that a text names. */
export function namesIn(text: string): VariableName[] {
  return [...text.matchAll(inBraces)].map(([, name]) => name ?? '')
}

/** The text in the language that is spoken, else in the script's own; with what the variables hold, as people write it. */
export function speak(script: Script, texts: Texts, asked: Asked): string {
  const language = spokenLanguage(script, texts, asked)
  const text = texts[language] ?? ''
  return text.replaceAll(inBraces, (_, name: VariableName) => shown(script, name, asked, language)).trim()
}

/** The language in which a text is spoken: the visitor's, where it has it. */
export function spokenLanguage(script: Script, texts: Texts, { known }: Pick<Asked, 'known'>): Language {
  const language = nearestLanguage(known.language)
  return texts[language]?.trim() ? language : script.language
}

function shown(script: Script, name: VariableName, asked: Asked, language: Language): string {
  return valuesOf(name, asked)
    .map((value) => asPeopleWrite(script, name, value, language))
    .join(', ')
}

/** What a variable holds, as people of the language write it: the label of a choice, a date, a number. */
export function asPeopleWrite(script: Script, name: VariableName, value: string, language: Language): string {
  for (const [id, step] of Object.entries(script.steps)) {
    if (step.kind !== 'ask' || keptIn(id, step) !== name) continue
    const { answer } = step
    if (answer.kind === 'choice') {
      const label = answer.choices.find((choice) => choice.value === value)?.label
      if (label) return label[language] ?? label[script.language] ?? value
    }
    if (answer.kind === 'yes-no' && (value === 'yes' || value === 'no')) return kindWords[language][value]
    if (answer.kind === 'number' && /^-?[\d.]+$/.test(value))
      return new Intl.NumberFormat(language, { maximumFractionDigits: 10 }).format(Number(value))
    if (answer.kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(value)) {
      return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(value))
    }
  }
  return value
}
