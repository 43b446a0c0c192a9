import type {
  AccountId,
  AddressId,
  AttachmentId,
  BlobId,
  ConversationId,
  Cut,
  ExampleId,
  Medium,
  MessageId,
  OfferId,
  ParticipantId,
  PersonId,
  ProductId,
  ScriptId,
  TicketId,
  TopicId,
} from '@parley/model'
import type { OfferState, RunState, Script, ScriptChoosing, TopicReport } from '@parley/rules'
import type { Generated, JSONColumnType } from 'kysely'

// Finding people, and asking the visitor meanwhile.

export interface OfferTable {
  account_id: AccountId
  offer_id: OfferId
  conversation_id: ConversationId
  ticket_id: TicketId
  person_id: PersonId
  state: OfferState
  why: JSONColumnType<object>
  /** With the note, where there is one. */
  excerpt: string
  note: string | null
  encryption: Generated<'none' | 'sealed'>
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

export interface ReadingTable {
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

export interface ReadingExampleTable {
  account_id: AccountId
  example_id: ExampleId
  topic_id: TopicId | null
  text: string
  given_by: PersonId | null
  created_at: Date
}

export interface ReadingKeywordTable {
  account_id: AccountId
  topic_id: TopicId
  keyword: string
}

export interface ProductTable {
  account_id: AccountId
  product_id: ProductId
  name: string
  names: string[]
}

export interface NumberPatternTable {
  account_id: AccountId
  name: string
  pattern: string
}

export interface TopicQuestionTable {
  account_id: AccountId
  ticket_id: TicketId
  conversation_id: ConversationId
  message_id: MessageId
  topics: TopicId[]
  asked_at: Date
  answered_at: Date | null
  chosen: TopicId | null
}

export interface ScriptTable {
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

export interface ScriptVersionTable {
  account_id: AccountId
  script_id: ScriptId
  version: number
  script: JSONColumnType<Script>
  saved_by: PersonId | null
  saved_at: Date
}

export interface ConciergeRunTable {
  account_id: AccountId
  ticket_id: TicketId
  conversation_id: ConversationId
  script_id: ScriptId
  version: number
  participant_id: ParticipantId
  state: JSONColumnType<RunState>
  step: string
  asked_message: MessageId | null
  said: Generated<number>
  next_at: Date | null
  ended: 'done' | 'handed-over' | 'silenced' | 'left' | null
  began_at: Date
  moved_at: Date
}

export interface ConciergeStepTable {
  account_id: AccountId
  ticket_id: TicketId
  step: string
  reached_at: Date
  answered_at: Date | null
}
