import type {
  AccountId,
  AddressId,
  AttachmentId,
  AttemptId,
  BlobId,
  ConversationId,
  DeliveryId,
  HeldId,
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
  SiteId,
  TicketId,
  TopicId,
} from '@parley/model'
import type { Generated, JSONColumnType } from 'kysely'

// Addresses of ours, what is on its way, what is held, and bytes.

export interface RelayAddressTable {
  account_id: AccountId
  relay_id: RelayId
  token: string | null
  token_hash: Buffer
  medium: Medium
  person_id: PersonId
  conversation_id: ConversationId
  ticket_id: TicketId
  participant_id: ParticipantId | null
  offer_id: OfferId | null
  reach: 'one' | 'all'
  state: 'active' | 'retired'
  created_at: Date
  own_address_id: Generated<OwnAddressId | null>
  peer_key: Generated<string | null>
  tag: Generated<string | null>
  invitation_id: Generated<PlaceInvitationId | null>
}

export interface OwnAddressTable {
  account_id: AccountId
  own_address_id: OwnAddressId
  medium: Medium
  value: string
  value_key: string
  site_id: SiteId | null
  purpose: 'pool' | 'public' | 'both'
  state: Generated<'active' | 'retired'>
  created_at: Date
  language: Generated<string | null>
}

export interface OwnKeywordTable {
  account_id: AccountId
  own_address_id: OwnAddressId
  keyword: string
  topic_id: TopicId
}

export interface WhichAskedTable {
  account_id: AccountId
  own_address_id: OwnAddressId
  sender_key: string
  asked_at: Date | null
  times: number
  since: Date
}

export interface ProviderReferenceTable {
  account_id: AccountId
  channel: string
  provider_id: string
  delivery_id: DeliveryId
  part: number
  state: 'sent' | 'delivered' | 'read' | 'failed'
  created_at: Date
}

export interface LaneTable {
  account_id: AccountId
  lane_id: LaneId
  owner_id: string
  person_id: PersonId
  address_id: AddressId
  medium: Medium
  due_at: Date | null
  leased_by: number | null
}

export interface Notice {
  template: string
  params: Record<string, string>
}

export interface DeliveryTable {
  account_id: AccountId
  delivery_id: DeliveryId
  sequence: Generated<number>
  lane_id: LaneId
  person_id: PersonId
  address_id: AddressId
  medium: Medium
  conversation_id: ConversationId | null
  interaction_id: InteractionId | null
  participant_id: ParticipantId | null
  kind: 'message' | 'offer' | 'notice'
  message_id: MessageId | null
  offer_id: OfferId | null
  notice: JSONColumnType<Notice, string | null> | null
  relay_id: RelayId | null
  reference: string
  state: 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown' | 'replaced'
  reason: string | null
  attempts: Generated<number>
  maybe_twice: Generated<boolean>
  replaces: DeliveryId | null
  created_at: Date
  due_at: Date
  updated_at: Date
  own_address_id: Generated<OwnAddressId | null>
}

export interface AttemptTable {
  account_id: AccountId
  attempt_id: AttemptId
  delivery_id: DeliveryId
  number: number
  started_at: Date
  ended_at: Date | null
  outcome: 'sent' | 'retry' | 'rejected' | 'unknown' | null
  reason: string | null
  provider_id: string | null
}

export interface HeldItemTable {
  account_id: AccountId
  held_id: HeldId
  person_id: PersonId
  conversation_id: ConversationId | null
  relay_id: RelayId | null
  channel: string
  why: string
  claims: string
  said: JSONColumnType<object>
  raw_blob_id: BlobId | null
  key: Buffer
  state: 'waiting' | 'released' | 'discarded' | 'expired'
  created_at: Date
  expires_at: Date
  decided_at: Date | null
  own_address_id: Generated<OwnAddressId | null>
  sender_key: Generated<string | null>
}

export interface BlobTable {
  account_id: AccountId
  blob_id: BlobId
  size: number
  sealed: boolean
  own_key: Generated<boolean>
  created_at: Date
}

/** What was erased, as keyed hashes of the keys of its messages: it does not come in again. */
export interface ErasedKeyTable {
  account_id: AccountId
  key_hash: string
  erased_at: Date
}

export interface BlobChunkTable {
  account_id: AccountId
  blob_id: BlobId
  number: number
  bytes: Buffer
}

export interface AttachmentTable {
  account_id: AccountId
  attachment_id: AttachmentId
  person_id: PersonId
  conversation_id: ConversationId | null
  message_id: MessageId | null
  held_id: HeldId | null
  position: Generated<number>
  name: string
  type: string
  size: number
  inline: Generated<boolean>
  download_only: Generated<boolean>
  scan: Generated<'clean' | 'unknown' | null>
  blob_id: BlobId
  created_at: Date
}
