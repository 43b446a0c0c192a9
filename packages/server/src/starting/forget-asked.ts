import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/index.ts'

/** How often somebody was asked which conversation they mean counts for a day. */
export async function forgetAsked(db: Kysely<Tables>, before: Date, most: number): Promise<number> {
  const gone = await sql`
    delete from which_asked where (account_id, own_address_id, sender_key) in (
      select account_id, own_address_id, sender_key from which_asked where since < ${before} limit ${most})`.execute(db)
  return Number(gone.numAffectedRows ?? 0)
}
