import type { AccountId, ConversationId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { loadStructures, nowCalled, type Structure } from '../road/index.ts'
import { onceCalled } from './once-called.ts'

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

/**
 * The links of these conversations and of everything in them, by what each end means now: what was linked goes on being so in what it was
 * merged into, at both ends. `person`: for them alone; what leads to where they have no right is not looked for further, so that a link that is
 * hidden from them costs nothing that could be noticed.
 */
export async function readLinks(
  db: Reader,
  account: AccountId,
  structures: readonly Structure[],
  person: PersonId | null,
): Promise<Links> {
  const called = await onceCalled(db, account, structures)
  const ids = [...called.keys(), ...structures.flatMap(({ interactions }) => [...interactions.keys()])]
  const { rows } = await sql<{ from: string; of: Linked['of']; id: string; conversation: ConversationId | null }>`
    select * from (select e.from_id as from, e.of, e.id, e.at, case when e.of = 'conversation' then ${nowCalled(account, sql`e.id`)}
      else coalesce(t.conversation_id, i.conversation_id) end as conversation
    from (select a_id as from_id, b_of as of, b_id as id, at from tie where account_id = ${account} and a_id = any(${ids}::uuid[])
      union all select b_id, a_of, a_id, at from tie where account_id = ${account} and b_id = any(${ids}::uuid[])) e
    left join ticket t on e.of = 'ticket' and t.account_id = ${account} and t.ticket_id = e.id
    left join interaction i on e.of = 'interaction' and i.account_id = ${account} and i.interaction_id = e.id
    ) linked
    where ${person}::uuid is null or exists (select from span s where s.account_id = ${account} and s.person_id = ${person}
      and s.conversation_id = linked.conversation and s.until >= s.from_position and (linked.of <> 'interaction' or s.interaction_id = linked.id))
    order by at, id`.execute(db)
  if (rows.length === 0) return noLinks
  const others = [...new Set(rows.flatMap(({ conversation }) => conversation ?? []))]
  const loaded = await loadStructures(db, account, others)
  const calledThere = await onceCalled(db, account, [...loaded.values()])
  const links = new Map<string, Linked[]>()
  for (const row of rows) {
    const structure = row.conversation && loaded.get(row.conversation)
    if (!structure) continue
    const { of } = row
    const [from, id] = [called.get(row.from) ?? row.from, calledThere.get(row.id) ?? row.id]
    const own = links.get(from) ?? []
    // Two that were merged into one point at nothing by that, and what both pointed at is pointed at once.
    if (from !== id && own.every((one) => one.id !== id)) links.set(from, [...own, { of, id, structure }])
  }
  return { of: (id) => links.get(id) ?? [] }
}
