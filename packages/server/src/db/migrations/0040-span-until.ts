import { type Kysely, sql } from 'kysely'

/**
 * Where a right ends, as a number even while it is open. Under row-level security only plain comparisons of columns reach an index: with an
 * expression in their place everything after a right's beginning is read.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      'alter table span add column until integer not null generated always as (coalesce(to_position, 2147483647)) stored',
    )
    .execute(db)
}
