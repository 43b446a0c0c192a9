import { createHmac } from 'node:crypto'
import type { InteractionId, PersonId } from '@parley/model'
import { type Range, viewNumber } from '@parley/rules'
import type { Structure } from '../road/index.ts'

/**
 * Names how somebody's numbers run in an interaction: another name as soon as what they may read is another, or some of it was erased. The
 * key is the id of the right that they had there first: random, never shown to its holder, and the same for every process. So the name
 * tells nothing of the positions that it is made of, and everybody has one, so that having one tells nothing either.
 */
export function numberingOf(
  structure: Pick<Structure, 'rights' | 'interactions'>,
  person: PersonId,
  interaction: InteractionId,
  ranges: readonly Range[],
): string {
  const first = structure.rights.find((right) => right.person === person && right.interaction === interaction)
  if (!first) throw new Error('who may read something has a right to it')
  const runs = ranges.map(({ from, to }) => `${from}-${to ?? ''}`).join()
  // Of what they may not read it is not told that it was erased.
  const emptied = structure.interactions.get(interaction)?.emptied.filter((at) => viewNumber(ranges, at) !== null) ?? []
  return createHmac('sha256', first.id).update(`${interaction} ${runs} ${emptied}`).digest('base64url').slice(0, 16)
}
