import { type Kysely, sql } from 'kysely'

/** What was said elsewhere: by whom of ours, where it was one of them, and over what. Who it was by name stands in `author_name`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table message add column author_id uuid, add column said_over text`.execute(db)
}
