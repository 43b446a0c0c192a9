import type { Change } from './changes.ts'
import { lastOf, type Shape } from './shape.ts'

/** Open rights that hang on a team that was let in, or on letting each other see, end where it stands: of everyone, or of one person; everywhere, or in one interaction; whoever gave them, or one. */
export function endRightsUnder(
  shape: Shape,
  under: string,
  of: { readonly person?: string; readonly interaction?: string; readonly by?: string } = {},
): Change[] {
  const { person, interaction, by } = of
  return shape.rights
    .filter((right) => right.under === under && right.to === null)
    .filter((right) => (person ?? right.person) === right.person)
    .filter((right) => (interaction ?? right.interaction) === right.interaction)
    .filter((right) => (by ?? right.by) === right.by)
    .map((right) => ({ kind: 'end', right: right.id, was: null, is: lastOf(shape, right.interaction) }))
}
