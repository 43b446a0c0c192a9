import type { AccountId, ConversationId } from '@parley/model'
import { type Change, namedIn } from '@parley/rules'
import { sql } from 'kysely'
import type { Reader } from '../../db/index.ts'
import { nowCalled } from '../../road/index.ts'

/** An operation as it was done. */
export interface DoneBefore {
  readonly name: string
  readonly by: string
  /** The conversations in which it was done, by the ids that they had then. */
  readonly conversations: ConversationId[]
  readonly changes: Change[] | null
  /** The ticket that it was about, where it answered one. */
  readonly ticket: string | null
  readonly undone: boolean
  readonly sequence: string
  readonly at: Date
}

/** Who did it, and where: as little of it as is looked for of what never was. */
export async function readWhose(
  db: Reader,
  account: AccountId,
  id: string,
): Promise<Pick<DoneBefore, 'by' | 'conversations'> | null> {
  const { rows } = await sql<Pick<DoneBefore, 'by' | 'conversations'>>`
    select person_id as by, conversation_ids as conversations from operation
    where account_id = ${account} and operation_id = ${id}`.execute(db)
  return rows[0] ?? null
}

export async function readDone(db: Reader, account: AccountId, id: string): Promise<DoneBefore | null> {
  const { rows } = await sql<DoneBefore>`
    select operation_id, name, person_id as by, conversation_ids as conversations, changes, result->>'ticket' as ticket, undone_by is not null as undone, sequence::text, at
    from operation where account_id = ${account} and operation_id = ${id}`.execute(db)
  return rows[0] ?? null
}

/**
 * The conversations in which what an operation was about is now: what those have become in which it was done, and where what it names has
 * gone from them since, or gone back to. Null when one of them is erased.
 */
export async function homesOf(
  db: Reader,
  account: AccountId,
  { conversations, changes }: DoneBefore,
): Promise<ConversationId[] | null> {
  const named = namedIn(changes ?? [])
  const { rows } = await sql<{ home: ConversationId | null }>`
    with named (id) as (
      select unnest(${[...conversations, ...named.conversations]}::uuid[])
      union select conversation_id from ticket where account_id = ${account} and ticket_id = any(${named.tickets}::uuid[])
      union select conversation_id from interaction where account_id = ${account} and interaction_id = any(${named.interactions}::uuid[])
      union select conversation_id from participant where account_id = ${account} and participant_id = any(${named.places}::uuid[])
      union select conversation_id from span where account_id = ${account} and span_id = any(${named.rights}::uuid[]))
    select id as home from named union select ${nowCalled(account, sql`named.id`)} from named`.execute(db)
  const homes = rows.flatMap(({ home }) => (home ? [home] : []))
  return homes.length === rows.length ? homes : null
}

interface DoneLater extends Pick<DoneBefore, 'name' | 'ticket'> {
  readonly changes: Change[]
}

/**
 * What was done after it and still stands, in these conversations or in any that they were one with for a while since: it may have been done
 * to what has gone back.
 */
export async function readLater(
  db: Reader,
  account: AccountId,
  { sequence, conversations }: { sequence: string; conversations: readonly ConversationId[] },
): Promise<DoneLater[]> {
  const { rows } = await sql<DoneLater>`
    with recursive beside (id) as (
      select unnest(${conversations}::uuid[])
      union select unnest(o.conversation_ids) from beside b join operation o
        on o.account_id = ${account} and o.conversation_ids @> array[b.id] and o.sequence > ${sequence}::bigint)
    select operation_id, name, result->>'ticket' as ticket, changes from operation where account_id = ${account} and conversation_ids && array(select id from beside)
      and sequence > ${sequence}::bigint and changes is not null and undone_by is null`.execute(db)
  return rows
}
