/** Why someone may read: a place in the circle, given by someone, watching by right, or following from a site's rule. */
export type SpanBasis = 'member' | 'grant' | 'observer' | 'rule'

/** A right to part of an interaction. Positions are dense, 1..n; `to` is inclusive, `null` means that it goes on. */
export type Span = {
  readonly interaction: string
  readonly from: number
  readonly to: number | null
  readonly basis: SpanBasis
}

/** Positions that may be read; `to` is inclusive, `null` means all that is still to come. */
export type Range = { readonly from: number; readonly to: number | null }

/**
 * What the holder of these spans may read of an interaction: exactly the union of the spans, as sorted, disjoint ranges that do
 * not touch. The basis makes no difference. A span that ends before it begins gives nothing; so does one that is not a number.
 */
export function mayRead(spans: readonly Span[], interaction: string): Range[] {
  const ranges: Range[] = []
  for (const span of spans) {
    if (span.interaction !== interaction) continue
    const from = Math.max(span.from, 1)
    if (from <= end(span)) ranges.push({ from, to: span.to })
  }
  return ranges.length < 2 ? ranges : merge(ranges)
}

/** Whether one position may be read. The same decision as `mayRead`, without building the ranges. */
export function maySee(spans: readonly Span[], interaction: string, position: number): boolean {
  if (!(position >= 1)) return false
  for (const span of spans) {
    if (span.interaction === interaction && position >= span.from && position <= end(span)) return true
  }
  return false
}

/** The number under which the viewer knows a position: dense, 1..n in the viewer's own view. `null` when it is hidden. */
export function viewNumber(ranges: readonly Range[], position: number): number | null {
  let before = 0
  for (const range of ranges) {
    if (position < range.from) return null
    if (position <= end(range)) return before + position - range.from + 1
    before += end(range) - range.from + 1
  }
  return null
}

/** `viewNumber` of what the holder of these spans may read: the same, without building the ranges where one span decides. */
export function numberInView(spans: readonly Span[], interaction: string, position: number): number | null {
  let only: Span | undefined
  for (const span of spans) {
    if (span.interaction !== interaction) continue
    if (only) return viewNumber(mayRead(spans, interaction), position)
    only = span
  }
  const from = Math.max(only?.from ?? 1, 1)
  return only && position >= from && position <= end(only) ? position - from + 1 : null
}

/** The inverse of `viewNumber`: the position that the viewer knows by this number, or `null` when no range reaches so far. */
export function positionOf(ranges: readonly Range[], number: number): number | null {
  if (!(number >= 1)) return null
  let rest = number
  for (const range of ranges) {
    const size = end(range) - range.from + 1
    if (rest <= size) return range.from + rest - 1
    rest -= size
  }
  return null
}

/** What is still to read for a viewer whose client has everything up to and including this view number (0 = nothing). */
export function positionsAfter(ranges: readonly Range[], number: number): Range[] {
  const left: Range[] = []
  let skip = Math.max(number, 0)
  for (const range of ranges) {
    const size = end(range) - range.from + 1
    if (skip < size) left.push(skip === 0 ? range : { from: range.from + skip, to: range.to })
    skip = skip > size ? skip - size : 0
  }
  return left
}

/** How many positions the viewer may read when the interaction's last position is `last`: also the viewer's last number. */
export function viewLength(ranges: readonly Range[], last: number): number {
  let length = 0
  for (const range of ranges) {
    const to = Math.min(end(range), last)
    if (to >= range.from) length += to - range.from + 1
  }
  return length
}

/**
 * As many of these ranges as hold at least `count` positions, from the first on or from the last back: what a page can come from. One that
 * goes on without an end may hold none yet, so that from the last back it counts for nothing.
 */
export function nearest(ranges: readonly Range[], count: number, from: 'first' | 'last'): Range[] {
  const taken: Range[] = []
  let held = 0
  for (const range of from === 'first' ? ranges : ranges.toReversed()) {
    if (held >= count) break
    taken.push(range)
    held += range.to !== null ? range.to - range.from + 1 : from === 'first' ? count : 0
  }
  return from === 'first' ? taken : taken.reverse()
}

/**
 * Whether a change of someone's spans leaves every number that their clients hold as it is, the interaction's last position being
 * `last`. It does when spans are added or closed at the end. It does not when earlier history is granted or taken back: then
 * numbers move, and their clients must forget their cursor and read anew.
 */
export function keepsNumbers(before: readonly Range[], after: readonly Range[], last: number): boolean {
  const held = clip(before, last)
  const now = clip(after, last)
  return held.every((range, i) => {
    const other = now[i]
    if (!other || other.from !== range.from) return false
    return i === held.length - 1 ? other.to >= range.to : other.to === range.to
  })
}

function clip(ranges: readonly Range[], last: number): { from: number; to: number }[] {
  return ranges.flatMap(({ from, to }) => (from <= last ? [{ from, to: Math.min(to ?? last, last) }] : []))
}

function merge(ranges: Range[]): Range[] {
  ranges.sort((a, b) => a.from - b.from)
  const merged: Range[] = []
  let current = ranges[0]
  if (!current) return merged
  for (let i = 1; i < ranges.length; i++) {
    const next = ranges[i]
    if (!next) continue
    if (next.from > end(current) + 1) {
      merged.push(current)
      current = next
    } else if (end(next) > end(current)) {
      current = { from: current.from, to: next.to }
    }
  }
  merged.push(current)
  return merged
}

const end = (range: Range): number => range.to ?? Number.POSITIVE_INFINITY
