import { randomBytes } from 'node:crypto'
import type {
  AccountId,
  AddressId,
  ConversationId,
  DeliveryId,
  InteractionId,
  LaneId,
  Medium,
  MessageId,
  OfferId,
  OwnAddressId,
  ParticipantId,
  PersonId,
  PlaceInvitationId,
  RelayId,
} from '@parley/model'
import { newId } from '@parley/model'
import { sql } from 'kysely'
import type { Notice, Writer } from '../db/index.ts'

/** Something on its way to one person over one address. Only the outbox speaks to channels; this only writes rows. */
export interface NewDelivery {
  readonly account: AccountId
  /** Whose lane: the participant, the offer, the invitation, or the person for notices that belong to no conversation. */
  readonly owner: ParticipantId | OfferId | PlaceInvitationId | PersonId
  readonly person: PersonId
  readonly address: AddressId
  readonly medium: Medium
  readonly conversation: ConversationId | null
  readonly interaction: InteractionId | null
  readonly participant: ParticipantId | null
  readonly what:
    | { readonly kind: 'message'; readonly message: MessageId }
    | { readonly kind: 'offer'; readonly offer: OfferId }
    | { readonly kind: 'notice'; readonly notice: Notice; readonly offer?: OfferId }
  readonly relay: RelayId | null
  /** The address of ours to send from, for what nobody can answer in a place: a number's own words about itself. */
  readonly own?: OwnAddressId
  readonly replaces?: DeliveryId
  readonly maybeTwice?: boolean
}

/** Writes deliveries and makes their lanes due, in the caller's transaction. Answers their ids in order. */
export async function enqueue(tx: Writer, deliveries: readonly NewDelivery[], now: Date): Promise<DeliveryId[]> {
  const ids: DeliveryId[] = []
  for (const delivery of deliveries) {
    const lane = await dueLane(tx, delivery, now)
    const id = newId<DeliveryId>()
    const { what } = delivery
    await tx
      .insertInto('delivery')
      .values({
        account_id: delivery.account,
        delivery_id: id,
        lane_id: lane,
        person_id: delivery.person,
        address_id: delivery.address,
        medium: delivery.medium,
        conversation_id: delivery.conversation,
        interaction_id: delivery.interaction,
        participant_id: delivery.participant,
        kind: what.kind,
        message_id: what.kind === 'message' ? what.message : null,
        offer_id: what.kind === 'message' ? null : (what.offer ?? null),
        notice: what.kind === 'notice' ? JSON.stringify(what.notice) : null,
        relay_id: delivery.relay,
        own_address_id: delivery.own ?? null,
        // 128 random bits, hexadecimal: the same on every attempt, and it tells nothing.
        reference: randomBytes(16).toString('hex'),
        state: 'queued',
        reason: null,
        maybe_twice: delivery.maybeTwice ?? false,
        replaces: delivery.replaces ?? null,
        created_at: now,
        due_at: now,
        updated_at: now,
      })
      .execute()
    ids.push(id)
  }
  return ids
}

async function dueLane(tx: Writer, delivery: NewDelivery, now: Date): Promise<LaneId> {
  const { rows } = await sql<{ lane_id: LaneId }>`
    insert into lane (account_id, lane_id, owner_id, person_id, address_id, medium, due_at)
    values (${delivery.account}, ${newId<LaneId>()}, ${delivery.owner}, ${delivery.person}, ${delivery.address}, ${delivery.medium}, ${now})
    on conflict (account_id, owner_id, address_id) do update set due_at = least(lane.due_at, excluded.due_at)
    returning lane_id`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('a lane was neither made nor found')
  return row.lane_id
}
