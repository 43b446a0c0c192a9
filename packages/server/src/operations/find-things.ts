import type { AccountId, ConversationId } from '@parley/model'
import { watches } from '@parley/rules'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { whatItBecame } from '../road/index.ts'
import type { Actor } from './operation.ts'

export interface Named {
  readonly conversation?: string | undefined
  readonly ticket?: string | undefined
  readonly interaction?: string | undefined
  readonly message?: string | undefined
  /** Somebody's place in an interaction. */
  readonly participant?: string | undefined
}

/**
 * The conversation that each of these things belongs to now, each once; null when one of them is not there, or is an interaction, or a
 * place in one, in which whoever asks has no part and over which they do not watch. A conversation that was merged into another is the other one.
 */
export async function conversationsOf(
  db: Reader,
  who: Pick<Actor, 'account' | 'person' | 'role'>,
  things: readonly Named[],
): Promise<ConversationId[] | null> {
  const homes: (ConversationId | null)[] = []
  // All are looked for, also when one is not there: it must not take less time than being refused them.
  for (const thing of things) homes.push(await homeOf(db, who.account, thing, who))
  const found = homes.filter((home) => home !== null)
  return found.length === homes.length ? [...new Set(found)] : null
}

/** The conversation that it belongs to now; of whoever has a part in it where `who` is given. */
export async function homeOf(
  db: Reader,
  account: AccountId,
  thing: Named,
  who: Pick<Actor, 'person' | 'role'> | null = null,
): Promise<ConversationId | null> {
  for (const table of ['message', 'participant', 'interaction', 'ticket'] as const) {
    const id = thing[table]
    if (id === undefined) continue
    // What is hidden is looked for as what is not there: by one question. What was taken back is nothing that somebody has read.
    const isTheirs =
      who && !watches(who) && (table === 'interaction' || table === 'participant')
        ? sql<boolean>`exists (select from span s
            join interaction i on i.account_id = s.account_id and i.interaction_id = s.interaction_id
            where s.account_id = ${account} and s.person_id = ${who.person}
              and s.interaction_id = ${sql.ref(`${table}.interaction_id`)} and s.until - s.from_position
                >= (select count(*) from unnest(i.withdrawn) at where at between s.from_position and s.until))`
        : sql<boolean>`true`
    const { rows } = await sql<{ home: ConversationId }>`select conversation_id as home from ${sql.table(table)}
      where account_id = ${account} and ${sql.ref(`${table}_id`)} = ${id} and ${isTheirs}`.execute(db)
    return rows[0]?.home ?? null
  }
  return thing.conversation === undefined ? null : whatItBecame(db, account, thing.conversation as ConversationId)
}
