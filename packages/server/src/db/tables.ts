import type {
  AccountId,
  AddressId,
  ApiKeyId,
  AttachmentId,
  AttemptId,
  BlobId,
  ConversationId,
  Cut,
  DeliveryId,
  EventId,
  ExampleId,
  HeldId,
  InteractionId,
  InvitationId,
  LaneId,
  LinkId,
  Medium,
  MessageId,
  OfferId,
  OwnAddressId,
  ParticipantId,
  PersonId,
  ProductId,
  RelayId,
  ScriptId,
  SiteId,
  SpanId,
  TeamId,
  TicketId,
  TopicId,
} from '@parley/model'
import type {
  AdmissionPolicy,
  Criteria,
  Fact,
  Hours,
  OfferState,
  RunState,
  Script,
  ScriptChoosing,
  SpanBasis,
  Target,
  TopicReport,
} from '@parley/rules'
import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'

/** The rows, as the migrations in ./migrations make them. */
export interface Tables {
  account: AccountTable
  site: SiteTable
  topic: TopicTable
  person: PersonTable
  access_key: AccessKeyTable
  responder: ResponderTable
  address: AddressTable
  criteria: CriteriaTable
  conversation: ConversationTable
  ticket: TicketTable
  interaction: InteractionTable
  participant: ParticipantTable
  span: SpanTable
  message: MessageTable
  placement: PlacementTable
  offer: OfferTable
  relay_address: RelayAddressTable
  own_address: OwnAddressTable
  own_keyword: OwnKeywordTable
  opt_out: OptOutTable
  consent: ConsentTable
  which_asked: WhichAskedTable
  provider_reference: ProviderReferenceTable
  lane: LaneTable
  delivery: DeliveryTable
  attempt: AttemptTable
  held_item: HeldItemTable
  blob: BlobTable
  blob_chunk: BlobChunkTable
  attachment: AttachmentTable
  event: EventTable
  team: TeamTable
  team_member: TeamMemberTable
  invitation: InvitationTable
  link: LinkTable
  script: ScriptTable
  reading: ReadingTable
  reading_example: ReadingExampleTable
  reading_keyword: ReadingKeywordTable
  product: ProductTable
  number_pattern: NumberPatternTable
  topic_question: TopicQuestionTable
  script_version: ScriptVersionTable
  concierge_run: ConciergeRunTable
  concierge_step: ConciergeStepTable
  criteria_log: CriteriaLogTable
  criteria_log_floor: CriteriaLogFloorTable
  code_sent: CodeSentTable
  program: ProgramTable
  api_key: ApiKeyTable
  outside_person: OutsidePersonTable
  kept_response: KeptResponseTable
}

type Json<T extends object> = JSONColumnType<T>

interface AccountTable {
  account_id: AccountId
  name: string
  created_at: Date
  join_key: Generated<string>
  joining: Generated<'open' | 'invited' | 'approved' | 'closed'>
}

interface SiteTable {
  account_id: AccountId
  site_id: SiteId
  site_key: string
  name: string
  domains: Generated<string[]>
  policy: Json<object>
  created_at: Date
}

interface TopicTable {
  account_id: AccountId
  topic_id: TopicId
  site_id: SiteId
  names: Json<Record<string, string>>
  position: number
}

interface PersonTable {
  account_id: AccountId
  person_id: PersonId
  kind: 'visitor' | 'responder' | 'virtual'
  site_id: SiteId | null
  name: string | null
  language: string
  region: string | null
  created_at: Date
}

