import { type Kysely, sql } from 'kysely'

/** A form that a message brings is answered once, however many windows have it open. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unique index message_answer on message (account_id, (form->>'of')) where kind = 'answer'`.execute(db)
}
