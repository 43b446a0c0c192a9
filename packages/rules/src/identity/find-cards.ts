import { type DigitRun, digitsOf } from './digit-runs.ts'
import type { IdentitySpan } from './identity-span.ts'

/** Payment cards: a length and a beginning that an issuer uses, groups parted by one blank or hyphen, and the check digit (Luhn). */
export function findCards(text: string, runs: readonly DigitRun[]): IdentitySpan[] {
  const found: IdentitySpan[] = []
  for (const { groups } of runs) {
    for (let first = 0; first < groups.length; first++) {
      const last = lastOfCard(text, groups, first)
      const [from, to] = [groups[first]?.from, last === null ? undefined : groups[last]?.to]
      if (last === null || from === undefined || to === undefined) continue
      found.push({ from, to, kind: 'card', value: digitsOf(groups.slice(first, last + 1)) })
      first = last
    }
  }
  return found
}

function lastOfCard(text: string, groups: DigitRun['groups'], first: number): number | null {
  let digits = ''
  let longest: number | null = null
  for (let last = first; last < groups.length && digits.length < 19; last++) {
    const group = groups[last]
    if (!group) break
    const before = groups[last - 1]
    if (last > first && before && !/^[ -]$/.test(text.slice(before.to, group.from))) break
    digits += group.digits
    if (isCard(digits)) longest = last
  }
  return longest
}

/** No issuer's numbers are shorter. */
const shortest = 13

function isCard(digits: string): boolean {
  return digits.length >= shortest && ISSUERS.some((issuer) => issuer.test(digits)) && passesLuhn(digits)
}

const ISSUERS = [
  /^4(?:\d{12}|\d{15}|\d{18})$/,
  /^5[1-5]\d{14}$/,
  /^2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^3(?:0[0-5]|[68]\d)\d{11}$/,
  /^35(?:2[89]|[3-8]\d)\d{12}$/,
  /^6(?:011|5\d\d|4[4-9]\d)\d{12}$/,
  /^62\d{14,17}$/,
  /^(?:50|5[6-8]|6[37])\d{12,17}$/,
]

/** ISO/IEC 7812-1, Annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const value = Number(digits[digits.length - 1 - i])
    const weighted = i % 2 === 0 ? value : value * 2
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum % 10 === 0
}
