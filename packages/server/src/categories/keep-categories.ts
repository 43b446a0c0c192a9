import { type AccountId, type CategoryId, newId } from '@parley/model'
import type { AdminCategory } from '@parley/protocol'
import { sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'

/** So many, retired ones too: a list that somebody can still choose from. */
const most = 500

/** The account's categories in its order. */
export async function listCategories(reader: Reader, account: AccountId): Promise<AdminCategory[]> {
  const rows = await reader
    .selectFrom('category')
    .select(['category_id', 'names', 'colour', 'retired_at'])
    .where('account_id', '=', account)
    .orderBy('position')
    .orderBy('category_id')
    .execute()
  return rows.map(({ category_id, names, colour, retired_at }) => ({
    id: category_id,
    names,
    colour,
    isRetired: retired_at !== null,
  }))
}

/** At the end of the list. Null where there are too many. */
export async function addCategory(
  tx: Writer,
  account: AccountId,
  { names, colour }: { names: Readonly<Record<string, string>>; colour: number },
): Promise<CategoryId | null> {
  const category = newId<CategoryId>()
  await lockList(tx, account)
  const { rows } = await sql`
    insert into category (account_id, category_id, names, colour, position)
    select ${account}, ${category}, ${JSON.stringify(names)}::jsonb, ${colour}, coalesce(max(position) + 1, 0)
    from category where account_id = ${account} having count(*) < ${most} returning 1`.execute(tx)
  return rows.length > 0 ? category : null
}

/** Other names, another colour or place, retired or chosen again. Whatever has it keeps it. */
export async function changeCategory(
  tx: Writer,
  account: AccountId,
  category: CategoryId,
  change: {
    readonly names?: Readonly<Record<string, string>> | undefined
    readonly colour?: number | undefined
    readonly position?: number | undefined
    readonly isRetired?: boolean | undefined
  },
  now: Date,
): Promise<boolean> {
  const { names, colour, position, isRetired } = change
  await lockList(tx, account)
  const order = (await listCategories(tx, account)).map(({ id }) => id)
  if (!order.includes(category)) return false
  await tx
    .updateTable('category')
    .set({
      // A change of nothing is still one.
      category_id: category,
      ...(names ? { names: JSON.stringify(names) } : {}),
      ...(colour === undefined ? {} : { colour }),
      ...(isRetired === undefined ? {} : { retired_at: isRetired ? now : null }),
    })
    .where('account_id', '=', account)
    .where('category_id', '=', category)
    .execute()
  if (position === undefined) return true
  const moved = order.filter((id) => id !== category)
  moved.splice(position, 0, category)
  await sql`update category c set position = n.place - 1
    from unnest(${moved}::uuid[]) with ordinality as n(id, place)
    where c.account_id = ${account} and c.category_id = n.id`.execute(tx)
  return true
}

/** Two who change the order at once would leave two in one place. */
async function lockList(tx: Writer, account: AccountId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`categories ${account}`}, 0))`.execute(tx)
}
