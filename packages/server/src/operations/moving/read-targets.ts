import type { AccountId, PersonId, TeamId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../../db/index.ts'

/** Somebody of the account to whom a conversation can go. */
interface Colleague {
  readonly person: PersonId
  readonly isPaused: boolean
  /** They work at the desk: what is given to them stands before them. */
  readonly hasDesk: boolean
  readonly isProgram: boolean
}

/** Those of these people who answer here and have not left. */
export async function readColleagues(db: Reader, account: AccountId, people: readonly string[]): Promise<Colleague[]> {
  const { rows } = await sql<Colleague>`
    select r.person_id as person, r.state = 'paused' as "isPaused", r.role <> 'responder' as "hasDesk",
      p.kind = 'virtual' as "isProgram"
    from responder r join person p on p.account_id = r.account_id and p.person_id = r.person_id
    where r.account_id = ${account} and r.person_id = any(${people}::uuid[]) and r.state in ('active', 'paused')
      -- A script is no colleague: it speaks where its conversation begins.
      and (p.kind = 'responder' or exists (select from program g
        where g.account_id = r.account_id and g.person_id = r.person_id))
    order by r.person_id`.execute(db)
  return rows
}

/** The members of a team who answer now; null where there is no such team. */
export async function readTeam(db: Reader, account: AccountId, team: TeamId): Promise<PersonId[] | null> {
  const { rows } = await sql<{ members: PersonId[] }>`
    select array(select m.person_id::text from team_member m
      join responder r on r.account_id = m.account_id and r.person_id = m.person_id and r.state = 'active'
      where m.account_id = t.account_id and m.team_id = t.team_id order by m.person_id) as members
    from team t where t.account_id = ${account} and t.team_id = ${team}`.execute(db)
  return rows[0]?.members ?? null
}
