import type { AccountId, ConversationId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import type { Structure } from '../road/index.ts'

/** Every id by which these conversations and their tickets were once called, themselves among them, and what each means now. */
export async function onceCalled(
  db: Reader,
  account: AccountId,
  structures: readonly Structure[],
): Promise<ReadonlyMap<string, string>> {
  const ids = structures.map(({ conversation }) => conversation)
  const { rows } = await sql<{ was: ConversationId; now: ConversationId }>`
    with recursive led (was, now) as (
      select id, id from unnest(${ids}::uuid[]) as own (id)
      union select c.conversation_id, led.now from led
        join conversation c on c.account_id = ${account} and c.merged_into = led.was)
    select was, now from led`.execute(db)
  const called = new Map<string, string>(rows.map(({ was, now }) => [was, now]))
  for (const { tickets } of structures) for (const { id } of tickets) called.set(id, ticketNow(tickets, id))
  return called
}

function ticketNow(tickets: Structure['tickets'], id: string): string {
  const into = tickets.find((ticket) => ticket.id === id)?.mergedInto
  return into ? ticketNow(tickets, into) : id
}
