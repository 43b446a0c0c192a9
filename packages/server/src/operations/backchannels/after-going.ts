import type { PersonId } from '@parley/model'
import { type Change, exchangesThatEnd } from '@parley/rules'
import { goOnWithout } from '../../hunting/index.ts'
import type { ParticipantPlace, Structure, Turn } from '../../road/index.ts'
import { tellVisitor } from '../moving/tell-visitor.ts'

/** What ends with somebody's part: the exchange in which they alone answered, where each has one of their own and nobody else answers. */
export function endsWith(structure: Structure, place: ParticipantPlace): Change[] {
  if (place.role !== 'responder' || structure.state === 'closed') return []
  const { circle } = structure.policy
  return exchangesThatEnd(structure, [place], circle).map((id) => ({
    ...{ kind: 'state', of: { interaction: id }, was: 'open', is: 'closed' },
  }))
}

/** Who asks is not left alone: the next are found where nobody is left who answers, and whoever has no window before them is told. */
export async function afterGoing(turn: Turn, place: ParticipantPlace, by: PersonId): Promise<void> {
  const ticket = turn.structure.interactions.get(place.interaction)?.ticket
  if (ticket && (await goOnWithout(turn, place, by))) await tellVisitor(turn, ticket)
}
