import { type Kysely, sql } from 'kysely'

/** What names a blob is found by it, so that what nothing names can be removed. What was held and is decided keeps no words. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'create index attachment_blob on attachment (account_id, blob_id)',
  'create index message_raw on message (account_id, raw_blob_id) where raw_blob_id is not null',
  'create index held_raw on held_item (account_id, raw_blob_id) where raw_blob_id is not null',
  `create index offer_kept on offer (account_id) where kept <> '[]'::jsonb`,
  `update held_item set said = '{}', claims = '', sender_key = null, raw_blob_id = null where state <> 'waiting'`,
]
