import type { AccountId, ApiKeyId, PersonId } from '@parley/model'
import type { Generated } from 'kysely'

// Programs that take part by the same rules as people.

export interface ProgramTable {
  account_id: AccountId
  person_id: PersonId
  secret_number: Generated<number>
  old_secret_until: Generated<Date | null>
  created_by: PersonId
  created_at: Date
}

export interface ApiKeyTable {
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

export interface OutsidePersonTable {
  account_id: AccountId
  program_id: PersonId
  key: string
  person_id: PersonId
  created_at: Date
}

export interface KeptResponseTable {
  account_id: AccountId
  person_id: PersonId
  key_hash: Buffer
  request_hash: Buffer
  body: Generated<string | null>
  created_at: Date
}
