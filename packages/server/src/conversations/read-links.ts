import type { AccountId, ConversationId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { loadStructures, type Structure } from '../road/index.ts'

/** The other end of a link. */
interface Linked {
  readonly of: 'conversation' | 'ticket' | 'interaction'
  readonly id: string
  /** The conversation that it is part of. */
  readonly structure: Structure
}

/** What some things are linked with, by the id of each. Whether somebody may know of it is decided where it is shown. */
export interface Links {
  of(id: string): readonly Linked[]
}

export const noLinks: Links = { of: () => [] }

/** The links of these conversations and of everything in them. */
export async function readLinks(db: Reader, account: AccountId, structures: readonly Structure[]): Promise<Links> {
  const ids = structures.flatMap(({ conversation, tickets, interactions }) => [
    conversation,
    ...tickets.map(({ id }) => id),
    ...interactions.keys(),
  ])
  const { rows } = await sql<{ from: string; of: Linked['of']; id: string; conversation: ConversationId | null }>`
    select e.from_id as from, e.of, e.id, coalesce(c.merged_into, c.conversation_id, t.conversation_id, i.conversation_id) as conversation
    from (select a_id as from_id, b_of as of, b_id as id, at from tie where account_id = ${account} and a_id = any(${ids}::uuid[])
      union all select b_id, a_of, a_id, at from tie where account_id = ${account} and b_id = any(${ids}::uuid[])) e
    left join conversation c on e.of = 'conversation' and c.account_id = ${account} and c.conversation_id = e.id
    left join ticket t on e.of = 'ticket' and t.account_id = ${account} and t.ticket_id = e.id
    left join interaction i on e.of = 'interaction' and i.account_id = ${account} and i.interaction_id = e.id
    order by e.at, e.id`.execute(db)
  if (rows.length === 0) return noLinks
  const others = [...new Set(rows.flatMap(({ conversation }) => conversation ?? []))]
  const loaded = await loadStructures(db, account, others)
  const links = new Map<string, Linked[]>()
  for (const { from, of, id, conversation } of rows) {
    const structure = conversation && loaded.get(conversation)
    if (!structure) continue
    const linked = { of, id: of === 'conversation' ? structure.conversation : id, structure }
    links.set(from, [...(links.get(from) ?? []), linked])
  }
  return { of: (id) => links.get(id) ?? [] }
}
