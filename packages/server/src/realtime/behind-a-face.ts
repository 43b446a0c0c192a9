import type { ParticipantId, PersonId } from '@parley/model'
import type { DeliveryState } from '@parley/protocol'
import { seenAs } from '@parley/rules'
import { sql } from 'kysely'
import { rankOf } from '../conversations/index.ts'
import type { Reader } from '../db/index.ts'
import type { DeliveryRow } from '../delivery/index.ts'
import { isMasked, seenAsRow } from '../faces/index.ts'
import type { ParticipantPlace, Structure } from '../road/index.ts'

interface Mark {
  readonly delivered: number
  readonly read: number
}

/** The others who are taken for one with this place by who does not stand behind its face. */
export function othersBehind(structure: Structure, { id, interaction, face }: ParticipantPlace): ParticipantPlace[] {
  return structure.participants.filter(
    (other) => other.id !== id && other.interaction === interaction && face !== null && other.face === face,
  )
}

/** How far the windows of these places have come, by what is written. */
export async function furthestOf(
  db: Reader,
  { account }: Structure,
  places: readonly ParticipantPlace[],
): Promise<Mark> {
  const { rows } = await sql<Mark>`
    select coalesce(max(delivered), 0)::int as delivered, coalesce(max(read), 0)::int as read from participant
    where account_id = ${account} and participant_id = any(${places.map(({ id }) => id)}::uuid[])`.execute(db)
  return rows[0] ?? { delivered: 0, read: 0 }
}

/** The place that somebody outside takes it for. */
export const faceId = (structure: Structure, place: ParticipantPlace, person: PersonId): ParticipantId =>
  seenAs(place, person, structure.participants).id

/**
 * The tick that the author of a message is shown when one of its deliveries has changed: of several behind one face only what comes further than
 * all the others. Null where nothing changes for them.
 */
export async function tickFor(
  db: Reader,
  row: DeliveryRow,
  author: PersonId,
  state: DeliveryState,
): Promise<{ participant: string; state: DeliveryState } | null> {
  const { rows } = await sql<{ participant: string; masked: boolean; others: DeliveryState[] }>`
    select ${seenAsRow('w', author)} as participant, ${isMasked('w', author)} as masked,
      array(select d.state from delivery d
        join participant o on o.account_id = d.account_id and o.participant_id = d.participant_id
        where d.account_id = w.account_id and d.message_id = ${row.message_id} and d.delivery_id <> ${row.delivery_id}
          and o.interaction_id = w.interaction_id and o.face = w.face) as others
    from participant w where w.account_id = ${row.account_id} and w.participant_id = ${row.participant_id}`.execute(db)
  const [found] = rows
  if (!found) return null
  const isNews = !found.masked || found.others.every((other) => rankOf(other) < rankOf(state))
  return isNews ? { participant: found.participant, state } : null
}
