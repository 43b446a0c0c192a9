import type { AccountId, ConversationId, PersonId } from '@parley/model'
import { mayRead } from '@parley/rules'
import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { loadStructures, nowCalled, type Structure, spansOf } from '../road/index.ts'
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
 * merged into, at both ends. `person`: for them alone; a link of which they may not know an end is not looked for further, so that it costs
 * nothing that could be noticed.
 */
export async function readLinks(
  db: Reader,
  account: AccountId,
  structures: readonly Structure[],
  person: PersonId | null,
): Promise<Links> {
  const called = await onceCalled(db, account, structures)
  const ids = nearEnds(called, structures, person)
  const { rows } = await sql<{ from: string; of: Linked['of']; id: string; conversation: ConversationId | null }>`
    select * from (select e.from_id as from, e.of, e.id, e.at, ${nowTicket(account, sql`e.id`)} as ticket,
      case when e.of = 'conversation' then ${nowCalled(account, sql`e.id`)} else coalesce(t.conversation_id, i.conversation_id) end as conversation
    from (select a_id as from_id, b_of as of, b_id as id, at from tie where account_id = ${account} and a_id = any(${ids}::uuid[])
      union all select b_id, a_of, a_id, at from tie where account_id = ${account} and b_id = any(${ids}::uuid[])) e
    left join ticket t on e.of = 'ticket' and t.account_id = ${account} and t.ticket_id = e.id
    left join interaction i on e.of = 'interaction' and i.account_id = ${account} and i.interaction_id = e.id
    ) linked
    where ${person}::uuid is null or exists (select from span s
      join interaction i on i.account_id = s.account_id and i.interaction_id = s.interaction_id
      where s.account_id = ${account} and s.person_id = ${person} and s.conversation_id = linked.conversation
        and (linked.of = 'conversation' or (linked.of = 'ticket' and i.ticket_id = linked.ticket) or i.interaction_id = linked.id)
        and s.until - s.from_position >= (select count(*) from unnest(i.withdrawn) w (position)
          where w.position between s.from_position and s.until))
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

/** By what the ends on this side were ever called. */
function nearEnds(
  called: ReadonlyMap<string, string>,
  structures: readonly Structure[],
  person: PersonId | null,
): string[] {
  const now = new Set<string>()
  for (const structure of structures) {
    const seen = [...structure.interactions.values()].filter(({ id }) => {
      return person === null || mayRead(spansOf(structure, person), id).length > 0
    })
    if (seen.length > 0) now.add(structure.conversation)
    for (const { id, ticket } of seen) now.add(id).add(ticket)
  }
  const once = [...called].flatMap(([was, is]) => (now.has(is) ? [was] : []))
  return [...new Set([...once, ...now])]
}

/** What a ticket became that was merged; null where this is the id of something else. */
function nowTicket(account: AccountId, ticket: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(with recursive led (ticket_id, merged_into) as (
    select ticket_id, merged_into from ticket where account_id = ${account} and ticket_id = ${ticket}
    union select n.ticket_id, n.merged_into from led
      join ticket n on n.account_id = ${account} and n.ticket_id = led.merged_into)
  select ticket_id from led where merged_into is null)`
}
