import {
  type AccountId,
  type AddressId,
  type Clock,
  type ConversationId,
  type InteractionId,
  type Medium,
  type MessageId,
  minutes,
  oneWayMedia,
  type ParticipantId,
  type PersonId,
} from '@parley/model'
import { addressesNow, type Hours } from '@parley/rules'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'
import { enqueue, isNewTo, relayForParticipant } from '../delivery/index.ts'
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
const toldPatienceMs = minutes(10)

/**
 * Words that wait in a window which nobody has opened go over the person's next address instead (A12, A18): after a while, once, and in
 * order. The window stays the active medium until they answer from elsewhere, and has everything when it opens again.
 */
export async function reachClosedWindows(
  parts: {
    db: Database
    clock: Clock
    isConnected(person: PersonId): boolean
    /** Medium and key of addresses where nobody is just now: any other of theirs comes first. */
    away?: readonly string[]
  },
  patienceMs: number,
): Promise<number> {
  const now = parts.clock.now()
  const resting = await outsideTheirHours(parts.db, now)
  const { rows } = await sql<Unreached>`
    with waiting as materialized (
      select p.account_id, p.conversation_id, p.interaction_id, p.participant_id, p.person_id, p.delivered, a.address_id, a.medium
      from participant p
      join conversation c on c.account_id = p.account_id and c.conversation_id = p.conversation_id
      join lateral (select address_id, medium from address a where a.account_id = p.account_id and a.person_id = p.person_id
        and a.state = 'proven' and a.offers and a.medium <> all(${oneWayMedia}) and a.address_id <> all(${resting}::uuid[])
        order by (a.medium || ' ' || a.value_key) = any(${parts.away ?? []}::text[]), a.position limit 1) a on true
      where p.medium = 'web' and p.left_at is null and c.last_at > ${new Date(now.getTime() - 7 * 86_400_000)}
    )
    select w.account_id as account, w.conversation_id as conversation, w.interaction_id as interaction,
      w.participant_id as participant, w.person_id as person, w.address_id as address, w.medium, l.message_id as message
    from waiting w
    -- Bounded for each: only their own unread words are looked at, however many messages there are.
    cross join lateral (
      select m.message_id, m.at from placement l
      join message m on m.account_id = l.account_id and m.message_id = l.message_id and m.person_id <> w.person_id
      where l.account_id = w.account_id and l.interaction_id = w.interaction_id and l.position > w.delivered
        and m.at <= ${new Date(now.getTime() - patienceMs)} and m.at > ${new Date(now.getTime() - 7 * 86_400_000)}
        and exists (select from span s where s.account_id = w.account_id and s.person_id = w.person_id
          and s.interaction_id = w.interaction_id and l.position between s.from_position and s.until)
        and ${isNewTo(sql`w.person_id`)}
        and not exists (select from delivery d where d.account_id = m.account_id and d.message_id = m.message_id
          and d.person_id = w.person_id)
        -- Who has been told on a device that something waits is left so much longer to come.
        and (m.at <= ${new Date(now.getTime() - patienceMs - toldPatienceMs)} or not exists (
          select from lane n join delivery t on t.account_id = n.account_id and t.lane_id = n.lane_id
          where n.account_id = w.account_id and n.owner_id = w.participant_id and n.medium = any(${oneWayMedia})
            and t.created_at >= m.at and t.state not in ('failed', 'replaced')))
      order by l.position limit ${atOnce}
    ) l
    order by w.account_id, w.conversation_id, l.at, l.message_id limit ${atOnce}`.execute(parts.db.workers)
  const waiting = rows.filter((row) => !parts.isConnected(row.person))
  for (const row of waiting) await reach(parts.db, row, now)
  return waiting.length
}

/** The addresses at which somebody who may be waited for wants nothing at this hour: what waits, waits for the hour. */
async function outsideTheirHours(db: Database, now: Date): Promise<AddressId[]> {
  const { rows } = await sql<{ id: AddressId; medium: Medium; hours: Hours }>`
    select a.address_id as id, a.medium, a.hours from address a
    where a.hours is not null and a.state = 'proven' and a.offers and exists (
      select from participant p where p.account_id = a.account_id and p.person_id = a.person_id and p.medium = 'web'
        and p.left_at is null)`.execute(db.workers)
  const verdicts = addressesNow(rows, now)
  return rows.filter((_, place) => !verdicts[place]?.asked).map(({ id }) => id)
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
          relay: await relayForParticipant(
            tx,
            structure,
            { ...participant, medium: row.medium, address: row.address },
            now,
          ),
        },
      ],
      now,
    )
  })
}
