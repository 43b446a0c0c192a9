import type { AccountId, PersonId } from '@parley/model'
import type { Change, Thing } from '@parley/rules'
import { sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'
import type { Turns } from '../road/index.ts'

type Tying = Extract<Change, { kind: 'link' | 'unlink' }>

/** Lets two things point at each other. */
export async function tie({ tx, now }: Turns, account: AccountId, { a, b, by }: Tying): Promise<void> {
  const [first, second] = inOrder(a, b)
  await tx
    .insertInto('tie')
    .values({
      account_id: account,
      a_of: first.of,
      a_id: first.id,
      b_of: second.of,
      b_id: second.id,
      tied_by: by as PersonId,
      at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function untie(tx: Writer, account: AccountId, { a, b }: Tying): Promise<void> {
  const [first, second] = inOrder(a, b)
  await tx
    .deleteFrom('tie')
    .where('account_id', '=', account)
    .where('a_id', '=', first.id)
    .where('b_id', '=', second.id)
    .execute()
}

/** What points from anything of the one to anything of the other: both by all that they were once called. */
export async function findTies(
  db: Reader,
  account: AccountId,
  one: readonly string[],
  other: readonly string[],
): Promise<readonly (readonly [Thing, Thing])[]> {
  const { rows } = await sql<{ a_of: string; a_id: string; b_of: string; b_id: string }>`
    select a_of, a_id, b_of, b_id from tie where account_id = ${account}
      and (a_id = any(${one}::uuid[]) and b_id = any(${other}::uuid[])
        or a_id = any(${other}::uuid[]) and b_id = any(${one}::uuid[]))
    order by at, a_id, b_id`.execute(db)
  return rows.map(({ a_of, a_id, b_of, b_id }) => [{ [a_of]: a_id } as Thing, { [b_of]: b_id } as Thing] as const)
}

function inOrder(a: Thing, b: Thing) {
  const [first, second] = [toEnd(a), toEnd(b)]
  return first.id < second.id ? ([first, second] as const) : ([second, first] as const)
}

function toEnd(thing: Thing): { of: 'conversation' | 'ticket' | 'interaction'; id: string } {
  if ('conversation' in thing) return { of: 'conversation', id: thing.conversation }
  if ('ticket' in thing) return { of: 'ticket', id: thing.ticket }
  if ('interaction' in thing) return { of: 'interaction', id: thing.interaction }
  throw new Error('a place is linked to nothing')
}
