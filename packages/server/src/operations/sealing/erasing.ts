import type { AccountId, ConversationId, OperationId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Database, Role, Writer } from '../../db/index.ts'

/** What is to be erased, by which operation, and for whom. */
export interface Erasing {
  readonly account: AccountId
  readonly id: OperationId
  readonly of: { readonly conversation: ConversationId } | { readonly person: PersonId }
  /** Null: whoever runs the installation, by its command line. */
  readonly by: PersonId | null
  readonly role: Role | 'installation' | null
}

/** Where a process may die while it erases: tests stop one there. */
export type ErasingPoint = 'noted' | 'keys-destroyed' | 'rows-removed'

/** What there was, and how much of it lay open: older backups hold that until they are thrown away. */
export interface Erased {
  readonly messages: number
  readonly openMessages: number
  readonly files: number
  readonly openFiles: number
  readonly deliveries: number
}

/**
 * Writes down that this is being erased, on a connection of its own, before anything is destroyed: from here on it will be, whatever
 * becomes of this process.
 */
export async function noteErasing(
  { workers }: Database,
  { account, id, of, by, role }: Erasing,
  now: Date,
): Promise<void> {
  await workers
    .insertInto('erasing')
    .values({
      account_id: account,
      erasing_id: id,
      ...('conversation' in of ? { of: 'conversation', of_id: of.conversation } : { of: 'person', of_id: of.person }),
      asked_by: by,
      by_role: role,
      asked_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** It is erased: in the transaction that removed the rows. */
export async function endErasing(tx: Writer, { account, id }: Pick<Erasing, 'account' | 'id'>): Promise<void> {
  await tx.deleteFrom('erasing').where('account_id', '=', account).where('erasing_id', '=', id).execute()
}

/** Is one of these conversations or people to be erased, though a process died over it? */
export async function isBeingErased(
  tx: Writer,
  account: AccountId,
  ids: readonly (ConversationId | PersonId)[],
): Promise<boolean> {
  const { rows } = await sql`
    select from erasing where account_id = ${account} and of_id = any(${ids}::uuid[]) limit 1`.execute(tx)
  return rows.length > 0
}

/** What is noted since before a moment, and not done yet. */
export async function unfinished({ workers }: Database, before: Date): Promise<Erasing[]> {
  const rows = await workers
    .selectFrom('erasing')
    .selectAll()
    .where('asked_at', '<', before)
    .orderBy('asked_at')
    .execute()
  return rows.map((row) => ({
    account: row.account_id,
    id: row.erasing_id,
    of: row.of === 'conversation' ? { conversation: row.of_id as ConversationId } : { person: row.of_id as PersonId },
    by: row.asked_by,
    role: row.by_role,
  }))
}

/** Counts what is about to go: messages, files and deliveries. */
export async function countErased(
  tx: Writer,
  account: AccountId,
  which: { messages: ReturnType<typeof sql>; files: ReturnType<typeof sql>; deliveries: ReturnType<typeof sql> },
): Promise<Erased> {
  const { rows } = await sql<Erased>`
    select (select count(*)::int from message m where m.account_id = ${account} and ${which.messages}) as messages,
      (select count(*)::int from message m where m.account_id = ${account} and ${which.messages} and m.encryption = 'none') as "openMessages",
      (select count(*)::int from attachment f where f.account_id = ${account} and ${which.files}) as files,
      (select count(*)::int from attachment f join blob b on b.account_id = f.account_id and b.blob_id = f.blob_id
        where f.account_id = ${account} and ${which.files} and not b.own_key) as "openFiles",
      (select count(*)::int from delivery d where d.account_id = ${account} and ${which.deliveries}) as deliveries`.execute(
    tx,
  )
  const [counted] = rows
  if (!counted) throw new Error('a query without a condition answered nothing')
  return counted
}
