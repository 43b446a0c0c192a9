import type { Sealable } from '@parley/rules'
import type { Turn } from '../../road/index.ts'
import { sealAddresses } from './seal-addresses.ts'
import { sealAsked } from './seal-asked.ts'
import { sealFields } from './seal-fields.ts'
import { sealMessages } from './seal-messages.ts'
import { sealOnTheWay } from './seal-on-the-way.ts'
import { type How, type Messages, scopeOf } from './seal-scope.ts'

/**
 * Writes everything that stands in this anew, sealed: under the conversation's lock, in the transaction in which it becomes so. What the
 * asker is reached at is theirs, and sealed with the whole.
 */
export async function sealRows(turn: Turn, of: Sealable | Messages, how: How = 'all'): Promise<void> {
  const scope = await scopeOf(turn, of, how)
  await sealMessages(scope)
  await sealAsked(scope)
  await sealFields(scope)
  await sealOnTheWay(scope)
  const { account, visitor } = turn.structure
  if (scope.isWhole && how === 'all') await sealAddresses(turn.tx, account, visitor)
}
