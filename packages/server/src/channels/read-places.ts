import type { ConversationId } from '@parley/model'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'
import { type PlaceOnNumber, placeNow } from '../delivery/index.ts'

/** A place that somebody may mean who writes to a number which places share, with what they know it by. */
export interface Place {
  readonly relay: PlaceOnNumber
  readonly conversation: ConversationId
  readonly tag: string
  /** Places with the same one lead to the same people: it makes no difference which of them is meant. */
  readonly leadsTo: string
  /** Somebody waits for what is said there. */
  readonly isOpen: boolean
  /** Open, or ended so short a time ago that an answer may be to it. */
  readonly isInUse: boolean
  /** The writer is the one whose conversation it is. */
  readonly isAsker: boolean
  /** Who asks may answer one person alone here. */
  readonly privateAnswers: boolean
  /** Their own conversation in which nothing has been said yet. */
  readonly isNew: boolean
}

interface Row {
  relay_id: string
  state: 'open' | 'closed'
  is_asker: boolean
  ordinal: number
  private_answers: boolean
  place: 'intake' | 'exchange' | 'backchannel' | null
  place_state: 'open' | 'closed' | null
  offer_state: string | null
  is_invited: boolean
  exchanges: number
}

export async function readPlaces(db: Database, relays: readonly PlaceOnNumber[]): Promise<Place[]> {
  const [first] = relays
  if (!first) return []
  const { rows } = await db.read(first.account, (reader) =>
    sql<Row>`
      select r.relay_id, c.state, c.visitor_id = r.person_id as is_asker, c.ordinal::int as ordinal,
        coalesce((s.policy->'window'->>'privateAnswers')::boolean, true) as private_answers,
        i.kind as place, i.state as place_state, o.state as offer_state,
        exists (select from place_invitation v where v.account_id = r.account_id and v.invitation_id = r.invitation_id
          and v.state = 'open') as is_invited,
        (select count(*)::int from participant e join interaction x on x.account_id = e.account_id
            and x.interaction_id = e.interaction_id and x.kind = 'exchange' and x.state = 'open'
          where e.account_id = r.account_id and e.conversation_id = r.conversation_id and e.person_id = r.person_id
            and e.left_at is null) as exchanges
      from relay_address r
      join conversation c on c.account_id = r.account_id and c.conversation_id = r.conversation_id
      join site s on s.account_id = c.account_id and s.site_id = c.site_id
      ${placeNow}
      left join interaction i on i.account_id = p.account_id and i.interaction_id = p.interaction_id
      left join offer o on o.account_id = r.account_id and o.offer_id = r.offer_id
      where r.account_id = ${first.account} and r.relay_id = any(${relays.map(({ relay }) => relay)}::uuid[])`.execute(
      reader,
    ),
  )
  const byId = new Map(rows.map((row) => [row.relay_id, row]))
  return relays.flatMap((relay): Place[] => {
    const row = byId.get(relay.relay)
    return row ? [placeOf(relay, row)] : []
  })
}

function placeOf(relay: PlaceOnNumber, row: Row): Place {
  const isOffer = relay.participant === null || relay.left
  const isInvited = relay.participant === null && row.is_invited
  const isOffered = isInvited || (isOffer && (row.offer_state === 'open' || row.offer_state === 'waiting'))
  const isSeat = relay.participant !== null && !relay.left
  const leadsOn = row.place_state === 'open' || (row.place === 'intake' && row.exchanges > 0)
  return {
    relay,
    conversation: relay.conversation,
    tag: relay.tag,
    leadsTo: leadsTo(relay, row, isOffer),
    isOpen: row.state === 'open' && (isOffered || (isSeat && leadsOn)),
    isInUse: relay.isInUse,
    isAsker: row.is_asker,
    privateAnswers: row.private_answers,
    isNew: row.is_asker && row.ordinal === 0,
  }
}

/** What is said in the intake goes to everyone once somebody has answered; and to everyone is to the one where there is one. */
function leadsTo(relay: PlaceOnNumber, row: Row, isOffer: boolean): string {
  if (isOffer) return relay.offer ?? relay.invitation ?? relay.relay
  const isToAll = relay.reach === 'all' || row.place === 'intake' || row.exchanges <= 1
  return isToAll && row.place !== 'backchannel' ? relay.conversation : (relay.interaction ?? relay.relay)
}
