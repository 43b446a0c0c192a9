import type { AccountId, PersonId } from '@parley/model'
import type { Criteria } from '@parley/rules'
import type { Reader, Writer } from '../db/index.ts'
import { wakeHunts } from './wake-hunts.ts'

/** What a responder of the account wants to be asked, with their teams; null if there is no such responder, or no longer. */
export async function wantingOf(
  reader: Reader,
  account: AccountId,
  person: PersonId,
): Promise<{ readonly criteria: Criteria; readonly teams: readonly string[] } | null> {
  const found = await reader
    .selectFrom('responder')
    .leftJoin('criteria', (join) =>
      join
        .onRef('criteria.account_id', '=', 'responder.account_id')
        .onRef('criteria.person_id', '=', 'responder.person_id'),
    )
    .select('criteria.wants')
    .where('responder.account_id', '=', account)
    .where('responder.person_id', '=', person)
    .where('responder.state', '<>', 'left')
    .executeTakeFirst()
  if (!found) return null
  const teams = await reader
    .selectFrom('team_member')
    .select('team_id')
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .execute()
  return { criteria: found.wants ?? {}, teams: teams.map(({ team_id }) => team_id) }
}

/** Saves what a responder wants from now on; false if there is no such responder. */
export async function saveCriteria(
  tx: Writer,
  account: AccountId,
  person: PersonId,
  criteria: Criteria,
  now: Date,
): Promise<boolean> {
  const known = await tx
    .selectFrom('responder')
    .select('person_id')
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .where('state', '<>', 'left')
    .forShare()
    .executeTakeFirst()
  if (!known) return false
  const values = { wants: JSON.stringify(criteria), updated_at: now }
  await tx
    .insertInto('criteria')
    .values({ account_id: account, person_id: person, ...values })
    .onConflict((conflict) => conflict.columns(['account_id', 'person_id']).doUpdateSet(values))
    .execute()
  await wakeHunts(tx, account, now)
  return true
}
