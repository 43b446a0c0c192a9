import type { Line } from './lines.ts'
import { endsWithWrote, wroteWord } from './mail-words.ts'

/** What we know without reading the text: addresses at these domains are ours, so a paragraph naming one was not typed. */
export type RelayPattern = RegExp | undefined

const MOST_ADDRESSES = 20

/** Matches any address at one of our relay domains (or below it), and the addresses that this very mail was written to. */
export function relayPattern(ownDomains: string[], writtenTo: string[] = []): RelayPattern {
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const patterns = [
    ...ownDomains
      .filter((domain) => domain !== '')
      .map((domain) => `@(?:[a-z0-9-]+\\.)*${escaped(domain)}(?![a-z0-9-])`),
    ...writtenTo.slice(0, MOST_ADDRESSES).map((address) => `(?<![a-z0-9._+-])${escaped(address)}(?![a-z0-9-])`),
  ]
  return patterns.length === 0 ? undefined : new RegExp(patterns.join('|'), 'i')
}

const MOST_LINES = 4
const LONGEST = 500
const ADDRESS = /[^\s<>[\]()"'@]{1,64}@[^\s<>[\]()"'@]{1,190}/
const WRAPPED_ADDRESS = /[<[(]\s?(?:mailto:)?[^\s<>[\]()"@]{1,64}@[^\s<>[\]()"@]{1,190}/
const DATE = /(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}(?!\d)|[年月日년월일]/u
const TIME = /(?<!\d)\d{1,2}\s?[:.h時点時시]\s?\d{2}(?!\d)/u
const ENDS = /[:：]\s*(?:-{2,}\s*)?$/

/**
 * An attribution ("On 4 March 2025 Ana <…> wrote:") that ends at line `last` and begins at the line returned.
 * It may be wrapped over several lines, so the shortest group that reads as one is taken, from below.
 */
export function attributionEndingAt(
  lines: Line[],
  last: number,
  earliest: number,
  relay: RelayPattern,
): { first: number; isCertain: boolean } | undefined {
  const end = lines[last]
  if (!end || end.isBlank) return undefined
  const isBeforeQuote = nextContentDepth(lines, last) > end.depth
  if (!ENDS.test(end.text) && !endsWithWrote.test(end.text)) return undefined
  let joined = ''
  let likely: number | undefined
  for (let first = last; first >= Math.max(earliest, last - MOST_LINES + 1); first--) {
    const line = lines[first]
    if (!line || line.isBlank || line.depth !== end.depth) break
    joined = joined === '' ? line.text : `${line.text} ${joined}`
    if (joined.length > LONGEST) break
    const reading = judge(joined, isBeforeQuote, relay)
    if (reading === 'certain') return { first: beginOf(lines, first, earliest), isCertain: true }
    if (reading === 'likely') likely = first
  }
  return likely === undefined ? undefined : { first: likely, isCertain: false }
}

/** An address in brackets begins no line by itself: the name before it was wrapped away onto the line above. */
function beginOf(lines: Line[], first: number, earliest: number): number {
  const above = lines[first - 1]
  const isCutOff = /^[<(]/.test(lines[first]?.text ?? '') && first > earliest && above && !above.isBlank
  return isCutOff && above.depth === lines[first]?.depth && !/[.!?]$/.test(above.text) ? first - 1 : first
}

function judge(text: string, isBeforeQuote: boolean, relay: RelayPattern): 'certain' | 'likely' | 'no' {
  const hasDate = DATE.test(text)
  const hasTime = TIME.test(text)
  const isDated = hasDate || hasTime
  const hasWrote = wroteWord.test(text)
  if (isDated && relay?.test(text)) return 'certain'
  if (isBeforeQuote) {
    if (isDated && (hasWrote || ADDRESS.test(text))) return 'certain'
    if (isDated && hasDate && hasTime) return 'certain'
    if (hasWrote && (ADDRESS.test(text) || /^\S+(?: \S+){0,4}$/.test(text))) return 'likely'
    return 'no'
  }
  // Nothing below is marked as quoted: only a form that nobody types by hand may cut what follows.
  if (isDated && hasWrote && (ADDRESS.test(text) || (hasDate && hasTime))) return 'certain'
  if (hasDate && hasTime && WRAPPED_ADDRESS.test(text) && /[>\])]\s*[:：]$/.test(text)) return 'certain'
  return 'no'
}

/** Depth of the next line that says something, looking over a few blank ones. */
export function nextContentDepth(lines: Line[], after: number): number {
  for (let at = after + 1; at < Math.min(lines.length, after + 4); at++) {
    const line = lines[at]
    if (line && (!line.isBlank || line.depth > 0)) return line.depth
  }
  return 0
}
