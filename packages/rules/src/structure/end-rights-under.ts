import type { Change } from './changes.ts'
import { lastOf, type Shape } from './shape.ts'

/** Open rights that hang on a team that was let in, or on letting each other see, end where it stands: of everyone, or of one person. */
export function endRightsUnder(shape: Shape, under: string, person?: string): Change[] {
  return shape.rights
    .filter((right) => right.under === under && right.to === null && (person === undefined || right.person === person))
    .map((right) => ({ kind: 'end', right: right.id, was: null, is: lastOf(shape, right.interaction) }))
}
