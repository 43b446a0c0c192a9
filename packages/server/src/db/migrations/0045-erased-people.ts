import { type Kysely, sql } from 'kysely'

/** Who was erased: their row stays for what others said beside them, and they are let in nowhere any more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table person add column erased_at timestamptz`).execute(db)
}
