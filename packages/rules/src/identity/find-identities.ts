import { type DigitRun, digitRuns } from './digit-runs.ts'
import { findCards } from './find-cards.ts'
import { findEmails } from './find-emails.ts'
import { findHandles, mentionsNetwork } from './find-handles.ts'
import { findIbans } from './find-ibans.ts'
import { findIps } from './find-ips.ts'
import { findKnown, isAmong } from './find-known.ts'
import { findLinks, hostOf } from './find-links.ts'
import { findPhones } from './find-phones.ts'
import { findSpelledNumbers, mayBeSpelled } from './find-spelled-numbers.ts'
import type { IdentityKind, IdentitySpan } from './identity-span.ts'
import { plainText } from './plain-text.ts'

export type { IdentityKind } from './identity-span.ts'

/** Something in a text that tells who somebody is or how to reach them. Offsets are UTF-16, into the text as it was given. */
export type FoundIdentity = {
  readonly from: number
  readonly to: number
  readonly kind: IdentityKind
  /** As it stands in the text. */
  readonly text: string
  /** What it means, in one form. */
  readonly value: string
}

export type IdentityOptions = {
  /** ISO 3166 codes of the countries whose national telephone numbers are expected. */
  readonly countries: readonly string[]
  /** Identities of the participants that are found in any form: addresses, numbers, names. */
  readonly known?: readonly string[]
  /** Not found: the site's own mail addresses and numbers as they are, and links to its hosts (and theirs below). A mail address at such a host is found. */
  readonly allow?: readonly string[]
  /** Finds also what is only likely: any @name, any long number, any link. For offers. */
  readonly strict?: boolean
  /** How often the telephone number plans may be asked for one text; 200 when not given. */
  readonly lookUps?: number
}

/** Finds what identifies somebody, in order and without overlaps. The work is proportional to the length of the text. */
export function findIdentities(text: string, options: IdentityOptions): FoundIdentity[] {
  const known = options.known ?? []
  if (known.length === 0 && !isSuspicious(text)) return []
  const plain = plainText(text)
  const strict = options.strict ?? false
  const hasDigits = /\d/.test(plain.text)
  const runs = hasDigits ? digitRuns(plain.text) : []
  const links = findLinks(plain.text)
  const ibans = hasDigits ? findIbans(plain.text) : []
  const cards = findCards(plain.text, runs)
  const ips = hasDigits || plain.text.includes('::') ? findIps(plain.text) : []
  // What is already something else is not looked at as a telephone number, nor, but strictly, the number of a product in its link.
  const others = [...ibans, ...cards, ...ips, ...(strict ? [] : links)]
  // In this order the kinds win where they overlap.
  const spans = [
    ...findKnown(plain.text, runs, known),
    ...(strict ? links : links.filter((link) => link.isPersonal)),
    ...findEmails(plain.text),
    ...ibans,
    ...cards,
    ...ips,
    ...findPhones(plain.text, outside(runs, others), {
      countries: options.countries,
      strict,
      lookUps: options.lookUps ?? 200,
    }),
    ...findSpelledNumbers(plain.text),
    ...findHandles(plain.text, strict ? 'all' : 'announced'),
  ]
  const allow = options.allow ?? []
  const kept = spans.filter((span) => span.kind === 'known' || !isAllowed(span, allow))
  return apart(kept).map(({ from, to, kind, value }) => {
    const start = plain.from(from)
    const end = plain.to(to)
    return { from: start, to: end, kind, text: text.slice(start, end), value }
  })
}

/**
 * The look that nearly every message ends with: no figure, no @, no dot inside a word, no bracket, no colon against a word, no network
 * by name, no digit words in a row, no character beyond letters and common marks.
 */
function isSuspicious(text: string): boolean {
  return MARKS.test(text) || ODD_MARKS.test(text) || mayBeSpelled(text) || mentionsNetwork(text)
}

const MARKS = /[0-9@%([{<]|[.:][a-z0-9/]|\b(?:dot|punkt|point|punto|ponto|punt|kropka|nokta)\b/i
const ODD_MARKS =
  /[^ -~\s\p{L}\p{M}\p{Emoji_Presentation}‘’“”„«»…–—¿¡、，！？€£]|\p{Default_Ignorable_Code_Point}|[.:]\p{L}|[\uff21-\uff5a\u{1d400}-\u{1d7ff}]|точка|крапка/u

/** The runs that do not lie wholly within one of these spans. */
function outside(runs: readonly DigitRun[], spans: readonly IdentitySpan[]): DigitRun[] {
  if (spans.length === 0) return [...runs]
  const sorted = spans.toSorted((a, b) => a.from - b.from)
  let next = 0
  let reach = 0
  return runs.filter(({ groups }) => {
    for (let span = sorted[next]; span && span.from <= (groups[0]?.from ?? 0); span = sorted[++next]) {
      reach = Math.max(reach, span.to)
    }
    return (groups.at(-1)?.to ?? 0) > reach
  })
}

function isAllowed(span: IdentitySpan, allow: readonly string[]): boolean {
  if (allow.length === 0) return false
  if (span.kind !== 'url') return isAmong(span, allow)
  const host = hostOf(span.value)
  return (
    host !== '' &&
    allow.some((own) => !own.includes('@') && (host === own.toLowerCase() || host.endsWith(`.${own.toLowerCase()}`)))
  )
}

/** Joins what overlaps, under the kind that came first in the list: nothing of either is left standing. */
function apart(spans: readonly IdentitySpan[]): IdentitySpan[] {
  const order = spans.map((span, rank) => ({ span, rank })).sort((a, b) => a.span.from - b.span.from || a.rank - b.rank)
  const result: { span: IdentitySpan; rank: number }[] = []
  for (const next of order) {
    const last = result.at(-1)
    if (!last || next.span.from >= last.span.to) {
      result.push(next)
      continue
    }
    const winner = next.rank < last.rank ? next : last
    const to = Math.max(last.span.to, next.span.to)
    result[result.length - 1] = { rank: winner.rank, span: { ...winner.span, from: last.span.from, to } }
  }
  return result.map(({ span }) => span)
}
