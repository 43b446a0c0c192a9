import type { AddressId, InteractionId, Medium, ParticipantId, PersonId, SpanId, TicketId } from '@parley/model'
import { newId } from '@parley/model'
import { askersOf, houseFace, isNextSealed, isOver } from '@parley/rules'
import { addParticipant, openInteraction } from '../conversations/index.ts'
import { lastPosition, type ParticipantPlace, type Structure, type Turn } from '../road/index.ts'
import { faceAndColour } from './face-and-colour.ts'

/** Give a responder a place beside the visitor: in an exchange of their own, or in the one that all share, as the site says. */
export async function joinExchange(
  turn: Turn,
  ticket: TicketId,
  person: PersonId,
  via: { medium: Medium; address: AddressId | null },
): Promise<{ interaction: InteractionId; participant: ParticipantId }> {
  const { tx, now, structure } = turn
  const { account, conversation, policy } = structure
  const shared =
    policy.circle === 'shared'
      ? [...structure.interactions.values()].find(
          (i) => i.kind === 'exchange' && i.ticket === ticket && i.state === 'open',
        )
      : undefined
  const interaction = shared?.id ?? newId<InteractionId>()
  if (!shared) {
    const intake = structure.tickets.find(({ id }) => id === ticket)?.intake ?? null
    const exchange = { account, conversation, ticket, id: interaction, kind: 'exchange', parent: intake } as const
    await openInteraction(tx, { ...exchange, isSealed: isNextSealed(structure, ticket) }, now)
    const askers = intake ? askersOf(structure, { ticket, intake }) : [structure.visitor]
    for (const asker of askers) {
      const own = structure.participants.findLast((each) => each.person === asker && each.role === 'initiator')
      const { alias = '', medium = 'web', address = null, face = null } = own ?? {}
      const place = { account, conversation, interaction, person: asker as PersonId, from: 1 }
      await addParticipant(tx, { ...place, role: 'initiator', alias, colour: 0, medium, address, face }, now)
    }
  }
  // In a shared exchange the newcomer sees what the site's policy gives; a new one begins here anyway.
  const from = policy.history === 'all' ? 1 : lastPosition(structure, interaction) + 1
  const before = structure.participants.find((own) => own.person === person && own.interaction === interaction)
  if (before) return { interaction, participant: await comeBack(turn, before, via, from) }
  const participant = await addParticipant(
    tx,
    {
      account,
      conversation,
      interaction,
      person,
      role: 'responder',
      ...(await faceAndColour(tx, structure, person)),
      medium: via.medium,
      address: via.address,
      face: policy.face === 'named' ? null : houseFace,
      from,
    },
    now,
  )
  return { interaction, participant }
}

/** Somebody who had left takes their place again. */
async function comeBack(
  turn: Turn,
  { id, interaction, person, role }: ParticipantPlace,
  via: { medium: Medium; address: AddressId | null },
  from: number,
): Promise<ParticipantId> {
  const { tx, now, structure } = turn
  await tx
    .updateTable('participant')
    .set({
      ...{ left_at: null, left_because: null, medium: via.medium, address_id: via.address },
      // Who only watched answers from now on, from behind what all answer from.
      ...(role === 'responder'
        ? {}
        : { role: 'responder', face: structure.policy.face === 'named' ? null : houseFace }),
    })
    .where('account_id', '=', structure.account)
    .where('participant_id', '=', id)
    .execute()
  await tx
    .insertInto('span')
    .values({ ...spanOf(structure, interaction, person, from), basis: 'member', created_at: now })
    .execute()
  return id
}

/**
 * What was said on the ticket so far, where the site's policy gives it: with the visitor alone, and with those from whom the conversation
 * has moved on. Spans that end where it stands now.
 */
export async function giveHistory(turn: Turn, ticket: TicketId, person: PersonId): Promise<void> {
  const { tx, now, structure } = turn
  if (structure.policy.history === 'none') return
  for (const one of structure.interactions.values()) {
    const { id } = one
    const last = lastPosition(structure, id)
    if (one.ticket !== ticket || !isOver(one) || last === 0) continue
    await tx
      .insertInto('span')
      .values({ ...spanOf(structure, id, person, 1), to_position: last, basis: 'rule', created_at: now })
      .execute()
  }
}

function spanOf(structure: Structure, interaction: InteractionId, person: PersonId, from: number) {
  return {
    account_id: structure.account,
    span_id: newId<SpanId>(),
    conversation_id: structure.conversation,
    interaction_id: interaction,
    person_id: person,
    from_position: from,
    to_position: null,
    given_by: null,
  }
}
