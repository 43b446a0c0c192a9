import type { AddressId, InteractionId, Medium, MessageId } from '@parley/model'
import { sql } from 'kysely'
import { enqueue, isNewTo, type Relay, relayForParticipant } from '../delivery/index.ts'
import { identityChanged } from '../people/index.ts'
import type { ParticipantPlace, Turn } from '../road/index.ts'
import type { ReceiveParts } from './receive.ts'

/**
 * An answer to what went to this address alone: whoever wrote it reads there. The address is theirs from now on, and what was said to them
 * in this conversation meanwhile goes there, in order and in the same transaction.
 */
export async function proveByAnswer(
  { road }: Pick<ReceiveParts, 'road'>,
  relay: Relay,
  own: { medium: Medium; address: AddressId },
): Promise<void> {
  await road.inConversation(relay.account, relay.conversation, async (turn) => {
    const { tx, now } = turn
    const proven = await tx
      .updateTable('address')
      .set({ state: 'proven', proven_at: now })
      .where('account_id', '=', relay.account)
      .where('address_id', '=', own.address)
      .where('state', '=', 'unproven')
      .executeTakeFirst()
    if (proven.numUpdatedRows === 0n) return
    await tx
      .updateTable('participant')
      .set({ address_id: own.address })
      .where('account_id', '=', relay.account)
      .where('conversation_id', '=', relay.conversation)
      .where('person_id', '=', relay.person)
      .where('medium', '=', own.medium)
      .where('address_id', 'is', null)
      .execute()
    await identityChanged(tx, relay.account, relay.person)
    await turn.restructure()
    const places = turn.structure.participants.filter((place) => place.person === relay.person && !place.left)
    for (const place of places) if (place.address === own.address) await sendUnsent(turn, place, own)
  })
}

async function sendUnsent(
  turn: Turn,
  place: ParticipantPlace,
  { medium, address }: { medium: Medium; address: AddressId },
): Promise<void> {
  const { tx, now, structure } = turn
  const { account, conversation } = structure
  const { rows } = await sql<{ message: MessageId; interaction: InteractionId }>`
    select m.message_id as message, l.interaction_id as interaction from placement l
    join message m on m.account_id = l.account_id and m.message_id = l.message_id and m.person_id <> ${place.person}
    where l.account_id = ${account} and l.interaction_id = ${place.interaction}
      and exists (select from span s where s.account_id = l.account_id and s.person_id = ${place.person}
        and s.interaction_id = l.interaction_id and l.position between s.from_position and s.until)
      and ${isNewTo(sql`${place.person}::uuid`)}
      and not exists (select from delivery d where d.account_id = m.account_id and d.message_id = m.message_id
        and d.person_id = ${place.person})
    order by l.position limit ${mostUnsent}`.execute(tx)
  if (rows.length === 0) return
  const relay = await relayForParticipant(tx, structure, place, now)
  await enqueue(
    tx,
    rows.map(({ message, interaction }) => ({
      account,
      owner: place.id,
      person: place.person,
      address,
      medium,
      conversation,
      interaction,
      participant: place.id,
      what: { kind: 'message', message } as const,
      relay,
    })),
    now,
  )
}

const mostUnsent = 200
