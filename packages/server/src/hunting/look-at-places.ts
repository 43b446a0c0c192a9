import type { ParticipantId, PersonId, TicketId } from '@parley/model'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'
import { askerOn, type Turn } from '../road/index.ts'
import { moveTicket } from './move-ticket.ts'
import { writeHunt } from './read-hunt.ts'

interface Place {
  participant: ParticipantId
  state: string | null
  /** The visitor's first words that nobody has answered from this place. */
  waiting_since: Date | null
}

/** When to look whether whoever has just got a place, or answered, has fallen silent; null where the site lets nobody lose a place so. */
export function nextLook(turn: Turn): Date | null {
  const { silenceMs } = turn.structure.policy.moves
  return silenceMs === null ? null : new Date(turn.now.getTime() + silenceMs)
}

/** Whoever holds a place and has left, or has left the visitor without an answer for longer than the site allows, loses it (settled 12). */
export async function lookAtPlaces(turn: Turn, ticket: TicketId): Promise<void> {
  const { structure, now } = turn
  const { silenceMs } = structure.policy.moves
  await writeHunt(turn, ticket, { places_at: null })
  const places = await readPlaces(turn, ticket)
  const left = places.filter(hasLeft)
  if (left.length > 0) {
    await moveTicket(turn, { ticket, reason: 'left', from: left.map(({ participant }) => participant) })
  }
  if (silenceMs === null) return
  const there = places.filter((place) => !hasLeft(place))
  const since = new Date(now.getTime() - silenceMs)
  const silent = there.filter(({ waiting_since }) => waiting_since !== null && waiting_since <= since)
  if (silent.length > 0) {
    await moveTicket(turn, { ticket, reason: 'silence', from: silent.map(({ participant }) => participant) })
  }
  const others = there.filter((place) => !silent.includes(place))
  if (others.length === 0) return
  const sinces = others.map(({ waiting_since }) => waiting_since?.getTime() ?? now.getTime())
  await writeHunt(turn, ticket, { places_at: new Date(Math.min(...sinces) + silenceMs) })
}

const hasLeft = ({ state }: Place): boolean => state === 'left' || state === 'removed'

async function readPlaces(turn: Turn, ticket: TicketId): Promise<Place[]> {
  const { structure } = turn
  const { rows } = await sql<Place>`
    select p.participant_id as participant, r.state,
      (select min(m.at) from placement l join message m on m.account_id = l.account_id and m.message_id = l.message_id
        where l.account_id = p.account_id and l.interaction_id = p.interaction_id and m.person_id = ${askerOn(structure, ticket)}
          and l.position > coalesce((select max(o.position) from placement o
            join message n on n.account_id = o.account_id and n.message_id = o.message_id
            where o.account_id = p.account_id and o.interaction_id = p.interaction_id and n.person_id = p.person_id), 0)
          and m.at >= p.joined_at) as waiting_since
    from participant p
    join interaction i on i.account_id = p.account_id and i.interaction_id = p.interaction_id and i.kind = 'exchange'
    left join responder r on r.account_id = p.account_id and r.person_id = p.person_id
    where p.account_id = ${structure.account} and p.conversation_id = ${structure.conversation} and i.ticket_id = ${ticket}
      and p.role = 'responder' and p.left_at is null`.execute(turn.tx)
  return rows
}

/** Somebody has left for good: their places are looked at now, by whichever process comes first. In the transaction in which they leave. */
export async function wakePlaces(
  tx: Writer,
  account: Turn['structure']['account'],
  person: PersonId,
  now: Date,
): Promise<void> {
  await sql`
    update ticket set places_at = ${now} where (account_id, ticket_id) in (
      select k.account_id, k.ticket_id from ticket k
      where k.account_id = ${account} and k.state <> 'closed' and k.ticket_id in (
        select i.ticket_id from participant p
        join interaction i on i.account_id = p.account_id and i.interaction_id = p.interaction_id and i.kind = 'exchange'
        where p.account_id = ${account} and p.person_id = ${person} and p.left_at is null and p.role = 'responder')
      order by k.ticket_id for update)`.execute(tx)
}
