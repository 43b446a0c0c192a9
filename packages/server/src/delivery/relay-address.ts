import { createHash, randomBytes } from 'node:crypto'
import type { AccountId, ConversationId, Medium, OfferId, PersonId, RelayId, TicketId } from '@parley/model'
import { newId } from '@parley/model'
import type { Writer } from '../db/index.ts'
import type { ParticipantPlace, Structure } from '../road/index.ts'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** 130 random bits in lower-case base32: some mail systems fold case. */
export function newRelayToken(): string {
  return Array.from(randomBytes(26), (byte) => alphabet[byte & 31]).join('')
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** The address that stands for this participant's place: made when it is first needed. */
export async function relayForParticipant(
  tx: Writer,
  structure: Structure,
  participant: ParticipantPlace,
  now: Date,
): Promise<RelayId> {
  const found = await tx
    .selectFrom('relay_address')
    .select('relay_id')
    .where('account_id', '=', structure.account)
    .where('participant_id', '=', participant.id)
    .where('state', '=', 'active')
    .executeTakeFirst()
  if (found) return found.relay_id
  const ticket = structure.interactions.get(participant.interaction)?.ticket
  if (!ticket) throw new Error('a participant without an interaction')
  return makeRelay(tx, {
    account: structure.account,
    medium: participant.medium,
    person: participant.person,
    conversation: structure.conversation,
    ticket,
    place: { participant: participant.id },
    now,
  })
}

export async function makeRelay(
  tx: Writer,
  relay: {
    account: AccountId
    medium: Medium
    person: PersonId
    conversation: ConversationId
    ticket: TicketId
    place: { participant: ParticipantPlace['id'] } | { offer: OfferId }
    now: Date
  },
): Promise<RelayId> {
  const token = newRelayToken()
  const id = newId<RelayId>()
  await tx
    .insertInto('relay_address')
    .values({
      account_id: relay.account,
      relay_id: id,
      token,
      token_hash: hashToken(token),
      medium: relay.medium,
      person_id: relay.person,
      conversation_id: relay.conversation,
      ticket_id: relay.ticket,
      participant_id: 'participant' in relay.place ? relay.place.participant : null,
      offer_id: 'offer' in relay.place ? relay.place.offer : null,
      reach: 'one',
      state: 'active',
      created_at: relay.now,
    })
    .execute()
  return id
}
