import type {
  AccountId,
  AddressId,
  Clock,
  ConversationId,
  InteractionId,
  Medium,
  MessageId,
  ParticipantId,
  PersonId,
} from '@parley/model'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'
import { enqueue, relayForParticipant } from '../delivery/index.ts'
import { loadStructures } from './structure.ts'

interface Unreached {
  account: AccountId
  conversation: ConversationId
  interaction: InteractionId
  participant: ParticipantId
  person: PersonId
  address: AddressId
  medium: Medium
  message: MessageId
}

const atOnce = 200

/**
 * Words that wait in a window which nobody has opened go over the person's next address instead (A12, A18): after a while, once, and in
 * order. The window stays the active medium until they answer from elsewhere, and has everything when it opens again.
 */
export async function reachClosedWindows(
  parts: { db: Database; clock: Clock; isConnected(person: PersonId): boolean },
  patienceMs: number,
): Promise<number> {
  const now = parts.clock.now()
  const { rows } = await sql<Unreached>`
    select p.account_id as account, p.conversation_id as conversation, p.interaction_id as interaction,
      p.participant_id as participant, p.person_id as person, a.address_id as address, a.medium, m.message_id as message
    from participant p
    join conversation c on c.account_id = p.account_id and c.conversation_id = p.conversation_id
    join lateral (select address_id, medium from address a where a.account_id = p.account_id and a.person_id = p.person_id
      and a.state = 'proven' and a.offers order by a.position limit 1) a on true
    join placement l on l.account_id = p.account_id and l.interaction_id = p.interaction_id and l.position > p.delivered
    join message m on m.account_id = l.account_id and m.message_id = l.message_id and m.person_id <> p.person_id
    where p.medium = 'web' and p.left_at is null
      and c.last_at > ${new Date(now.getTime() - 7 * 86_400_000)}
      and m.at <= ${new Date(now.getTime() - patienceMs)} and m.at > ${new Date(now.getTime() - 7 * 86_400_000)}
      and exists (select from span s where s.account_id = p.account_id and s.person_id = p.person_id
        and s.interaction_id = p.interaction_id and l.position >= s.from_position
        and (s.to_position is null or l.position <= s.to_position))
      and not exists (select from delivery d where d.account_id = m.account_id and d.message_id = m.message_id
        and d.person_id = p.person_id)
    order by p.account_id, p.conversation_id, m.at, m.message_id limit ${atOnce}`.execute(parts.db.workers)
  const waiting = rows.filter((row) => !parts.isConnected(row.person))
  for (const row of waiting) await reach(parts.db, row, now)
  return waiting.length
}

async function reach(db: Database, row: Unreached, now: Date): Promise<void> {
  await db.write(row.account, async (tx) => {
    // Under the conversation's lock, so that two processes that sweep at once send it once.
    await sql`select 1 from conversation where account_id = ${row.account} and conversation_id = ${row.conversation} for update`.execute(
      tx,
    )
    const sent = await tx
      .selectFrom('delivery')
      .select('delivery_id')
      .where('account_id', '=', row.account)
      .where('message_id', '=', row.message)
      .where('person_id', '=', row.person)
      .executeTakeFirst()
    const structure = (await loadStructures(tx, row.account, [row.conversation])).get(row.conversation)
    const participant = structure?.participants.find(({ id }) => id === row.participant)
    if (sent || !structure || !participant || participant.medium !== 'web') return
    await enqueue(
      tx,
      [
        {
          account: row.account,
          owner: row.participant,
          person: row.person,
          address: row.address,
          medium: row.medium,
          conversation: row.conversation,
          interaction: row.interaction,
          participant: row.participant,
          what: { kind: 'message', message: row.message },
          relay: await relayForParticipant(tx, structure, { ...participant, medium: row.medium }, now),
        },
      ],
      now,
    )
  })
}