interface AccessKeyTable {
  account_id: AccountId
  key_hash: Buffer
  purpose: 'browser' | 'hand-over' | 'recovery' | 're-read' | 'confirm-address' | 'joining'
  person_id: PersonId
  conversation_id: ConversationId | null
  address_id: AddressId | null
  bound: JSONColumnType<Record<string, string>, string | undefined>
  tries: Generated<number>
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

interface ResponderTable {
  account_id: AccountId
  person_id: PersonId
  alias: string
  state: 'joining' | 'waiting' | 'active' | 'paused' | 'left' | 'removed'
  capacity: number | null
  per_hour: number | null
  role: Generated<Role>
}

interface AddressTable {
  account_id: AccountId
  address_id: AddressId
  person_id: PersonId
  medium: Medium
  value: string
  value_key: string
  position: number
  offers: Generated<boolean>
  state: 'unproven' | 'proven' | 'failing'
  proven_at: Date | null
  hours: JSONColumnType<Hours, string | null | undefined, string | null> | null
  failing_reason: string | null
  created_at: Date
  target: Generated<string | null>
  page: Generated<string | null>
  shows_words: Generated<boolean>
}

interface CodeSentTable {
  account_id: AccountId
  code_id: string
  person_id: PersonId
  address_hash: Buffer
  network_hash: Buffer | null
  sent_at: Date
}

interface CriteriaTable {
  account_id: AccountId
  person_id: PersonId
  wants: Json<Criteria>
  updated_at: Date
}

interface ConversationTable {
  account_id: AccountId
  conversation_id: ConversationId
  site_id: SiteId
  visitor_id: PersonId
  link_id: Generated<LinkId | null>
  state: 'open' | 'closed'
  name: string | null
  category: string | null
  tags: Generated<string[]>
  metadata: JSONColumnType<Record<string, unknown>, string | undefined, string>
  folder: string | null
  encryption: Generated<'none' | 'sealed'>
  language: string
  region: string | null
  ordinal: Generated<number>
  last_at: Date
  structure: Generated<number>
  created_at: Date
  ends_at: Date | null
  relays_retired_at: Generated<Date | null>
  own_address_id: Generated<OwnAddressId | null>
}

interface TicketTable {
  account_id: AccountId
  ticket_id: TicketId
  conversation_id: ConversationId
  intake_id: InteractionId
  topic_id: TopicId | null
  state: 'open' | 'pending' | 'closed'
  hunt: Generated<'not-begun' | 'looking' | 'found' | 'nobody'>
  name: string | null
  category: string | null
  tags: Generated<string[]>
  metadata: JSONColumnType<Record<string, unknown>, string | undefined, string>
  encryption: Generated<'none' | 'sealed'>
  admission: Json<AdmissionPolicy>
  admitted: Generated<number>
  facts: JSONColumnType<Fact[], string | undefined, string>
  target: JSONColumnType<Target, string | null | undefined, string | null> | null
  wave: Generated<number>
  hunt_from: Date | null
  ask_at: Date | null
  expire_at: Date | null
  hunt_until: Date | null
  waits_until: Date | null
  grace_until: Date | null
  places_at: Date | null
  news_at: Date | null
  told_at: Date | null
  moves: Generated<number>
  due_at: GeneratedAlways<Date | null>
  created_at: Date
  ends_at: Date | null
}

interface InteractionTable {
  account_id: AccountId
  interaction_id: InteractionId
  conversation_id: ConversationId
  ticket_id: TicketId
  parent_id: InteractionId | null
  kind: 'intake' | 'exchange' | 'backchannel'
  state: 'open' | 'closed'
  name: string | null
  category: string | null
  tags: Generated<string[]>
  metadata: JSONColumnType<Record<string, unknown>, string | undefined, string>
  encryption: Generated<'none' | 'sealed'>
  primary_participant_id: ParticipantId | null
  created_at: Date
  ends_at: Date | null
}

interface ParticipantTable {
  account_id: AccountId
  participant_id: ParticipantId
  conversation_id: ConversationId
  interaction_id: InteractionId
  person_id: PersonId
  role: 'initiator' | 'responder' | 'observer' | 'virtual'
  alias: string
  colour: number
  medium: Medium
  address_id: AddressId | null
  delivered: Generated<number>
  read: Generated<number>
  joined_at: Date
  left_at: Date | null
  left_because: string | null
  relays_retired_at: Generated<Date | null>
}

interface SpanTable {
  account_id: AccountId
  span_id: SpanId
  conversation_id: ConversationId
  interaction_id: InteractionId
  person_id: PersonId
  from_position: number
  to_position: number | null
  basis: SpanBasis
  given_by: PersonId | null
  created_at: Date
}

interface MessageTable {
  account_id: AccountId
  message_id: MessageId
  conversation_id: ConversationId
  person_id: PersonId
  participant_id: ParticipantId | null
  kind: string
  medium: Medium
  body: string
  full_text: string | null
  cuts: JSONColumnType<Cut[], string | null> | null
  masked: Generated<boolean>
  unproven: Generated<boolean>
  form: JSONColumnType<object, string | null> | null
  raw_blob_id: BlobId | null
  key: Buffer
  at: Date
  written_at: Date | null
}

interface PlacementTable {
  account_id: AccountId
  interaction_id: InteractionId
  position: number
  conversation_id: ConversationId
  ordinal: number
  message_id: MessageId
}

interface OfferTable {
  account_id: AccountId
  offer_id: OfferId
  conversation_id: ConversationId
  ticket_id: TicketId
  person_id: PersonId
  state: OfferState
  why: Json<object>
  excerpt: string
  wave: Generated<number>
  expires_at: Date | null
  invited: Generated<boolean>
  kept: JSONColumnType<KeptAnswer[], string | undefined, string>
  news: Generated<boolean>
  created_at: Date
  updated_at: Date
}

/** An answer that waits, as it stands with its offer: everything that was said, and when it came. */
export interface KeptAnswer {
  readonly at: string
  readonly key: string
  readonly person: PersonId
  readonly via: { readonly medium: Medium; readonly address: AddressId | null }
  readonly said: { readonly visible: string; readonly full: string; readonly cuts: readonly Cut[] }
  readonly names: readonly string[]
  readonly attachments: readonly AttachmentId[]
  readonly unproven: boolean
  readonly rawBlob: BlobId | null
  readonly writtenAt: string | null
}

interface RelayAddressTable {
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
}

interface OwnAddressTable {
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

interface OwnKeywordTable {
  account_id: AccountId
  own_address_id: OwnAddressId
  keyword: string
  topic_id: TopicId
}

interface OptOutTable {
  account_id: AccountId
  medium: Medium
  value_key: string
  since: Date
  paused: Generated<PersonId[]>
}

interface ConsentTable {
  account_id: AccountId
  consent_id: string
  medium: Medium
  value_key: string
  kind: 'stop' | 'start' | 'help'
  words: string
  key: Buffer
  at: Date
}

interface WhichAskedTable {
  account_id: AccountId
  own_address_id: OwnAddressId
  sender_key: string
  asked_at: Date | null
  times: number
  since: Date
}

interface ProviderReferenceTable {
  account_id: AccountId
  channel: string
  provider_id: string
  delivery_id: DeliveryId
  part: number
  state: 'sent' | 'delivered' | 'read' | 'failed'
  created_at: Date
}

interface LaneTable {
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

interface DeliveryTable {
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

interface AttemptTable {
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

interface HeldItemTable {
  account_id: AccountId
  held_id: HeldId
  person_id: PersonId
  conversation_id: ConversationId | null
  relay_id: RelayId | null
  channel: string
  why: string
  claims: string
  said: Json<object>
  raw_blob_id: BlobId | null
  key: Buffer
  state: 'waiting' | 'released' | 'discarded' | 'expired'
  created_at: Date
  expires_at: Date
  decided_at: Date | null
  own_address_id: Generated<OwnAddressId | null>
  sender_key: Generated<string | null>
}

interface BlobTable {
  account_id: AccountId
  blob_id: BlobId
  size: number
  sealed: boolean
  created_at: Date
}

interface BlobChunkTable {
  account_id: AccountId
  blob_id: BlobId
  number: number
  bytes: Buffer
}

interface AttachmentTable {
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

interface EventTable {
  account_id: AccountId
  event_id: EventId
  conversation_id: ConversationId
  ticket_id: TicketId | null
  interaction_id: InteractionId | null
  person_id: PersonId | null
  kind: string
  facts: JSONColumnType<Record<string, unknown>, string | undefined, string>
  at: Date
}

/** What somebody may do here: whoever answers; who answers with the desk; who may watch and coach; who configures. Each may what those before may. */
export type Role = 'responder' | 'operator' | 'supervisor' | 'administrator'

interface TeamTable {
  account_id: AccountId
  team_id: TeamId
  kind: 'team' | 'department'
  names: Json<Record<string, string>>
  position: number
  created_at: Date
}

interface TeamMemberTable {
  account_id: AccountId
  team_id: TeamId
  person_id: PersonId
}

interface InvitationTable {
  account_id: AccountId
  invitation_id: InvitationId
  key_hash: Buffer
  name: string
  team_id: TeamId | null
  uses: number
  used: Generated<number>
  created_by: PersonId
  created_at: Date
  expires_at: Date
}

interface LinkTable {
  account_id: AccountId
  link_id: LinkId
  site_id: SiteId
  code: string
  name: string
  topic_id: TopicId | null
  people: Generated<PersonId[]>
  teams: Generated<TeamId[]>
  facts: JSONColumnType<Record<string, string[]>, string | undefined, string>
  uses: number | null
  used: Generated<number>
  created_by: PersonId
  created_at: Date
  expires_at: Date | null
}

/** Transactions by their number, as text: they are wider than a number holds. */
interface CriteriaLogTable {
  account_id: AccountId
  sequence: GeneratedAlways<number>
  person_id: PersonId
  written_by: Generated<string>
  at: Generated<Date>
}

interface CriteriaLogFloorTable {
  account_id: AccountId
  written_by: string
}

interface ReadingTable {
  account_id: AccountId
  person_id: PersonId | null
  version: Generated<number>
  lists: Generated<number>
  model: Buffer | null
  report: JSONColumnType<TopicReport, string | null | undefined, string | null> | null
  refusal: string | null
  trained_at: Date | null
  wanted_at: Date | null
  busy_until: Date | null
}

interface ReadingExampleTable {
  account_id: AccountId
  example_id: ExampleId
  topic_id: TopicId | null
  text: string
  given_by: PersonId | null
  created_at: Date
}

interface ReadingKeywordTable {
  account_id: AccountId
  topic_id: TopicId
  keyword: string
}

interface ProductTable {
  account_id: AccountId
  product_id: ProductId
  name: string
  names: string[]
}

interface NumberPatternTable {
  account_id: AccountId
  name: string
  pattern: string
}

interface TopicQuestionTable {
  account_id: AccountId
  ticket_id: TicketId
  conversation_id: ConversationId
  message_id: MessageId
  topics: TopicId[]
  asked_at: Date
  answered_at: Date | null
  chosen: TopicId | null
}

interface ScriptTable {
  account_id: AccountId
  script_id: ScriptId
  person_id: PersonId
  name: string
  is_on: Generated<boolean>
  position: number
  chosen_by: JSONColumnType<ScriptChoosing, string | undefined, string>
  version: number
  created_at: Date
}

interface ScriptVersionTable {
  account_id: AccountId
  script_id: ScriptId
  version: number
  script: Json<Script>
  saved_by: PersonId | null
  saved_at: Date
}

interface ConciergeRunTable {
  account_id: AccountId
  ticket_id: TicketId
  conversation_id: ConversationId
  script_id: ScriptId
  version: number
  participant_id: ParticipantId
  state: Json<RunState>
  step: string
  asked_message: MessageId | null
  said: Generated<number>
  next_at: Date | null
  ended: 'done' | 'handed-over' | 'silenced' | 'left' | null
  began_at: Date
  moved_at: Date
}

interface ConciergeStepTable {
  account_id: AccountId
  ticket_id: TicketId
  step: string
  reached_at: Date
  answered_at: Date | null
}

interface ProgramTable {
  account_id: AccountId
  person_id: PersonId
  secret_number: Generated<number>
  old_secret_until: Generated<Date | null>
  created_by: PersonId
  created_at: Date
}

interface ApiKeyTable {
  account_id: AccountId
  api_key_id: ApiKeyId
  person_id: PersonId
  name: string
  key_hash: Buffer
  ends_with: string
  scopes: string[]
  created_by: PersonId
  created_at: Date
  expires_at: Date | null
  used_at: Generated<Date | null>
  revoked_at: Generated<Date | null>
}

interface OutsidePersonTable {
  account_id: AccountId
  program_id: PersonId
  key: string
  person_id: PersonId
  created_at: Date
}

interface KeptResponseTable {
  account_id: AccountId
  person_id: PersonId
  key_hash: Buffer
  request_hash: Buffer
  body: Generated<string | null>
  created_at: Date
}
