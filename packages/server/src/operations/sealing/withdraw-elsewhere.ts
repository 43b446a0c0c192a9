import type { AccountId, ConversationId, InteractionId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../../db/index.ts'
import type { Turns } from '../../road/index.ts'

/** The conversations in which messages of these stand besides, since they were copied there. */
export async function standElsewhere(
  db: Reader,
  account: AccountId,
  conversations: readonly ConversationId[],
): Promise<ConversationId[]> {
  const { rows } = await sql<{ id: ConversationId }>`
    select distinct p.conversation_id as id from message m join placement p on p.account_id = m.account_id and p.message_id = m.message_id
    where m.account_id = ${account} and m.conversation_id = any(${conversations}::uuid[])
      and p.conversation_id <> all(${conversations}::uuid[])`.execute(db)
  return rows.map(({ id }) => id)
}

/** Messages of these are taken back where they were copied to: they are read there no more, and counted in nobody's numbers. */
export async function withdrawElsewhere(
  turns: Turns,
  account: AccountId,
  conversations: readonly ConversationId[],
): Promise<void> {
  const { tx } = turns
  const { rows } = await sql<{ interaction: InteractionId; positions: number[] }>`
    select p.interaction_id as interaction, array_agg(p.position) as positions
    from message m join placement p on p.account_id = m.account_id and p.message_id = m.message_id
    where m.account_id = ${account} and m.conversation_id = any(${conversations}::uuid[])
      and p.conversation_id <> all(${conversations}::uuid[])
    group by p.interaction_id`.execute(tx)
  if (rows.length === 0) return
  for (const { interaction, positions } of rows) {
    await sql`update interaction set withdrawn = array(select distinct unnest(withdrawn || ${positions}::int[]))
      where account_id = ${account} and interaction_id = ${interaction}`.execute(tx)
  }
  // What is on its way from there has no words any more.
  const sent = sql`select d.delivery_id from delivery d join message m on m.account_id = d.account_id and m.message_id = d.message_id
    where m.account_id = ${account} and m.conversation_id = any(${conversations}::uuid[])`
  for (const table of ['attempt', 'provider_reference', 'delivery']) {
    await sql`delete from ${sql.table(table)} where account_id = ${account} and delivery_id in (${sent})`.execute(tx)
  }
  for (const turn of turns.all) {
    if (!conversations.includes(turn.structure.conversation)) await turn.restructure()
  }
}
