import type { AccountId, AddressId, ConversationId, Medium, PersonId, SiteId } from '@parley/model'
import type { Criteria, Hours } from '@parley/rules'
import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { Role } from './accounts.ts'

// People, what proves to be them, and where they are reached.

export interface PersonTable {
  account_id: AccountId
  person_id: PersonId
  kind: 'visitor' | 'responder' | 'virtual'
  site_id: SiteId | null
  name: string | null
  language: string
  region: string | null
  created_at: Date
  /** Their row stays for what others said beside them. */
  erased_at: Generated<Date | null>
}

export interface AccessKeyTable {
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

export interface ResponderTable {
  account_id: AccountId
  person_id: PersonId
  alias: string
  state: 'joining' | 'waiting' | 'active' | 'paused' | 'left' | 'removed'
  capacity: number | null
  per_hour: number | null
  role: Generated<Role>
}

export interface AddressTable {
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

export interface CodeSentTable {
  account_id: AccountId
  code_id: string
  person_id: PersonId
  address_hash: Buffer
  network_hash: Buffer | null
  sent_at: Date
}

export interface CriteriaTable {
  account_id: AccountId
  person_id: PersonId
  wants: JSONColumnType<Criteria>
  updated_at: Date
}

/** Transactions by their number, as text: they are wider than a number holds. */
export interface CriteriaLogTable {
  account_id: AccountId
  sequence: GeneratedAlways<number>
  person_id: PersonId
  written_by: Generated<string>
  at: Generated<Date>
}

export interface CriteriaLogFloorTable {
  account_id: AccountId
  written_by: string
}

export interface OptOutTable {
  account_id: AccountId
  medium: Medium
  value_key: string
  since: Date
  paused: Generated<PersonId[]>
}

export interface ConsentTable {
  account_id: AccountId
  consent_id: string
  medium: Medium
  value_key: string
  kind: 'stop' | 'start' | 'help'
  words: string
  key: Buffer
  at: Date
}
