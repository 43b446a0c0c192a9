import type { AccountId, ConversationId } from '@parley/model'
import type { Reader } from '../db/index.ts'
import { loadStructures, type Structure } from '../road/index.ts'

/** The structures of these conversations, in their order; in the place of one that was merged into another, the other. Each once. */
export async function loadLeading(
  db: Reader,
  account: AccountId,
  ids: readonly ConversationId[],
): Promise<Structure[]> {
  const loaded = await loadStructures(db, account, ids)
  const structures = ids.flatMap((id) => loaded.get(id) ?? [])
  const into = structures.flatMap(({ mergedInto }) => mergedInto ?? [])
  if (into.length === 0) return structures
  const led = structures.map(({ conversation, mergedInto }) => mergedInto ?? conversation)
  return loadLeading(db, account, [...new Set(led)])
}
