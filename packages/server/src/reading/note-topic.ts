import type { TicketId } from '@parley/model'
import type { Fact } from '@parley/rules'
import { sql } from 'kysely'
import type { Turn } from '../road/index.ts'

/** A topic that has become known is the ticket's, where it is one of the account's. */
export async function noteTopic(turn: Turn, ticket: TicketId, facts: readonly Fact[]): Promise<void> {
  const topic = facts.find(({ about, value }) => about === 'topic' && value !== '')?.value
  if (topic === undefined) return
  const { account } = turn.structure
  await sql`
    update ticket set topic_id = coalesce((select t.topic_id from topic t where t.account_id = ${account}
      and t.topic_id::text = ${topic}), topic_id)
    where account_id = ${account} and ticket_id = ${ticket}`.execute(turn.tx)
}
