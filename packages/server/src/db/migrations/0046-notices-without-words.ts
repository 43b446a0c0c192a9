import { type Kysely, sql } from 'kysely'

/** What is told is read when it is sent: notices that kept the words of others keep them no longer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `update delivery set notice = notice #- '{params,entries}' #- '{params,list}' where notice->'params' ?| array['entries', 'list']`,
    )
    .execute(db)
}
