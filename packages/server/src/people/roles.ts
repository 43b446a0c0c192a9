import type { AccountId, PersonId } from '@parley/model'
import type { Reader, Role, Writer } from '../db/index.ts'

/** What somebody may do in this account; null when they are no responder of it, or not yet or no longer. */
export async function roleOf(reader: Reader, account: AccountId, person: PersonId): Promise<Role | null> {
  const found = await reader
    .selectFrom('responder')
    .select('role')
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .where('state', 'in', ['active', 'paused'])
    .executeTakeFirst()
  return found?.role ?? null
}

export type ChangeRole = { ok: true } | { ok: false; refusal: 'not-there' | 'last-administrator' }

/** Gives somebody another role. An account always keeps somebody who configures it. */
export async function changeRole(
  tx: Writer,
  wanted: { account: AccountId; person: PersonId; role: Role },
): Promise<ChangeRole> {
  const { account, person, role } = wanted
  const last = await isLastAdministrator(tx, account, person)
  if (last && role !== 'administrator') return { ok: false, refusal: 'last-administrator' }
  const changed = await tx
    .updateTable('responder')
    .set({ role })
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .where('state', 'in', ['active', 'paused'])
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n ? { ok: true } : { ok: false, refusal: 'not-there' }
}

/** Is this the only administrator who has not left? Asked under the locks of all of them, so that two cannot step down at once. */
export async function isLastAdministrator(tx: Writer, account: AccountId, person: PersonId): Promise<boolean> {
  const all = await tx
    .selectFrom('responder')
    .select('person_id')
    .where('account_id', '=', account)
    .where('role', '=', 'administrator')
    .where('state', 'in', ['active', 'paused'])
    .orderBy('person_id')
    .forUpdate()
    .execute()
  return all.length === 1 && all[0]?.person_id === person
}
