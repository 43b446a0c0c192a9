import type { AccountId, ConversationId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { whatItBecame } from '../road/index.ts'

export interface Named {
  readonly conversation?: string | undefined
  readonly ticket?: string | undefined
  readonly interaction?: string | undefined
  readonly message?: string | undefined
}

/**
 * The conversation that each of these things belongs to now, each once; null when one of them is not there. A conversation that was merged
 * into another is the other one.
 */
export async function conversationsOf(
  db: Reader,
  account: AccountId,
  things: readonly Named[],
): Promise<ConversationId[] | null> {
  const homes: (ConversationId | null)[] = []
  // All are looked for, also when one is not there: it must not take less time than being refused them.
  for (const thing of things) homes.push(await homeOf(db, account, thing))
  const found = homes.filter((home) => home !== null)
  return found.length === homes.length ? [...new Set(found)] : null
}

async function homeOf(db: Reader, account: AccountId, thing: Named): Promise<ConversationId | null> {
  for (const table of ['message', 'interaction', 'ticket'] as const) {
    const id = thing[table]
    if (id === undefined) continue
    const { rows } = await sql<{ home: ConversationId }>`select conversation_id as home from ${sql.table(table)}
      where account_id = ${account} and ${sql.ref(`${table}_id`)} = ${id}`.execute(db)
    return rows[0]?.home ?? null
  }
  return thing.conversation === undefined ? null : whatItBecame(db, account, thing.conversation as ConversationId)
}
