import type { Span } from '../point-of-view.ts'

/** A right without the positions that were withdrawn: mostly itself, else the pieces that are left. */
export function withoutWithdrawn<S extends Span>(span: S, withdrawn: readonly number[]): S[] {
  if (withdrawn.length === 0) return [span]
  const pieces: S[] = []
  let { from } = span
  const to = span.to ?? Number.POSITIVE_INFINITY
  for (const position of withdrawn.toSorted((a, b) => a - b)) {
    if (position < from || position > to) continue
    if (position > from) pieces.push({ ...span, from, to: position - 1 })
    from = position + 1
  }
  if (from <= to) pieces.push({ ...span, from })
  return pieces
}
