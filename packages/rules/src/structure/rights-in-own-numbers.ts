import { mayRead, type Range, viewNumber } from '../point-of-view.ts'
import type { Right, Shape } from './shape.ts'
import { type Who, watches } from './standing-at.ts'
import { endOf, within } from './within.ts'

/** A right as somebody may be shown it. */
export interface NumberedRight<R extends Right> {
  readonly right: R
  /** Of what they read there themselves, in their own numbers; `to` of null: and what is still to come. Null: it covers nothing of that. */
  readonly part: Range | null
}

/**
 * The rights in an interaction that give something, each in the numbers that `by` counts in: their own, as `grant` takes them. Who watches over the
 * account and reads nothing of it counts the whole.
 */
export function rightsInOwnNumbers<R extends Right>(
  shape: Shape & { readonly rights: readonly R[] },
  { interaction, by }: { interaction: string; by: Who },
): NumberedRight<R>[] {
  const own = mayRead(shape.spans.get(by.person) ?? [], interaction)
  const isWhole = own.length === 0 && watches(by)
  const rights: readonly R[] = shape.rights
  return rights
    .filter((right) => right.interaction === interaction && endOf(right) >= right.from)
    .map((right) => {
      const { from, to } = right
      return { right, part: isWhole ? { from, to } : partOf(own, { from, to }) }
    })
}

function partOf(own: readonly Range[], covered: Range): Range | null {
  const pieces = within(own, covered)
  const [first, last] = [pieces[0], pieces.at(-1)]
  const from = first && viewNumber(own, first.from)
  if (!from || !last) return null
  return { from, to: last.to === null ? null : viewNumber(own, last.to) }
}
