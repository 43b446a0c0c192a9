import type { AccountId, PersonId } from '@parley/model'
import type { Change, Thing } from '@parley/rules'
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

export async function isTied(db: Reader, account: AccountId, a: Thing, b: Thing): Promise<boolean> {
  const [first, second] = inOrder(a, b)
  const row = await db
    .selectFrom('tie')
    .select('a_id')
    .where('account_id', '=', account)
    .where('a_id', '=', first.id)
    .where('b_id', '=', second.id)
    .executeTakeFirst()
  return row !== undefined
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
