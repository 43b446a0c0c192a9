import { createHash } from 'node:crypto'
import { type AccountId, type ConversationId, minutes, type PersonId } from '@parley/model'
import { type Kysely, sql } from 'kysely'
import { type Database, sealingOf, type Tables, type Writer } from '../db/index.ts'

/** Who asks, and by which key it is the same request. */
export interface Repeatable {
  readonly account: AccountId
  readonly program: PersonId
  readonly key: string
  /** All that makes it this request: method, path, body. */
  readonly request: string
}

export type Begun =
  | { state: 'new' }
  | { state: 'answered'; body: string }
  /** The first one is still being answered. */
  | { state: 'under-way' }
  /** The key was used for something else. */
  | { state: 'other-request' }

/** Longer than any request is answered: after it, whoever was answering is gone. */
const busyMs = minutes(2)

/** Takes the key for this request, once. What was answered is answered again; the key is free when the answering process died. */
export async function beginRepeatable(db: Database, wanted: Repeatable, now: Date): Promise<Begun> {
  const { key, request } = hashesOf(wanted)
  return db.write(wanted.account, async (tx) => {
    const { rows } = await sql`
      insert into kept_response (account_id, person_id, key_hash, request_hash, created_at)
      values (${wanted.account}, ${wanted.program}, ${key}, ${request}, ${now}) on conflict do nothing returning 1`.execute(
      tx,
    )
    if (rows.length > 0) return { state: 'new' }
    const known = await tx
      .selectFrom('kept_response')
      .selectAll()
      .where('account_id', '=', wanted.account)
      .where('person_id', '=', wanted.program)
      .where('key_hash', '=', key)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (!known.request_hash.equals(request)) return { state: 'other-request' }
    if (known.body !== null) return { state: 'answered', body: known.body }
    if (now.getTime() - known.created_at.getTime() < busyMs) return { state: 'under-way' }
    await tx
      .updateTable('kept_response')
      .set({ created_at: now })
      .where('account_id', '=', wanted.account)
      .where('person_id', '=', wanted.program)
      .where('key_hash', '=', key)
      .execute()
    return { state: 'new' }
  })
}

/** Keeps the answer; null: nothing was done, and the key is free. */
export async function endRepeatable(db: Database, wanted: Repeatable, body: string | null): Promise<void> {
  const { key } = hashesOf(wanted)
  await db.write(wanted.account, async (tx) => {
    const which = sql`account_id = ${wanted.account} and person_id = ${wanted.program} and key_hash = ${key}`
    if (body === null) await sql`delete from kept_response where ${which}`.execute(tx)
    else await sql`update kept_response set body = ${await asStored(tx, wanted, body)} where ${which}`.execute(tx)
  })
}

/** Sealed where it is about something that is: under the key of that conversation, whose id stands in it either way. */
async function asStored(tx: Writer, { account, program }: Repeatable, body: string): Promise<string> {
  const ids = [...new Set(body.match(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g))]
  const { rows } = await sql<{ conversation: ConversationId }>`
    select conversation_id as conversation from conversation
    where account_id = ${account} and conversation_id = any(${ids}::uuid[]) and encryption = 'sealed' limit 1`.execute(
    tx,
  )
  const [sealed] = rows
  if (!sealed) return body
  const place = { table: 'kept_response', column: 'body', row: program }
  return sealingOf(tx).values.seal(account, sealed, place, { text: body })
}

/** Answers that nobody will ask for again. Answers how many were forgotten. */
export async function forgetResponses(db: Kysely<Tables>, before: Date, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from kept_response where (account_id, person_id, key_hash) in (
      select account_id, person_id, key_hash from kept_response where created_at < ${before} limit ${most})`.execute(db)
  return Number(numAffectedRows ?? 0)
}

function hashesOf({ key, request }: Repeatable): { key: Buffer; request: Buffer } {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return { key: hash(key), request: hash(request) }
}
