import type { OperationId } from '@parley/model'
import { type Change, isSealedSomewhere } from '@parley/rules'
import { sealingOf } from '../db/index.ts'
import type { Turns } from '../road/index.ts'

/** What undoing turns round holds names and tags as they were: sealed where what they belong to is. */
export async function sealChanges(
  turns: Turns,
  operation: OperationId,
  changes: readonly Change[],
): Promise<readonly Change[] | string> {
  const sealed = turns.all.find(({ structure }) => isSealedSomewhere(structure))
  if (!sealed) return changes
  const { account, values } = sealingOf(turns.tx)
  const place = { table: 'operation', column: 'changes', row: operation }
  return values.seal(account, { conversation: sealed.structure.conversation }, place, { json: changes })
}
