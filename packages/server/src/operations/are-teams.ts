import type { AccountId, TeamId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'

/** Are all of these teams of the account? */
export async function areTeams(db: Reader, account: AccountId, teams: readonly TeamId[]): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from team where account_id = ${account} and team_id = any(${teams}::uuid[])`.execute(
    db,
  )
  return rows[0]?.count === new Set(teams).size
}
