import { foldText } from '../../criteria/fold-text.ts'
import { holdsPhrase, wordsOf } from '../../criteria/words-of.ts'
import type { Choice } from '../script.ts'
import { plainDigits } from './digits.ts'

/** `isExact`: it is the label itself, or its number, and not only like it. */
export interface Chosen {
  readonly choice: Choice
  readonly isExact: boolean
}

/**
 * Which choice an answer means: its label in any language, its number in the list, the one label that stands in the answer, or the one
 * that it is nearly. Null when it could be two of them.
 */
export function choiceOf(text: string, choices: readonly Choice[]): Chosen | null {
  const folded = plainLabel(text)
  if (folded === '' || text.length > 2_000) return null
  const labels = choices.map((choice) => [choice.value, ...Object.values(choice.label)].map(plainLabel))
  const exact = labels.findIndex((own) => own.includes(folded))
  if (exact >= 0) return chosen(choices[exact], true)
  const number =
    /^(?:#|no\.?|nr\.?|n°|nº|№|number|nummer|option|choice|numero|número|numéro|opción|opção|opzione|optie|opcja|номер|رقم)? ?(\d{1,2}) ?[.):]?$/u.exec(
      plainDigits(folded),
    )?.[1]
  // Where the labels are numbers themselves ("2 people"), a number is a label.
  if (number !== undefined && !labels.some((own) => own.some((label) => /\d/.test(label)))) {
    return chosen(choices[Number(number) - 1], true)
  }
  return (
    chosen(only(choices, containedIn(wordsOf(text), labels)), false) ??
    chosen(only(choices, nearest(folded, labels)), false)
  )
}

function chosen(choice: Choice | undefined, isExact: boolean): Chosen | null {
  return choice ? { choice, isExact } : null
}

function only(choices: readonly Choice[], found: readonly number[]): Choice | undefined {
  return found.length === 1 ? choices[found[0] ?? -1] : undefined
}

/** Of labels of which one is part of another ("garden", "garden tools") the longer counts. */
function containedIn(words: readonly string[], labels: readonly string[][]): number[] {
  const found = labels.map((own) => Math.max(0, ...own.map((label) => lengthIn(words, label))))
  const longest = Math.max(...found)
  return longest === 0
    ? []
    : found.flatMap((length, index) =>
        length === longest || !isWithin(labels, index, found) ? (length > 0 ? [index] : []) : [],
      )
}

/** Whether what was found of a choice is only a piece of what was found of another. */
function isWithin(labels: readonly string[][], index: number, found: readonly number[]): boolean {
  return labels.some((longer, other) => {
    if (other === index || (found[other] ?? 0) <= (found[index] ?? 0)) return false
    return longer.some((long) =>
      (labels[index] ?? []).some(
        (short) => short !== '' && holdsPhrase(wordsOf(long), { words: wordsOf(short), isOpen: false }),
      ),
    )
  })
}

function lengthIn(words: readonly string[], label: string): number {
  const own = wordsOf(label)
  return own.length > 0 && holdsPhrase(words, { words: own, isOpen: false }) ? own.join(' ').length : 0
}

/** A slip of the finger: one letter in four, two in eight, three in twelve, and no other label as near. */
function nearest(folded: string, labels: readonly string[][]): number[] {
  if (folded.length < 4 || folded.length > 200) return []
  const distances = labels.map((own) =>
    Math.min(...own.filter((label) => label.length >= 4).map((label) => distance(folded, label))),
  )
  const least = Math.min(...distances)
  if (least > Math.min(3, Math.floor(folded.length / 4))) return []
  return distances.flatMap((far, index) => (far === least ? [index] : []))
}

function plainLabel(text: string): string {
  return foldText(text)
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .normalize('NFC')
    .replaceAll(/^[\p{P}\s]+|[\p{P}\s]+$/gu, '')
}

/** Letters to change, add, leave out, or swap with their neighbour. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return Infinity
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1]
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      next.push(best)
    }
    before = row
    row = next
  }
  return row[b.length] ?? Infinity
}
