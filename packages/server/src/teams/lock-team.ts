import type { AccountId, PersonId, TeamId } from '@parley/model'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'

/**
 * Who belongs to a team and works here, under its lock: whoever comes to it or leaves it meanwhile waits, and finds where it was let in.
 * Null when there is no such team.
 */
export async function lockTeam(tx: Writer, account: AccountId, team: TeamId): Promise<PersonId[] | null> {
  const found = await tx
    .selectFrom('team')
    .select('team_id')
    .where('account_id', '=', account)
    .where('team_id', '=', team)
    .forUpdate()
    .executeTakeFirst()
  return found ? membersOf(tx, account, team) : null
}

async function membersOf(tx: Writer, account: AccountId, team: TeamId): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    select m.person_id as person from team_member m join responder r on r.account_id = m.account_id and r.person_id = m.person_id
    where m.account_id = ${account} and m.team_id = ${team} and r.state in ('active', 'paused') order by 1`.execute(tx)
  return rows.map(({ person }) => person)
}
