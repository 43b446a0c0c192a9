import { type DigitRun, digitsOf } from './digit-runs.ts'
import type { IdentitySpan } from './identity-span.ts'

/**
 * What is known of a participant and never passes, in whatever grouping or case it is written: a telephone number by its last nine
 * figures (the country may be left out), everything else word for word.
 */
export function findKnown(text: string, runs: readonly DigitRun[], known: readonly string[]): IdentitySpan[] {
  const found: IdentitySpan[] = []
  const lower = known.length > 0 ? fold(text) : ''
  for (const identity of known) {
    const digits = isNumber(identity) ? identity.replaceAll(/\D/g, '') : ''
    if (digits.length >= 6) found.push(...findDigits(text, runs, digits.slice(-9), identity))
    else {
      const folded = fold(identity).trim()
      if (folded.length >= 2) found.push(...findWords(lower, folded, identity))
    }
  }
  return found
}

/** Whether what was found is one of these, however it was written. */
export function isAmong(span: IdentitySpan, identities: readonly string[]): boolean {
  return identities.some((identity) => {
    if (span.kind === 'phone' && isNumber(identity)) {
      const digits = identity.replaceAll(/\D/g, '')
      return digits.length >= 6 && span.value.replaceAll(/\D/g, '').endsWith(digits.slice(-9))
    }
    return fold(identity).trim() === fold(span.value)
  })
}

const isNumber = (identity: string): boolean => /^[+\d\s()./-]+$/.test(identity)

// Offsets must stay: a letter whose lower case is longer keeps its own form.
const fold = (text: string): string => {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : Array.from(text, foldCharacter).join('')
}
const foldCharacter = (character: string): string => {
  const lower = character.toLowerCase()
  return lower.length === character.length ? lower : character
}

function findDigits(text: string, runs: readonly DigitRun[], wanted: string, value: string): IdentitySpan[] {
  return runs.flatMap(({ groups }) => {
    const at = digitsOf(groups).indexOf(wanted)
    const first = groups[0]
    if (at < 0 || !first) return []
    // The country, the trunk zero and the bracket before it belong to it.
    const opening = /[+(]{0,2}$/.exec(text.slice(Math.max(0, first.from - 2), first.from))?.[0] ?? ''
    const span = groupsAround(groups, at, at + wanted.length)
    return [
      { from: span.from - (span.from === first.from ? opening.length : 0), to: span.to, kind: 'known' as const, value },
    ]
  })
}

function groupsAround(groups: DigitRun['groups'], from: number, to: number): { from: number; to: number } {
  let passed = 0
  let end = 0
  for (const group of groups) {
    const before = passed
    passed += group.digits.length
    if (to > before) end = group.to - Math.max(0, passed - to)
  }
  const lead = digitsOf(groups).slice(0, from)
  const start = lead.length <= 5 ? 0 : from
  passed = 0
  for (const group of groups) {
    if (start < passed + group.digits.length) return { from: group.from + (start - passed), to: end }
    passed += group.digits.length
  }
  return { from: groups[0]?.from ?? 0, to: end }
}

function findWords(text: string, wanted: string, value: string): IdentitySpan[] {
  const found: IdentitySpan[] = []
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    const to = at + wanted.length
    if (!isWord(text[at - 1], wanted[0]) && !isWord(wanted.at(-1), text[to]))
      found.push({ from: at, to, kind: 'known', value })
  }
  return found
}

// Two letters of an alphabet beside each other are one word; Chinese, Japanese and Thai write without blanks.
const isWord = (left: string | undefined, right: string | undefined): boolean =>
  /[\p{N}\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}]/u.test(left ?? '') &&
  /[\p{N}\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}]/u.test(right ?? '')
