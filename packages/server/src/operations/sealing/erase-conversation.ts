import type { AccountId, ConversationId } from '@parley/model'
import { sql } from 'kysely'
import { type Database, type Reader, sealingOf } from '../../db/index.ts'
import type { Turn, Turns } from '../../road/index.ts'
import { blobsOf, keepKeys, keysOf, removeRows, removeVisitor, withMerged } from './erase-rows.ts'
import { countErased, type Erased, type Erasing, type ErasingPoint, endErasing, noteErasing } from './erasing.ts'
import { listsWithConversations } from './lists-changed.ts'
import { vacuumAfter } from './vacuum-after.ts'
import { standElsewhere, withdrawElsewhere } from './withdraw-elsewhere.ts'

/** It, and those that it was copied into. */
export async function conversationsErasedWith(
  db: Reader,
  account: AccountId,
  conversation: ConversationId,
): Promise<ConversationId[]> {
  return [conversation, ...(await standElsewhere(db, account, await withMerged(db, account, conversation)))]
}

/**
 * Nothing of it can be read by anybody from then on. Noted first, then its keys are destroyed, then its rows are removed: a process may die
 * between any two of these, and what is left cannot be read and is removed by the next sweep.
 */
export async function eraseConversation(
  turns: Turns,
  turn: Turn,
  erasing: Erasing,
  { db, point = () => {} }: { db: Database; point?: (name: ErasingPoint) => Promise<void> | void },
): Promise<Erased> {
  const { tx, now } = turns
  const { account, conversation, visitor } = turn.structure
  const { values } = sealingOf(tx)
  await noteErasing(db, erasing, now)
  await point('noted')
  const all = await withMerged(tx, account, conversation)
  const blobs = await blobsOf(tx, account, all)
  const here = (table: string) =>
    sql`${sql.ref(`${table}.conversation_id`)} = any(${all satisfies ConversationId[]}::uuid[])`
  const erased = await countErased(tx, account, {
    messages: here('m'),
    files: sql`f.blob_id = any(${blobs}::uuid[])`,
    deliveries: here('d'),
  })
  turn.changed.push(...(await listsWithConversations(tx, account, all)))
  await keepKeys(tx, account, await keysOf(tx, account, all), now)
  for (const each of all) await values.destroy(account, { conversation: each })
  for (const blob of blobs) await values.destroy(account, { blob })
  await point('keys-destroyed')
  await withdrawElsewhere(turns, account, all)
  await removeRows(tx, account, all, blobs)
  if (await removeVisitor(tx, account, visitor, now)) {
    await values.destroy(account, { person: visitor })
    // What they come back by is no more: whoever goes on in the open window would lose it with the next page.
    turns.became.push(visitor)
  }
  await endErasing(tx, erasing)
  await point('rows-removed')
  turn.gone = true
  turns.afterwards.push(() => vacuumAfter(db))
  return erased
}
