import type {
  AccountId,
  ConversationId,
  InteractionId,
  OfferId,
  ParticipantId,
  PersonId,
  PlaceInvitationId,
  RelayId,
} from '@parley/model'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/index.ts'
import { placeNow } from './place-now.ts'
import { hashToken } from './relay-address.ts'

export interface Relay {
  account: AccountId
  relay: RelayId
  person: PersonId
  conversation: ConversationId
  participant: ParticipantId | null
  interaction: InteractionId | null
  /** The participant has left their place. */
  left: boolean
  offer: OfferId | null
  invitation: PlaceInvitationId | null
  reach: 'one' | 'all'
  state: 'active' | 'retired'
}

const shape = /^[a-z2-7]{26}$/

/** Whose place an address of ours stands for. The local part is the token; its case may have been folded on the way. */
export async function findRelay(db: Database, address: string): Promise<Relay | null> {
  const token = address.slice(0, address.lastIndexOf('@') === -1 ? undefined : address.lastIndexOf('@')).toLowerCase()
  if (!shape.test(token)) return null
  return findWhere(db, sql`r.token_hash = ${hashToken(token)}`)
}

/** A place's address of ours by its id: what it stands for may have become more since it was last looked at. */
export async function findRelayById(db: Database, account: AccountId, relay: RelayId): Promise<Relay | null> {
  return findWhere(db, sql`r.account_id = ${account} and r.relay_id = ${relay}`)
}

async function findWhere(db: Database, which: RawBuilder<unknown>): Promise<Relay | null> {
  const { rows } = await sql<Relay>`
    select r.account_id as account, r.relay_id as relay, coalesce(p.person_id, r.person_id) as person, r.conversation_id as conversation,
      coalesce(p.participant_id, r.participant_id) as participant, p.interaction_id as interaction, p.left_at is not null as left, r.offer_id as offer,
      r.invitation_id as invitation, r.reach, r.state
    from relay_address r
    ${placeNow}
    where ${which}`.execute(db.workers)
  return rows[0] ?? null
}
