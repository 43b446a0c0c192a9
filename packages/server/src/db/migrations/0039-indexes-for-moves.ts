import { type Kysely, sql } from 'kysely'

/** What is looked for by an id when a conversation ends, moves or is searched for people, and had to be looked for among all of an account's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'create index offer_conversation on offer (account_id, conversation_id)',
  'create index delivery_offer on delivery (account_id, offer_id) where offer_id is not null',
  'create index interaction_ticket on interaction (account_id, ticket_id)',
  'create index held_conversation on held_item (account_id, conversation_id) where conversation_id is not null',
  // Those that were retired move with their conversation, too.
  'drop index relay_conversation',
  'create index relay_conversation on relay_address (account_id, conversation_id)',
]
