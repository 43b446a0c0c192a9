import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/index.ts'

/**
 * Takes old rows out of the log of changed criteria and notes how far: a process that has not read on since loads everything anew. Rows of
 * transactions that have not been here (the database is a copy of another server's) go without a note.
 */
export async function pruneCriteriaLog(workers: Kysely<Tables>, before: Date, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with moment as materialized (select pg_current_snapshot() as taken), old as (
      delete from criteria_log where (account_id, sequence) in (
        select account_id, sequence from criteria_log, moment
        where criteria_log.at < ${before}
          and (written_by < pg_snapshot_xmin(moment.taken) or written_by >= pg_snapshot_xmax(moment.taken))
        limit ${most})
      returning account_id, written_by
    ), noted as (
      insert into criteria_log_floor as f (account_id, written_by)
      select account_id, max(written_by) from old, moment where written_by < pg_snapshot_xmin(moment.taken) group by account_id
      on conflict (account_id) do update set written_by = case
        when f.written_by < pg_snapshot_xmax(pg_current_snapshot()) then greatest(f.written_by, excluded.written_by)
        else excluded.written_by end
    )
    select count(*)::int as count from old`.execute(workers)
  return rows[0]?.count ?? 0
}
