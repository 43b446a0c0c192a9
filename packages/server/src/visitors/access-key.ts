import { createHash, randomBytes } from 'node:crypto'
import type { AccountId, AddressId, ConversationId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Database, Tables, Writer } from '../db/index.ts'

export type KeyPurpose = Tables['access_key']['purpose']

export interface AccessKey {
  account: AccountId
  person: PersonId
  conversation: ConversationId | null
  address: AddressId | null
  bound: Record<string, string>
}

/** A secret of 192 random bits that proves to be someone or to be allowed one thing. Stored as its hash only. */
export async function makeAccessKey(
  tx: Writer,
  wanted: {
    account: AccountId
    purpose: KeyPurpose
    person: PersonId
    conversation?: ConversationId
    bound?: Record<string, string>
    lastsMs: number
    now: Date
  },
): Promise<string> {
  const secret = randomBytes(24).toString('base64url')
  await tx
    .insertInto('access_key')
    .values({
      account_id: wanted.account,
      key_hash: hashSecret(secret),
      purpose: wanted.purpose,
      person_id: wanted.person,
      conversation_id: wanted.conversation ?? null,
      address_id: null,
      bound: JSON.stringify(wanted.bound ?? {}),
      created_at: wanted.now,
      expires_at: new Date(wanted.now.getTime() + wanted.lastsMs),
      used_at: null,
    })
    .execute()
  return secret
}

/** Whose a secret is, as long as it lasts. `once`: it is used up by this, exactly once even when asked twice at the same time. */
export async function findAccessKey(
  db: Database,
  secret: string,
  purpose: KeyPurpose,
  now: Date,
  use: 'once' | 'again',
): Promise<AccessKey | null> {
  if (secret.length > 200) return null
  const hash = hashSecret(secret)
  const { rows } = await sql<AccessKey>`
    update access_key set used_at = ${now}
    where key_hash = ${hash} and purpose = ${purpose} and expires_at > ${now} and (${use === 'again'} or used_at is null)
    returning account_id as account, person_id as person, conversation_id as conversation, address_id as address, bound
  `.execute(db.workers)
  return rows[0] ?? null
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
