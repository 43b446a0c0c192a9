import type { AccountId, ConversationId, InteractionId, MessageId, OfferId, PersonId, TicketId } from '@parley/model'
import { newId } from '@parley/model'
import { admit, type NotAdmittedBecause, type OfferState } from '@parley/rules'
import { addParticipant, openInteraction, recordEvent } from '../conversations/index.ts'
import type { Writer } from '../db/index.ts'
import type { Road, Say, Structure, Turn } from '../road/index.ts'
import { giveHistory, joinExchange } from './join-exchange.ts'
import { tellCandidate, withdrawOthers } from './withdraw-offers.ts'

export interface OfferAnswer {
  readonly account: AccountId
  readonly offer: OfferId
  /** What is said, all but where: that is decided here. */
  readonly say: Omit<Say, 'to'>
}

export type OfferAnswered =
  | { outcome: 'admitted'; conversation: ConversationId; interaction: InteractionId; message: MessageId }
  | { outcome: 'not-admitted'; because: NotAdmittedBecause; message: MessageId | null }
  | { outcome: 'not-there' }
  | { outcome: 'repeated' }

export interface OfferRow {
  readonly offer_id: OfferId
  readonly ticket_id: TicketId
  readonly conversation_id: ConversationId
  readonly person_id: PersonId
  readonly state: OfferState
  readonly created_at: Date
}

/**
 * A candidate has answered. Whether that gives a place is decided in the transaction that stores the answer, under the conversation's
 * lock: with N places and a hundred answers at once exactly N are admitted, and each of the others is told (A10).
 */
export async function answerOffer(road: Road, answer: OfferAnswer, find: FindOffer): Promise<OfferAnswered> {
  const known = await find(answer.account, answer.offer)
  if (!known || known.person_id !== answer.say.person) return { outcome: 'not-there' }
  const answered = await road.inConversation(answer.account, known.conversation_id, async (turn) => {
    const taken = await turn.tx
      .selectFrom('message')
      .select('message_id')
      .where('account_id', '=', answer.account)
      .where('key', '=', answer.say.key)
      .executeTakeFirst()
    if (taken) return { outcome: 'repeated' } as const
    return decide(turn, answer)
  })
  return answered ?? { outcome: 'not-there' }
}

export type FindOffer = (account: AccountId, offer: OfferId) => Promise<OfferRow | null>

async function decide(turn: Turn, answer: OfferAnswer): Promise<OfferAnswered> {
  const { structure, tx, now } = turn
  const offer = await lockOffer(tx, answer)
  const ticket = structure.tickets.find(({ id }) => id === offer.ticket_id)
  if (!ticket) throw new Error('an offer without its ticket')
  const place = structure.participants.find(
    (own) => own.person === offer.person_id && !own.left && inTicket(structure, own.interaction, offer.ticket_id),
  )
  const verdict = admit(ticket.admission, {
    admitted: ticket.admitted,
    alreadyAdmitted: place !== undefined,
    offerState: offer.state,
    ticketState: ticket.state === 'closed' || structure.state === 'closed' ? 'closed' : 'open',
    offeredAt: offer.created_at,
    now,
    verdict: 'message',
  })
  if (!verdict.admitted) {
    const message = verdict.keep ? await keepLate(turn, answer, offer) : null
    await tellCandidate(turn, offer, answer.say.via, verdict.because)
    return { outcome: 'not-admitted', because: verdict.because, message }
  }
  const interaction = place?.interaction ?? (await letIn(turn, answer, offer, verdict.last))
  const said = await turn.say({ ...answer.say, to: { conversation: structure.conversation, interaction } })
  if (!said.ok) throw new Error(`an admitted answer was refused: ${said.refusal}`)
  return { outcome: 'admitted', conversation: structure.conversation, interaction, message: said.decided.id }
}

async function letIn(turn: Turn, answer: OfferAnswer, offer: OfferRow, last: boolean): Promise<InteractionId> {
  const { tx, now, structure } = turn
  const { account, conversation } = structure
  const joined = await joinExchange(turn, offer.ticket_id, offer.person_id, answer.say.via)
  await tx
    .updateTable('offer')
    .set({ state: 'admitted', updated_at: now })
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
  await tx
    .updateTable('ticket')
    .set((eb) => ({ admitted: eb('admitted', '+', 1), ...(last ? { hunt: 'found' as const } : {}) }))
    .where('account_id', '=', account)
    .where('ticket_id', '=', offer.ticket_id)
    .execute()
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
  await giveHistory(turn, offer.ticket_id, offer.person_id)
  await turn.restructure()
  turn.changed.push({ person: offer.person_id, what: 'offers' })
  if (last) await withdrawOthers(turn, offer.ticket_id, offer.offer_id)
  return joined.interaction
}

/** A late answer is kept: its author can read it again, and so can supervisors; the visitor does not see it. */
async function keepLate(turn: Turn, answer: OfferAnswer, offer: OfferRow): Promise<MessageId | null> {
  const { tx, now, structure } = turn
  const { account, conversation } = structure
  const intake = structure.tickets.find(({ id }) => id === offer.ticket_id)?.intake ?? null
  const interaction = newId<InteractionId>()
  await openInteraction(
    tx,
    { account, conversation, ticket: offer.ticket_id, id: interaction, kind: 'backchannel', parent: intake },
    now,
  )
  await addParticipant(
    tx,
    {
      account,
      conversation,
      interaction,
      person: offer.person_id,
      role: 'responder',
      alias: '',
      colour: 0,
      medium: answer.say.via.medium,
      address: answer.say.via.address,
      from: 1,
    },
    now,
  )
  await turn.restructure()
  const said = await turn.say({ ...answer.say, to: { conversation, interaction } })
  if (offer.state === 'open' || offer.state === 'withdrawn') {
    await tx
      .updateTable('offer')
      .set({ state: 'late', updated_at: now })
      .where('account_id', '=', account)
      .where('offer_id', '=', offer.offer_id)
      .execute()
  }
  await tx
    .updateTable('interaction')
    .set({ state: 'closed', ends_at: now })
    .where('account_id', '=', account)
    .where('interaction_id', '=', interaction)
    .execute()
  await turn.restructure()
  turn.changed.push({ person: offer.person_id, what: 'offers' })
  return said.ok ? said.decided.id : null
}

function inTicket(structure: Structure, interaction: InteractionId, ticket: TicketId): boolean {
  const found = structure.interactions.get(interaction)
  return found?.kind === 'exchange' && found.ticket === ticket
}

async function lockOffer(tx: Writer, answer: OfferAnswer): Promise<OfferRow> {
  return tx
    .selectFrom('offer')
    .select(['offer_id', 'ticket_id', 'conversation_id', 'person_id', 'state', 'created_at'])
    .where('account_id', '=', answer.account)
    .where('offer_id', '=', answer.offer)
    .forUpdate()
    .executeTakeFirstOrThrow()
}
