import type { Range } from '../point-of-view.ts'

/** The part of these ranges that lies within another; a `to` of null goes on. */
export function within(ranges: readonly Range[], wanted: Range): Range[] {
  return ranges.flatMap((range) => {
    const from = Math.max(range.from, wanted.from)
    const to = Math.min(endOf(range), endOf(wanted))
    return from <= to ? [{ from, to: to === Number.POSITIVE_INFINITY ? null : to }] : []
  })
}

export const endOf = (range: Range): number => range.to ?? Number.POSITIVE_INFINITY
