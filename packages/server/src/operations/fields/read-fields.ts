import type { AccountId, CategoryId } from '@parley/model'
import type { Fields, Thing } from '@parley/rules'
import { sql } from 'kysely'
import type { Reader } from '../../db/index.ts'
import type { Structure } from '../../road/index.ts'

export type FieldsThing = Exclude<Thing, { place: string }>

interface Row extends Omit<Fields, 'takesFrom' | 'takesUntil' | 'primary'> {
  row_id: string
  takes_from: Date | null
  takes_until: Date | null
  primary: string | null
}

/** What stands beside a conversation, a ticket or an interaction now. */
export async function readFields(db: Reader, account: AccountId, of: FieldsThing): Promise<Fields | null> {
  const [table, id] =
    'conversation' in of
      ? ['conversation', of.conversation]
      : 'ticket' in of
        ? ['ticket', of.ticket]
        : ['interaction', of.interaction]
  const { rows } = await sql<Row>`
    select ${sql.ref(`${table}_id`)} as row_id, name, category, tags, metadata, folder, categories::text[] as categories, answers, takes_from, takes_until,
      primary_participant_id as primary
    from ${sql.table(table)} where account_id = ${account} and ${sql.ref(`${table}_id`)} = ${id}`.execute(db)
  const [row] = rows
  if (!row) return null
  const { takes_from, takes_until, row_id: _, ...rest } = row
  return { ...rest, takesFrom: takes_from?.toISOString() ?? null, takesUntil: takes_until?.toISOString() ?? null }
}

/** The own lists of categories of what this is part of, the nearest first: of its parents, its ticket, its conversation. */
export async function listsAround(db: Reader, structure: Structure, of: FieldsThing): Promise<(CategoryId[] | null)[]> {
  const { account, conversation } = structure
  if ('conversation' in of) return []
  const interactions = 'interaction' in of ? parentsOf(structure, of.interaction) : []
  const ticket =
    'ticket' in of
      ? null
      : ([...structure.interactions.values()].find(({ id }) => id === of.interaction)?.ticket ?? null)
  const { rows } = await sql<{ list: CategoryId[] | null }>`
    select i.categories::text[] as list from unnest(${interactions}::uuid[]) with ordinality as n(id, far)
      join interaction i on i.account_id = ${account} and i.interaction_id = n.id order by n.far`.execute(db)
  const around = await sql<{ list: CategoryId[] | null }>`
    select categories::text[] as list, 0 as far from ticket where account_id = ${account} and ticket_id = ${ticket}
    union all select categories::text[], 1 from conversation where account_id = ${account} and conversation_id = ${conversation}
    order by far`.execute(db)
  return [...rows, ...around.rows].map(({ list }) => list)
}

function parentsOf(structure: Structure, interaction: string): string[] {
  const parents: string[] = []
  const all = new Map<string, { parent: string | null }>(structure.interactions)
  for (let at = all.get(interaction)?.parent ?? null; at !== null; at = all.get(at)?.parent ?? null) {
    if (parents.includes(at)) break
    parents.push(at)
  }
  return parents
}

/** The categories of the account that may still be chosen. */
export async function chosenCategories(db: Reader, account: AccountId): Promise<CategoryId[]> {
  const rows = await db
    .selectFrom('category')
    .select('category_id')
    .where('account_id', '=', account)
    .where('retired_at', 'is', null)
    .orderBy('position')
    .execute()
  return rows.map(({ category_id }) => category_id)
}
