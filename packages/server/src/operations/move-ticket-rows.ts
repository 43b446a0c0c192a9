import type { AccountId } from '@parley/model'
import type { Change } from '@parley/rules'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'

/**
 * A ticket and all that hangs on it belong to another conversation. Ordinals stay as they are: they tell what came first in one
 * interaction, and nothing across two.
 */
export async function moveTicketRows(
  tx: Writer,
  account: AccountId,
  { ticket, from, to }: Extract<Change, { kind: 'move-ticket' }>,
): Promise<void> {
  const inside = sql`(select interaction_id from interaction where account_id = ${account} and ticket_id = ${ticket})`
  const places = sql`(select participant_id from participant where account_id = ${account} and conversation_id = ${to}
    and interaction_id in ${inside})`
  const here = sql`account_id = ${account} and conversation_id = ${from}`
  const moved = sql`set conversation_id = ${to}`
  await sql`update ticket ${moved} where ${here} and ticket_id = ${ticket}`.execute(tx)
  for (const table of ['participant', 'span', 'place_invitation']) {
    await sql`update ${sql.table(table)} ${moved} where ${here} and interaction_id in ${inside}`.execute(tx)
  }
  // Every placement of an interaction is in its conversation: by the interaction, of which there is an index.
  await sql`update placement ${moved} where account_id = ${account} and interaction_id in ${inside}`.execute(tx)
  // A message said to all stands in several: it goes with the last of them. By the placements, of which there is an index.
  await sql`update message m ${moved} from placement p where p.account_id = ${account} and p.interaction_id in ${inside}
    and m.account_id = p.account_id and m.message_id = p.message_id and m.conversation_id = ${from} and not exists (
      select from placement o where o.account_id = m.account_id and o.message_id = m.message_id and o.conversation_id = ${from})`.execute(
    tx,
  )
  await sql`update attachment a ${moved} from placement p where p.account_id = ${account} and p.interaction_id in ${inside}
    and a.account_id = p.account_id and a.message_id = p.message_id and a.conversation_id = ${from} and not exists (
      select from placement o where o.account_id = a.account_id and o.message_id = a.message_id and o.conversation_id = ${from})`.execute(
    tx,
  )
  await sql`update relay_address ${moved} where ${here} and (ticket_id = ${ticket} or participant_id in ${places})`.execute(
    tx,
  )
  await sql`update held_item h ${moved} from relay_address r where h.account_id = ${account} and h.conversation_id = ${from}
    and r.account_id = h.account_id and r.relay_id = h.relay_id and r.conversation_id = ${to}`.execute(tx)
  for (const table of ['offer', 'concierge_run', 'topic_question']) {
    await sql`update ${sql.table(table)} ${moved} where ${here} and ticket_id = ${ticket}`.execute(tx)
  }
  await sql`update delivery ${moved} where ${here} and (interaction_id in ${inside}
    or offer_id in (select offer_id from offer where account_id = ${account} and ticket_id = ${ticket}))`.execute(tx)
  await sql`update event ${moved} where ${here} and (ticket_id = ${ticket} or interaction_id in ${inside})`.execute(tx)
  await sql`update interaction ${moved} where ${here} and ticket_id = ${ticket}`.execute(tx)
  await sql`update conversation t set ordinal = greatest(t.ordinal, f.ordinal), last_at = greatest(t.last_at, f.last_at)
    from conversation f where t.account_id = ${account} and t.conversation_id = ${to}
      and f.account_id = ${account} and f.conversation_id = ${from}`.execute(tx)
}
