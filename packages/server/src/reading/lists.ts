import { type AccountId, type ExampleId, newId, type PersonId, type ProductId, type TopicId } from '@parley/model'
import { compileNumberPattern, type PatternRefusal } from '@parley/rules'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'

/** What an administrator teaches: each change says that there is something new to learn, or new lists to read by. */

const mostExamples = 50_000
const mostKeywords = 10_000
const mostProducts = 10_000
const mostPatterns = 50

export type ListRefusal = 'not-there' | 'too-many'

/** Adds examples to a topic; null: about none of the topics. One that is there already is not added again. */
export async function addExamples(
  tx: Writer,
  wanted: { account: AccountId; by: PersonId; topic: TopicId | null; texts: readonly string[] },
  now: Date,
): Promise<{ readonly ok: true; readonly added: number } | { readonly ok: false; readonly refusal: ListRefusal }> {
  const { account, by, topic } = wanted
  if (topic !== null && !(await isTopic(tx, account, topic))) return { ok: false, refusal: 'not-there' }
  const known = await tx
    .selectFrom('reading_example')
    .select('text')
    .where('account_id', '=', account)
    .where('topic_id', topic === null ? 'is' : '=', topic)
    .execute()
  const before = new Set(known.map(({ text }) => text))
  const texts = [...new Set(wanted.texts)].filter((text) => !before.has(text))
  if ((await count(tx, 'reading_example', account)) + texts.length > mostExamples)
    return { ok: false, refusal: 'too-many' }
  if (texts.length > 0) {
    const rows = texts.map((text) => ({
      account_id: account,
      example_id: newId<ExampleId>(),
      topic_id: topic,
      text,
      given_by: by,
      created_at: now,
    }))
    await tx.insertInto('reading_example').values(rows).execute()
    await wantTraining(tx, account, now)
  }
  return { ok: true, added: texts.length }
}

export async function removeExample(tx: Writer, account: AccountId, example: ExampleId, now: Date): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('reading_example')
    .where('account_id', '=', account)
    .where('example_id', '=', example)
    .executeTakeFirstOrThrow()
  if (numDeletedRows > 0n) await wantTraining(tx, account, now)
  return numDeletedRows > 0n
}

/** The keywords of a topic, all of them anew. */
export async function setKeywords(
  tx: Writer,
  wanted: { account: AccountId; topic: TopicId; keywords: readonly string[] },
  now: Date,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: ListRefusal }> {
  const { account, topic } = wanted
  if (!(await isTopic(tx, account, topic))) return { ok: false, refusal: 'not-there' }
  await tx.deleteFrom('reading_keyword').where('account_id', '=', account).where('topic_id', '=', topic).execute()
  const keywords = [...new Set(wanted.keywords)]
  if ((await count(tx, 'reading_keyword', account)) + keywords.length > mostKeywords)
    return { ok: false, refusal: 'too-many' }
  if (keywords.length > 0) {
    const rows = keywords.map((keyword) => ({ account_id: account, topic_id: topic, keyword }))
    await tx.insertInto('reading_keyword').values(rows).execute()
  }
  await wantTraining(tx, account, now)
  return { ok: true }
}

/** Adds a product, or gives one that is called so its other names anew. */
export async function saveProduct(
  tx: Writer,
  wanted: { account: AccountId; name: string; names: readonly string[] },
): Promise<{ readonly ok: true; readonly id: ProductId } | { readonly ok: false; readonly refusal: ListRefusal }> {
  const { account, name, names } = wanted
  if ((await count(tx, 'product', account)) >= mostProducts) return { ok: false, refusal: 'too-many' }
  const { rows } = await sql<{ id: ProductId }>`
    insert into product (account_id, product_id, name, names) values (${account}, ${newId<ProductId>()}, ${name}, ${sql.val([...names])})
    on conflict (account_id, lower(name)) do update set name = excluded.name, names = excluded.names
    returning product_id as id`.execute(tx)
  await raiseLists(tx, account)
  const [row] = rows
  if (!row) throw new Error('a product that was just saved is not there')
  return { ok: true, id: row.id }
}

export async function removeProduct(tx: Writer, account: AccountId, product: ProductId): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('product')
    .where('account_id', '=', account)
    .where('product_id', '=', product)
    .executeTakeFirstOrThrow()
  if (numDeletedRows > 0n) await raiseLists(tx, account)
  return numDeletedRows > 0n
}

/** A pattern by its name, new or changed; one that could not be searched in bounded time is refused with the place. */
export async function savePattern(
  tx: Writer,
  wanted: { account: AccountId; name: string; pattern: string },
): Promise<{ readonly ok: true } | PatternRefusal | { readonly ok: false; readonly refusal: 'too-many' }> {
  const { account, name, pattern } = wanted
  const compiled = compileNumberPattern(pattern)
  if (!compiled.ok) return compiled
  if ((await count(tx, 'number_pattern', account)) >= mostPatterns) return { ok: false, refusal: 'too-many' }
  await tx
    .insertInto('number_pattern')
    .values({ account_id: account, name, pattern })
    .onConflict((conflict) => conflict.columns(['account_id', 'name']).doUpdateSet({ pattern }))
    .execute()
  await raiseLists(tx, account)
  return { ok: true }
}

export async function removePattern(tx: Writer, account: AccountId, name: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('number_pattern')
    .where('account_id', '=', account)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  if (numDeletedRows > 0n) await raiseLists(tx, account)
  return numDeletedRows > 0n
}

/** Something new is there to learn. */
async function wantTraining(tx: Writer, account: AccountId, now: Date): Promise<void> {
  await tx
    .insertInto('reading')
    .values({ account_id: account, wanted_at: now })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ wanted_at: now }))
    .execute()
}

async function raiseLists(tx: Writer, account: AccountId): Promise<void> {
  await tx
    .insertInto('reading')
    .values({ account_id: account, lists: 1 })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ lists: sql`reading.lists + 1` }))
    .execute()
}

async function isTopic(tx: Writer, account: AccountId, topic: TopicId): Promise<boolean> {
  const found = await tx
    .selectFrom('topic')
    .select('topic_id')
    .where('account_id', '=', account)
    .where('topic_id', '=', topic)
    .executeTakeFirst()
  return found !== undefined
}

async function count(
  tx: Writer,
  table: 'reading_example' | 'reading_keyword' | 'product' | 'number_pattern',
  account: AccountId,
): Promise<number> {
  const row = await tx
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
