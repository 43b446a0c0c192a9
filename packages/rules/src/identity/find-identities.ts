import { digitRuns } from './digit-runs.ts'
import { findKnown, isAmong } from './find-known.ts'
import { hostOf } from './find-links.ts'
import type { IdentityKind, IdentitySpan } from './identity-span.ts'
import { plainText } from './plain-text.ts'
import { isSuspicious } from './quick-look.ts'
import { searchIdentities } from './search-identities.ts'

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
  const isWorthALook = isSuspicious(text)
  if (!isWorthALook && known.length === 0) return []
  const plain = plainText(text)
  const spans = isWorthALook
    ? searchIdentities(plain.text, {
        countries: options.countries,
        known,
        strict: options.strict ?? false,
        lookUps: options.lookUps ?? 200,
      })
    : findKnown(plain.text, digitRuns(plain.text), known)
  const allow = options.allow ?? []
  const kept = spans.filter((span) => span.kind === 'known' || !isAllowed(span, allow))
  return apart(kept).map(({ from, to, kind, value }) => {
    const start = plain.from(from)
    const end = plain.to(to)
    return { from: start, to: end, kind, text: text.slice(start, end), value }
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
