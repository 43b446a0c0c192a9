import parsePhoneNumber from 'libphonenumber-js/max'
import { type DigitRun, digitsOf } from './digit-runs.ts'
import type { IdentitySpan } from './identity-span.ts'
import { plainText } from './plain-text.ts'

/**
 * What is known of a participant and never passes, in whatever grouping or case it is written: a telephone number by the last nine figures
 * of what it is without its country, a SIP address without its scheme, everything else word for word.
 */
export function findKnown(text: string, runs: readonly DigitRun[], known: readonly string[]): IdentitySpan[] {
  const lower = known.length > 0 ? fold(text) : ''
  return known.flatMap((identity) => {
    const digits = isNumber(identity) ? withinItsCountry(identity) : ''
    if (digits.length >= 6) return findDigits(text, runs, digits, identity)
    const folded = fold(plainText(identity.replace(/^sips?:/i, '')).text).trim()
    return folded.length >= 2 ? findWords(lower, folded, identity) : []
  })
}

/** Whether what was found is one of these, however it was written. */
export function isAmong(span: IdentitySpan, identities: readonly string[]): boolean {
  return identities.some((identity) => {
    if (span.kind === 'phone' && isNumber(identity)) {
      const digits = withinItsCountry(identity)
      return digits.length >= 6 && span.value.replaceAll(/\D/g, '').endsWith(digits)
    }
    return fold(identity).trim() === fold(span.value)
  })
}

/** Few people are in a conversation, and their numbers are asked about with every word: those of the last ones stay. */
const within = new Map<string, string>()

function withinItsCountry(number: string): string {
  const known = within.get(number)
  if (known !== undefined) return known
  const national = number.startsWith('+') ? parsePhoneNumber(number)?.nationalNumber : undefined
  const digits = (national ?? number.replaceAll(/\D/g, '')).slice(-9)
  if (within.size >= 5_000) within.clear()
  within.set(number, digits)
  return digits
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
  const found: IdentitySpan[] = []
  for (const { groups } of runs) {
    const digits = digitsOf(groups)
    if (!digits.includes(wanted)) continue
    const offsets = groups.flatMap((group) => Array.from(group.digits, (_, i) => group.from + i))
    let searched = 0
    for (let at = digits.indexOf(wanted); at >= 0; at = digits.indexOf(wanted, searched)) {
      // The country or the trunk zero before it belongs to it, when nothing else stands there.
      const lead = at - searched <= 5 ? searched : at
      const from = offsets[lead] ?? 0
      const opening = /[+(]{0,2}$/.exec(text.slice(Math.max(0, from - 2), from))?.[0] ?? ''
      searched = at + wanted.length
      found.push({ from: from - opening.length, to: (offsets[searched - 1] ?? from) + 1, kind: 'known', value })
    }
  }
  return found
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
