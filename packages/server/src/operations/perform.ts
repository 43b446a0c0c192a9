import type { ConversationId, OperationId } from '@parley/model'
import type { OperationRefusal, OperationResult } from '@parley/protocol'
import { watches } from '@parley/rules'
import { sql } from 'kysely'
import { ZodError } from 'zod'
import { isStorable, type Reader, type Writer } from '../db/index.ts'
import { roleOf } from '../people/index.ts'
import type { Road, Turns } from '../road/index.ts'
import type { OperationContext } from './context.ts'
import { type Actor, type AnyOperation, type Bound, type Done, type Refusal, refused } from './operation.ts'
import { sealChanges } from './seal-changes.ts'
import { isBeingErased } from './sealing/erasing.ts'
import { asInOne } from './standing.ts'

export type Performed =
  | { readonly ok: true; readonly result: OperationResult; readonly repeated: boolean }
  | { readonly ok: false; readonly refusal: OperationRefusal; readonly detail?: string }

/** Something moved between looking and locking: looked at again this often. */
const tries = 5

/**
 * Does one operation, once: under the locks of the conversations that it works on, in one transaction, with a row by which the same id
 * is known again. Whatever is refused has changed nothing.
 */
export async function perform(
  parts: { road: Road; context: OperationContext },
  who: Omit<Actor, 'role'>,
  wanted: { operation: AnyOperation; id: OperationId; input: unknown },
): Promise<Performed> {
  const { account, person } = who
  const { db } = parts.context
  const { id, operation } = wanted
  if (!isStorable(wanted.input)) {
    return { ok: false, refusal: 'malformed-request', detail: 'input: a text in it cannot be kept' }
  }
  let bound: Bound
  try {
    bound = operation.parse(wanted.input)
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    const [issue] = error.issues
    return { ok: false, refusal: 'malformed-request', detail: `${issue?.path.join('.') || 'input'}: ${issue?.message}` }
  }
  for (let left = tries; left > 0; left--) {
    const looked = await db.read(account, async (reader) => {
      const before = await findDone(reader, who, wanted)
      if (before) return before
      const actor = { ...who, role: await roleOf(reader, account, person) }
      const named = await bound.named(reader, actor)
      const isTheirs = await hasPartIn(reader, actor, named ?? [])
      const isNear = named !== null && isTheirs
      return { actor, touched: isNear || operation.byInvitation ? await bound.touches(reader, actor) : null }
    })
    if ('ok' in looked) return looked
    const { actor, touched } = looked
    if (!touched) return { ok: false, refusal: 'not-there' }
    try {
      const done = await parts.road.inConversations(account, touched, async (turns): Promise<Performed> => {
        const before = await findDone(turns.tx, who, wanted)
        if (before) return before
        if (!isSame(touched, await bound.touches(turns.tx, actor))) throw new Moved()
        if (!operation.erases && (await isBeingErased(turns.tx, account, touched)))
          throw new Taken(refused('not-there'))
        const out = await bound.perform(turns, asIn(turns, actor), parts.context, id)
        if (!out.ok) throw new Taken(out)
        return { ok: true, repeated: false, result: await record(turns, actor, wanted, out) }
      })
      // Between looking and locking it went away.
      if (done) return done
    } catch (error) {
      if (error instanceof Taken) return error.refusal
      if (!(error instanceof Moved) && !isTakenId(error)) throw error
    }
  }
  return { ok: false, refusal: 'try-again' }
}

/**
 * Has this person something to do with each of these conversations, or may they watch? Asked before anything is locked, and asked as well
 * where there is nothing: what is not there and what is not theirs are refused after the same work.
 */
async function hasPartIn(reader: Reader, who: Actor, touched: readonly ConversationId[]) {
  const { account, person } = who
  const { rows } = await sql<{ count: number }>`
    select count(distinct conversation_id) as count from span
    where account_id = ${account} and person_id = ${person} and conversation_id = any(${touched}::uuid[])`.execute(
    reader,
  )
  return watches(who) || rows[0]?.count === touched.length
}

function asIn(turns: Turns, actor: Actor): Actor {
  return turns.all.reduce((who, { structure }) => asInOne(structure, who), actor)
}

/** Rolls back what a refused operation has written. */
class Taken extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super('refused')
    this.refusal = refusal
  }
}

class Moved extends Error {}

/** Two requests with one id at the same moment, on different conversations or on none: the second finds the first's answer. */
function isTakenId(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'constraint' in error && error.constraint === 'operation_pkey'
}

function isSame(before: readonly ConversationId[], now: readonly ConversationId[] | null): boolean {
  return now !== null && now.length === before.length && before.every((id) => now.includes(id))
}

async function findDone(
  db: Reader | Writer,
  { account, person }: Omit<Actor, 'role'>,
  { id, operation }: { id: OperationId; operation: AnyOperation },
): Promise<Performed | null> {
  const row = await db
    .selectFrom('operation')
    .select(['name', 'person_id', 'result'])
    .where('account_id', '=', account)
    .where('operation_id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  // An id is no secret: whoever brings another's learns nothing by it.
  if (row.person_id !== person || row.name !== operation.name) return { ok: false, refusal: 'not-there' }
  return { ok: true, repeated: true, result: row.result as unknown as OperationResult }
}

async function record(
  turns: Turns,
  { account, person, role }: Actor,
  { id, operation }: { id: OperationId; operation: AnyOperation },
  done: Done,
): Promise<OperationResult> {
  const result: OperationResult = { operation: id, ...done.result, undoable: done.changes !== undefined }
  await turns.tx
    .insertInto('operation')
    .values({
      account_id: account,
      operation_id: id,
      name: operation.name,
      person_id: person,
      by_role: role,
      conversation_ids: turns.all.map(({ structure }) => structure.conversation),
      changes: done.changes ? JSON.stringify(await sealChanges(turns, id, done.changes)) : null,
      result: JSON.stringify(result),
      at: turns.now,
      undoes: done.undoes ?? null,
    })
    .execute()
  if (done.undoes) {
    await turns.tx
      .updateTable('operation')
      .set({ undone_by: id })
      .where('account_id', '=', account)
      .where('operation_id', '=', done.undoes)
      .execute()
  }
  return result
}
