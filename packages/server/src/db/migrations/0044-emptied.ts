import { type Kysely, sql } from 'kysely'

/** Positions whose words were erased after they were said: who holds them learns by other numbers that they are to be read again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table interaction add column emptied int[] not null default '{}'`).execute(db)
}
