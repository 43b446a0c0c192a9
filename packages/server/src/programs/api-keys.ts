import { randomBytes } from 'node:crypto'
import { type AccountId, type ApiKeyId, minutes, newId, type PersonId } from '@parley/model'
import { type ProgramKeyView, type ProgramScope, programScopes } from '@parley/protocol'
import { sql } from 'kysely'
import type { Database, Reader, Writer } from '../db/index.ts'
import { hashSecret } from '../visitors/index.ts'

/** Who calls, by their key. */
export interface Caller {
  readonly account: AccountId
  readonly program: PersonId
  readonly key: ApiKeyId
  readonly scopes: readonly ProgramScope[]
  readonly language: string
}

/** Found by programs that look for secrets in places where they should not be. */
const begins = 'parley_'

export async function makeKey(
  tx: Writer,
  wanted: {
    account: AccountId
    program: PersonId
    name: string
    scopes: readonly ProgramScope[]
    by: PersonId
    expiresAt: Date | null
  },
  now: Date,
): Promise<{ id: ApiKeyId; secret: string }> {
  const secret = begins + randomBytes(32).toString('base64url')
  const id = newId<ApiKeyId>()
  await tx
    .insertInto('api_key')
    .values({
      account_id: wanted.account,
      api_key_id: id,
      person_id: wanted.program,
      name: wanted.name,
      key_hash: hashSecret(secret),
      ends_with: secret.slice(-4),
      scopes: [...new Set(wanted.scopes)],
      created_by: wanted.by,
      created_at: now,
      expires_at: wanted.expiresAt,
    })
    .execute()
  return { id, secret }
}

/** Whose key this is, as long as it is good and the program has not been removed. */
export async function findCaller(db: Database, secret: string, now: Date): Promise<Caller | null> {
  if (!secret.startsWith(begins) || secret.length > 100) return null
  const { rows } = await sql<Omit<Caller, 'scopes'> & { scopes: string[]; used: Date | null }>`
    select k.account_id as account, k.person_id as program, k.api_key_id as key, k.scopes, k.used_at as used, p.language
    from api_key k
    join responder r on r.account_id = k.account_id and r.person_id = k.person_id and r.state not in ('left', 'removed')
    join person p on p.account_id = k.account_id and p.person_id = k.person_id
    where k.key_hash = ${hashSecret(secret)} and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now})`.execute(
    db.workers,
  )
  const [found] = rows
  if (!found) return null
  const { used, scopes, ...caller } = found
  if (!used || now.getTime() - used.getTime() > minutes(1)) {
    await sql`update api_key set used_at = ${now}
      where account_id = ${caller.account} and api_key_id = ${caller.key}`.execute(db.workers)
  }
  return { ...caller, scopes: programScopes.filter((scope) => scopes.includes(scope)) }
}

/** It opens nothing any more, from the next request on. */
export async function revokeKey(
  tx: Writer,
  { account, program, key }: { account: AccountId; program: PersonId; key: ApiKeyId },
  now: Date,
): Promise<boolean> {
  const revoked = await tx
    .updateTable('api_key')
    .set({ revoked_at: now })
    .where('account_id', '=', account)
    .where('api_key_id', '=', key)
    .where('person_id', '=', program)
    .where('revoked_at', 'is', null)
    .returning('api_key_id')
    .executeTakeFirst()
  return revoked !== undefined
}

export async function listKeys(reader: Reader, account: AccountId): Promise<(ProgramKeyView & { program: string })[]> {
  const rows = await reader
    .selectFrom('api_key')
    .selectAll()
    .where('account_id', '=', account)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .execute()
  return rows.map((row) => ({
    program: row.person_id,
    id: row.api_key_id,
    name: row.name,
    endsWith: row.ends_with,
    scopes: programScopes.filter((scope) => row.scopes.includes(scope)),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    usedAt: row.used_at?.toISOString() ?? null,
  }))
}
