import { type Kysely, sql } from 'kysely'

/** What whoever had it before tells the next stands by itself, too, so that it stays when more becomes known. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table offer add column note text`.execute(db)
}
