import { type InteractionId, newId, type PersonId, type SpanId, type TicketId } from '@parley/model'
import { letNewcomerSee } from '@parley/rules'
import { endVirtualPart, recordEvent, writeRights } from '../conversations/index.ts'
import type { Say, Turn } from '../road/index.ts'
import type { LockedOffer } from './find-offer.ts'
import { giveHistory, joinExchange } from './join-exchange.ts'
import { nextLook } from './look-at-places.ts'
import { readHunt, writeHunt } from './read-hunt.ts'
import { tellStory } from './tell-story.ts'
import { withdrawOthers } from './withdraw-offers.ts'

/** A candidate becomes a participant: a place beside the visitor, what was said before as the site allows, and the address of their offer for good. */
export async function letIn(
  turn: Turn,
  say: Omit<Say, 'to'>,
  offer: LockedOffer,
  last: boolean,
): Promise<InteractionId> {
  const { tx, now, structure } = turn
  const { account, conversation } = structure
  const joined = await joinExchange(turn, offer.ticket_id, offer.person_id, say.via)
  await tx
    .updateTable('offer')
    .set({ state: 'admitted', kept: '[]', updated_at: now })
    .where('account_id', '=', account)
    .where('offer_id', '=', offer.offer_id)
    .execute()
  // The address that the question came from becomes the address of the place: a reply to the very first mail goes on working.
  await tx
    .updateTable('relay_address')
    .set({ participant_id: joined.participant })
    .where('account_id', '=', account)
    .where('offer_id', '=', offer.offer_id)
    .execute()
  await foundSomebody(turn, offer.ticket_id, last)
  await recordEvent(
    tx,
    {
      account,
      conversation,
      ticket: offer.ticket_id,
      interaction: joined.interaction,
      person: offer.person_id,
      kind: 'admitted',
    },
    now,
  )
  // Nothing scripted is said once a person has answered (B3): decided here, under the lock under which the concierge speaks.
  await endVirtualPart(turn, offer.ticket_id, 'answered')
  await giveHistory(turn, offer.ticket_id, offer.person_id)
  await turn.restructure()
  await letSeeNewcomer(turn, joined.interaction, offer.person_id)
  turn.changed.push({ person: offer.person_id, what: 'offers' })
  if (last) await withdrawOthers(turn, offer.ticket_id, offer.offer_id)
  const place = turn.structure.participants.find(({ id }) => id === joined.participant)
  if (place) await tellStory(turn, offer.ticket_id, place)
  return joined.interaction
}

/** Where those who answer are let see each other, so is who comes. */
export async function letSeeNewcomer(turn: Turn, interaction: InteractionId, person: PersonId): Promise<void> {
  const { tx, now, structure } = turn
  const given = letNewcomerSee(structure, { interaction, person }, () => newId<SpanId>())
  if (given.length === 0) return
  await writeRights({ tx, account: structure.account, now }, given)
  await turn.restructure()
}

/** One more has a place. Whoever waited is served, so nobody else is looked for where anybody may answer; and who has a place is to answer. */
async function foundSomebody(turn: Turn, ticket: TicketId, last: boolean): Promise<void> {
  const hunt = await readHunt(turn, ticket)
  const isServed = last || turn.structure.tickets.find(({ id }) => id === ticket)?.admission.kind === 'any'
  await writeHunt(turn, ticket, {
    admitted: hunt.admitted + 1,
    hunt: last ? 'found' : 'looking',
    hunt_until: null,
    places_at: hunt.places_at ?? nextLook(turn),
    ...(isServed ? { ask_at: null, waits_until: null } : {}),
    ...(last ? { expire_at: null, news_at: null } : {}),
  })
}
