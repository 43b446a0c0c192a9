import type { InteractionId, MessageId, TicketId } from '@parley/model'
import { newId } from '@parley/model'
import { isNextSealed } from '@parley/rules'
import { addParticipant, openInteraction } from '../conversations/index.ts'
import type { Say, Turn } from '../road/index.ts'
import type { OfferRow } from './find-offer.ts'

/** A late answer is kept: its author can read it again, and so can supervisors; the visitor does not see it. */
export async function keepLate(turn: Turn, say: Omit<Say, 'to'>, offer: OfferRow): Promise<MessageId | null> {
  const { tx, now, structure } = turn
  const message = await keepAside(turn, say, offer.ticket_id)
  if (offer.state === 'open' || offer.state === 'waiting' || offer.state === 'withdrawn') {
    await tx
      .updateTable('offer')
      .set({ state: 'late', kept: '[]', updated_at: now })
      .where('account_id', '=', structure.account)
      .where('offer_id', '=', offer.offer_id)
      .execute()
  }
  turn.changed.push({ person: offer.person_id, what: 'offers' })
  return message
}

/** What somebody says whose part in a ticket has ended stands by itself, in an interaction with nobody else in it. */
export async function keepAside(turn: Turn, say: Omit<Say, 'to'>, ticket: TicketId): Promise<MessageId | null> {
  const { tx, now, structure } = turn
  const { account, conversation } = structure
  const intake = structure.tickets.find(({ id }) => id === ticket)?.intake ?? null
  const interaction = newId<InteractionId>()
  await openInteraction(
    tx,
    { account, conversation, ticket, id: interaction, kind: 'backchannel', parent: intake },
    now,
  )
  await addParticipant(
    tx,
    {
      account,
      conversation,
      interaction,
      person: say.person,
      role: 'responder',
      alias: '',
      colour: 0,
      medium: say.via.medium,
      address: say.via.address,
      from: 1,
    },
    now,
  )
  await turn.restructure()
  const isSealed = isNextSealed(structure, ticket)
  const said = await turn.say({
    ...say,
    ...(isSealed ? { encryption: 'sealed' as const } : {}),
    to: { conversation, interaction, late: true },
  })
  await tx
    .updateTable('interaction')
    .set({ state: 'closed', ends_at: now })
    .where('account_id', '=', account)
    .where('interaction_id', '=', interaction)
    .execute()
  await turn.restructure()
  return said.ok ? said.decided.id : null
}
