import type { Language } from '@parley/model'
import { typedMedia } from '../addresses/index.ts'
import { foldText } from '../criteria/fold-text.ts'
import { readBound, readStepName, readTexts } from './parse-parts.ts'
import { type AnswerKind, type Choice, scriptBounds } from './script.ts'
import type { Shape } from './shape.ts'

const kinds = ['text', 'choice', 'yes-no', 'date', 'number', 'contact'] as const

export function parseAnswer(shape: Shape, language: Language): AnswerKind {
  const kind = shape.field('kind').oneOf(kinds)
  switch (kind) {
    case 'text':
    case 'date':
      shape.fields(['kind'])
      return { kind }
    case 'choice': {
      const { choices } = shape.fields(['kind', 'choices'])
      return { kind, choices: readChoices(choices, language) }
    }
    case 'yes-no': {
      const { yes, no } = shape.fields(['kind', 'yes', 'no'])
      return {
        kind,
        ...(yes.isAbsent ? {} : { yes: readStepName(yes) }),
        ...(no.isAbsent ? {} : { no: readStepName(no) }),
      }
    }
    case 'number': {
      const { from, to } = shape.fields(['kind', 'from', 'to'])
      const [least, most] = [readBound(from), readBound(to)]
      if ((least ?? -Infinity) > (most ?? Infinity)) shape.wrong('never-met')
      return { kind, ...(least === null ? {} : { from: least }), ...(most === null ? {} : { to: most }) }
    }
    case 'contact': {
      const { medium, consent } = shape.fields(['kind', 'medium', 'consent'])
      return { kind, medium: medium.oneOf(typedMedia), consent: readTexts(consent, language) }
    }
  }
}

/** No two have the same value, nor the same label in a language: an answer would mean both. */
function readChoices(shape: Shape, language: Language): Choice[] {
  const list = shape.list(scriptBounds.choices)
  if (list.length < 2) shape.wrong('malformed')
  const values = new Set<string>()
  const labels = new Set<string>()
  return list.map((one) => {
    const { value, label, next } = one.fields(['value', 'label', 'next'])
    const choice = {
      value: value.text(scriptBounds.valueLength),
      label: readTexts(label, language, scriptBounds.labelLength),
    }
    if (choice.value.trim() === '') value.wrong('malformed')
    if (values.has(choice.value)) value.wrong('twice', choice.value)
    values.add(choice.value)
    for (const [name, text] of Object.entries(choice.label)) {
      const key = `${name} ${foldText(text)}`
      if (labels.has(key)) label.wrong('twice', text)
      labels.add(key)
    }
    return { ...choice, ...(next.isAbsent ? {} : { next: readStepName(next) }) }
  })
}
