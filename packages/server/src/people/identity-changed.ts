import type { AccountId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'

/** What is known of a participant never passes to another: the conversations that a person is in must know of a new name or address. */
export async function identityChanged(tx: Writer, account: AccountId, person: PersonId): Promise<void> {
  await sql`
    update conversation set structure = structure + 1 where account_id = ${account} and conversation_id in (
      select conversation_id from participant where account_id = ${account} and person_id = ${person})`.execute(tx)
}
