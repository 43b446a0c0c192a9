import type {
  AccountId,
  AddressId,
  BlobId,
  CategoryId,
  ConversationId,
  Cut,
  EventId,
  InteractionId,
  LinkId,
  Medium,
  MessageId,
  OperationId,
  OwnAddressId,
  ParticipantId,
  PersonId,
  SiteId,
  SpanId,
  TeamId,
  TicketId,
  TopicId,
} from '@parley/model'
import type { AdmissionPolicy, Change, Fact, LetsSee, SpanBasis, Target } from '@parley/rules'
import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { Role } from './accounts.ts'

// Conversation, ticket, interaction; who is in it, what they may read, what was said.

export interface ConversationTable {
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
  categories: Generated<CategoryId[] | null>
  answers: JSONColumnType<AnswerRules, string | null | undefined, string | null> | null
  teams: Generated<TeamId[]>
  takes_from: Generated<Date | null>
  takes_until: Generated<Date | null>
  merged_into: Generated<ConversationId | null>
  kind: Generated<'outside' | 'own'>
  lets_see: JSONColumnType<LetsSee, string | null | undefined, string | null> | null
  primary_participant_id: Generated<ParticipantId | null>
}

export interface TicketTable {
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
  admission: JSONColumnType<AdmissionPolicy>
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
  categories: Generated<CategoryId[] | null>
  answers: JSONColumnType<AnswerRules, string | null | undefined, string | null> | null
  teams: Generated<TeamId[]>
  takes_from: Generated<Date | null>
  takes_until: Generated<Date | null>
  merged_into: Generated<TicketId | null>
  folder: Generated<string | null>
  parent_id: Generated<TicketId | null>
  primary_participant_id: Generated<ParticipantId | null>
}

export interface InteractionTable {
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
  categories: Generated<CategoryId[] | null>
  answers: JSONColumnType<AnswerRules, string | null | undefined, string | null> | null
  teams: Generated<TeamId[]>
  takes_from: Generated<Date | null>
  takes_until: Generated<Date | null>
  merged_into: Generated<InteractionId | null>
  folder: Generated<string | null>
  purpose: Generated<'talk' | 'whisper'>
  withdrawn: Generated<number[]>
  emptied: Generated<number[]>
}

export interface ParticipantTable {
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
  manages: Generated<boolean>
  invited_by: Generated<PersonId | null>
  face: Generated<string | null>
  merged_into: Generated<ParticipantId | null>
}

export interface SpanTable {
  account_id: AccountId
  span_id: SpanId
  conversation_id: ConversationId
  interaction_id: InteractionId
  person_id: PersonId
  from_position: number
  to_position: number | null
  /** The same, and the last position that there can be while it is open: what queries compare with. */
  until: GeneratedAlways<number>
  basis: SpanBasis
  given_by: PersonId | null
  /** `let-see`, or the team that was let in: what it ends with. */
  under: Generated<string | null>
  created_at: Date
}

export interface MessageTable {
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
  author_name: Generated<string | null>
  author_id: Generated<PersonId | null>
  said_over: Generated<string | null>
  encryption: Generated<'none' | 'sealed'>
}

export interface PlacementTable {
  account_id: AccountId
  interaction_id: InteractionId
  position: number
  conversation_id: ConversationId
  ordinal: number
  message_id: MessageId
  placed_by: Generated<PersonId | null>
}

export interface EventTable {
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

/** Its own rules for who answers an outside enquiry; what is left out is as the site says. */
export interface AnswerRules {
  readonly admission?: AdmissionPolicy
  readonly teams?: readonly TeamId[]
}

/** A category of the account's list, in its order; a retired one stays where it stands and is chosen no more. */
export interface CategoryTable {
  account_id: AccountId
  category_id: CategoryId
  names: JSONColumnType<Record<string, string>>
  colour: Generated<number>
  position: number
  retired_at: Generated<Date | null>
}

/** Something done to the structure: once for each id. */
export interface OperationTable {
  account_id: AccountId
  operation_id: OperationId
  name: string
  /** Null where it was done by the installation's command line. */
  person_id: PersonId | null
  /** What they were then, or `installation`; null for a visitor. */
  by_role: Generated<Role | 'installation' | null>
  conversation_ids: ConversationId[]
  /** What undoing turns round; null where it cannot be undone. */
  changes: JSONColumnType<Change[], string | null | undefined, string | null> | null
  result: JSONColumnType<Record<string, unknown>, string, string>
  sequence: GeneratedAlways<number>
  at: Date
  undoes: Generated<OperationId | null>
  undone_by: Generated<OperationId | null>
}

/** What is being erased, until it is. */
export interface ErasingTable {
  account_id: AccountId
  /** The operation that it is. */
  erasing_id: OperationId
  of: 'conversation' | 'person'
  of_id: string
  asked_by: PersonId | null
  by_role: Role | 'installation' | null
  asked_at: Date
}

/** Two things of the structure that point at each other; the smaller id first. */
export interface TieTable {
  account_id: AccountId
  a_of: TiedThing
  a_id: string
  b_of: TiedThing
  b_id: string
  tied_by: PersonId
  at: Date
}

type TiedThing = 'conversation' | 'ticket' | 'interaction'

/** Who came to a team or left it, where that team is let in: their rights there are to follow. */
export interface TeamWorkTable {
  account_id: AccountId
  interaction_id: InteractionId
  team_id: TeamId
  person_id: PersonId
}
