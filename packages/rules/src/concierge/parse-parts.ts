import { type Language, languages } from '@parley/model'
import { type Filled, knownNames, scriptBounds, type Texts } from './script.ts'
import type { Shape } from './shape.ts'

/** Texts by language; the script's own is there and not empty. */
export function readTexts(shape: Shape, language: Language, most: number = scriptBounds.textLength): Texts {
  const texts = shape.entries(languages.length).map(([name, text]) => {
    if (!languages.some((known) => known === name)) text.wrong('malformed')
    return [name, text.text(most)] as const
  })
  if (!texts.some(([name, text]) => name === language && text.trim() !== '')) shape.wrong('text-missing', language)
  return Object.fromEntries(texts)
}

export function readText(shape: Shape, language: Language): { text?: Texts } {
  return shape.isAbsent ? {} : { text: readTexts(shape, language) }
}

/** Where it goes on. Nowhere is for the walk over the steps to say. */
export function readStepName(shape: Shape): string {
  return shape.isAbsent ? '' : shape.text(40)
}

export function readVariable(shape: Shape): string {
  const name = shape.text(40)
  if (!isName(name) || knownNames.some((known) => known === name)) shape.wrong('bad-name', name.slice(0, 60))
  return name
}

export function readFills(shape: Shape): { fills?: readonly Filled[] } {
  return shape.isAbsent ? {} : { fills: shape.list(scriptBounds.facts).map((fact) => readFact(fact, fact.text(100))) }
}

export function readFact(shape: Shape, name: string): Filled {
  if (isFilled(name)) return name
  shape.wrong('bad-name', name.slice(0, 60))
  return 'topic'
}

function isFilled(name: string): name is Filled {
  return /^(topic|product|language|region|(field|answer):\S.{0,80})$/u.test(name)
}

export function readWait(shape: Shape): number {
  return shape.number(scriptBounds.leastWaitMs, scriptBounds.mostWaitMs)
}

/** Null when there is none. */
export function readBound(shape: Shape): number | null {
  return shape.isAbsent ? null : shape.number(-1e15, 1e15)
}

export function isName(name: string): boolean {
  return /^[A-Za-z][\w-]{0,39}$/.test(name)
}
