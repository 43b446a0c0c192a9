import { type Kysely, sql } from 'kysely'

/**
 * What has ended, and whose addresses are still to be retired, stands in an index of its own: the sweep looks at nothing else, however
 * much has ended before. A conversation that is opened again, or a place that is taken again, counts anew when it ends again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table conversation add column relays_retired_at timestamptz',
  `create index conversation_to_retire on conversation (ends_at)
    where state = 'closed' and (relays_retired_at is null or relays_retired_at < ends_at)`,
  'alter table participant add column relays_retired_at timestamptz',
  `create index participant_to_retire on participant (left_at)
    where left_at is not null and (relays_retired_at is null or relays_retired_at < left_at)`,
  `create index relay_conversation on relay_address (account_id, conversation_id) where state = 'active'`,
]
