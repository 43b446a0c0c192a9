import type { CriteriaChoices } from '@parley/protocol'
import { nameLanguage, nameRegion } from './codes.model.ts'
import type { SayCriteria } from './criteria-words.tsx'
import { isNamed, kindOf, nameOf } from './draft.model.ts'

/** What a wish may be about, in the order in which people think of it. */
export const plainAbouts = ['topic', 'site', 'words', 'language', 'region', 'product', 'url', 'network'] as const
export const namedKinds = ['field', 'page', 'answer'] as const

type Plain = (typeof plainAbouts)[number]
type Named = (typeof namedKinds)[number]
const isPlain = (about: string): about is Plain => plainAbouts.some((one) => one === about)
const isNamedKind = (kind: string): kind is Named => namedKinds.some((one) => one === kind)

/** `Topic`, `Filled in: Order number`. */
export function sayAbout(about: string, say: SayCriteria, choices: CriteriaChoices | undefined): string {
  if (isPlain(about)) return say(`about.${about}`)
  const [kind, name] = [kindOf(about), nameOf(about)]
  if (!isNamed(about) || !isNamedKind(kind)) return about
  const label = kind === 'field' ? choices?.fields.find((field) => field.name === name)?.label : undefined
  return say(`about.${kind}`, { name: label ?? (name || '…') })
}

/** A value by its name where it has one. */
export function sayValue(about: string, value: string, choices: CriteriaChoices | undefined, language: string): string {
  if (about === 'topic') return choices?.topics.find(({ id }) => id === value)?.name ?? value
  if (about === 'site') return choices?.sites.find(({ id }) => id === value)?.name ?? value
  if (about === 'language') return nameLanguage(value, language)
  if (about === 'region') return nameRegion(value, language)
  return value
}
