import type { TicketId } from '@parley/model'
import type { Fact } from '@parley/rules'
import { sql } from 'kysely'
import { askerOn, type Structure, type Turn } from '../road/index.ts'

/** Beyond these nothing changes what a question is about. */
const mostMessages = 10

/** What the visitor has said in the intake of a ticket, in their own words, oldest first: never what they filled into a form. */
export async function readOwnWords(turn: Turn, ticket: Structure['tickets'][number]): Promise<string> {
  const { account } = turn.structure
  const asker = askerOn(turn.structure, ticket.id)
  const { rows } = await sql<{ body: string }>`
    select m.message_id, m.body from placement p
    join message m on m.account_id = p.account_id and m.message_id = p.message_id
    where p.account_id = ${account} and p.interaction_id = ${ticket.intake} and m.person_id = ${asker} and m.kind = 'said'
    order by p.position limit ${mostMessages}`.execute(turn.tx)
  return rows
    .map(({ body }) => body)
    .join('\n')
    .trim()
}

export async function readKnownFacts(turn: Turn, ticket: TicketId): Promise<readonly Fact[]> {
  const row = await turn.tx
    .selectFrom('ticket')
    .select(['account_id', 'facts'])
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', ticket)
    .executeTakeFirstOrThrow()
  return row.facts
}
