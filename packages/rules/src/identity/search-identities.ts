import { type DigitRun, digitRuns } from './digit-runs.ts'
import { findCards } from './find-cards.ts'
import { findEmails } from './find-emails.ts'
import { findHandles } from './find-handles.ts'
import { findIbans } from './find-ibans.ts'
import { findIds, withoutIds } from './find-ids.ts'
import { findIps } from './find-ips.ts'
import { findKnown } from './find-known.ts'
import { findLinks } from './find-links.ts'
import { findPhones } from './find-phones.ts'
import { findSpelledNumbers } from './find-spelled-numbers.ts'
import type { IdentitySpan } from './identity-span.ts'

/** Searches a plain text for every kind. Where findings overlap the earlier in the list is the better one. */
export function searchIdentities(
  text: string,
  options: {
    readonly countries: readonly string[]
    readonly known: readonly string[]
    readonly strict: boolean
    readonly lookUps: number
  },
): IdentitySpan[] {
  const { strict } = options
  const hasDigits = /\d/.test(text)
  const all = hasDigits ? digitRuns(text) : []
  const runs = withoutIds(all, hasDigits ? findIds(text) : [])
  const links = findLinks(text)
  const ibans = hasDigits ? findIbans(text) : []
  const cards = findCards(text, runs)
  const ips = hasDigits || text.includes('::') ? findIps(text) : []
  // What is already something else is not looked at as a telephone number, nor, but strictly, the number of a product in its link.
  const others = [...ibans, ...cards, ...ips, ...(strict ? [] : links)]
  return [
    ...findKnown(text, all, options.known),
    ...(strict ? links : links.filter((link) => link.isPersonal)),
    ...findEmails(text),
    ...ibans,
    ...cards,
    ...ips,
    ...findPhones(text, outside(runs, others), options),
    ...findSpelledNumbers(text),
    ...findHandles(text, strict ? 'all' : 'announced'),
  ]
}

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
