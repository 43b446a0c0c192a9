import type { Script, ScriptChosenBy, ScriptProblem, ScriptTexts } from '@parley/protocol'

/** What is edited as one thing and saved as one version. */
export interface Draft {
  readonly name: string
  readonly chosenBy: ScriptChosenBy
  readonly script: Script
}

export const isChanged = (a: Draft, b: Draft): boolean => a !== b && JSON.stringify(a) !== JSON.stringify(b)

export const refusing = (problems: readonly ScriptProblem[]): ScriptProblem[] =>
  problems.filter(({ level }) => level === 'refused')

/** By step, in the order of the server; those of no step under `''`. */
export function byStep(problems: readonly ScriptProblem[]): Map<string, ScriptProblem[]> {
  const found = new Map<string, ScriptProblem[]>()
  for (const problem of problems) {
    const step = problem.step ?? ''
    found.set(step, [...(found.get(step) ?? []), problem])
  }
  return found
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Texts by language stand under these names, and nothing else does. */
const textNames = new Set(['text', 'label', 'consent'])

function* textsIn(value: unknown): Generator<ScriptTexts> {
  if (Array.isArray(value)) for (const one of value) yield* textsIn(one)
  else if (isRecord(value)) {
    for (const [name, one] of Object.entries(value)) {
      if (textNames.has(name) && isRecord(one)) yield one as ScriptTexts
      else yield* textsIn(one)
    }
  }
}

/** Every language that some text has, the script's own first. */
export function languagesOf(script: Script): string[] {
  const found = new Set([script.language])
  for (const texts of textsIn(Object.values(script.steps))) for (const tag of Object.keys(texts)) found.add(tag)
  for (const texts of textsIn(script.rules ?? [])) for (const tag of Object.keys(texts)) found.add(tag)
  return [...found]
}

/** How many texts of a part of a script have no words in a language. */
export function missingIn(part: unknown, language: string): number {
  let count = 0
  for (const texts of textsIn([part])) if (!texts[language]?.trim()) count += 1
  return count
}

/** All texts without one of their languages. */
export function withoutLanguage(script: Script, language: string): Script {
  const copy = structuredClone(script)
  for (const texts of textsIn([copy])) delete texts[language]
  return copy
}
