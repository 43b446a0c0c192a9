import type { AccountId, PersonId } from '@parley/model'
import type { Reader } from '../db/index.ts'

/** Was this person erased? Then they are let in nowhere, and called by no name. */
export async function isErased(reader: Reader, account: AccountId, person: PersonId): Promise<boolean> {
  const found = await reader
    .selectFrom('person')
    .select('erased_at')
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .executeTakeFirst()
  return Boolean(found?.erased_at)
}
