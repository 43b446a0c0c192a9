import type { InteractionId, PersonId, TicketId } from '@parley/model'
import { slotsOf } from '@parley/rules'
import { recordEvent } from '../conversations/index.ts'
import type { ParticipantPlace, Turn } from '../road/index.ts'
import { tellMovedOn } from './end-part.ts'
import { letSeeNewcomer } from './let-in.ts'
import { nextLook } from './look-at-places.ts'
import { readHunt, writeHunt } from './read-hunt.ts'
import { settleIfFull } from './settle-waiting.ts'
import { withdrawOthers } from './withdraw-offers.ts'

/**
 * Somebody has a ticket at once, by hand: their place and rights are written already. Those who had it are told, nobody is looked for any
 * more where no place is left, and the reason is kept.
 */
export async function takeOver(
  turn: Turn,
  taken: {
    readonly ticket: TicketId
    readonly from: readonly ParticipantPlace[]
    readonly person: PersonId
    readonly interaction: InteractionId
    readonly by: PersonId
  },
): Promise<void> {
  const { tx, now, structure } = turn
  const { account, conversation } = structure
  const { ticket, from, person, interaction, by } = taken
  for (const place of from) await tellMovedOn(turn, place, 'by-hand')
  const hunt = await readHunt(turn, ticket)
  const admission = structure.tickets.find(({ id }) => id === ticket)?.admission
  if (!admission) throw new Error('a ticket that is not in its conversation')
  const left = from.filter(({ role }) => role === 'responder').length
  const admitted = Math.max(0, hunt.admitted - left) + 1
  const isFull = admitted >= slotsOf(admission)
  await writeHunt(turn, ticket, {
    admitted,
    moves: hunt.moves + 1,
    hunt: isFull || hunt.hunt === 'not-begun' ? 'found' : hunt.hunt,
    hunt_until: null,
    ask_at: null,
    waits_until: null,
    places_at: nextLook(turn),
    ...(isFull ? { expire_at: null, news_at: null } : {}),
  })
  const about = { account, conversation, ticket }
  const facts = {
    reason: 'by-hand',
    from: from.map((place) => ({ person: place.person, role: place.role })),
    to: person,
  }
  await recordEvent(tx, { ...about, person: by, kind: 'moved', facts }, now)
  await recordEvent(tx, { ...about, interaction, person, kind: 'admitted' }, now)
  await turn.restructure()
  await letSeeNewcomer(turn, interaction, person)
  if (isFull) {
    await withdrawOthers(turn, ticket, null)
    await settleIfFull(turn, ticket)
  }
}
