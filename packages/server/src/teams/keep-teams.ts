import { type AccountId, newId, type PersonId, type TeamId } from '@parley/model'
import type { TeamView } from '@parley/protocol'
import { sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'

export interface TeamChange {
  readonly kind?: 'team' | 'department' | undefined
  readonly names?: Readonly<Record<string, string>> | undefined
  readonly members?: readonly string[] | undefined
}

export async function listTeams(reader: Reader, account: AccountId): Promise<TeamView[]> {
  const { rows } = await sql<TeamView>`
    select t.team_id as id, t.kind, t.names,
      (select coalesce(json_agg(m.person_id order by m.person_id), '[]') from team_member m
        where m.account_id = t.account_id and m.team_id = t.team_id) as members
    from team t where t.account_id = ${account} order by t.position, t.team_id`.execute(reader)
  return rows
}

export async function makeTeam(
  tx: Writer,
  account: AccountId,
  wanted: TeamChange & { kind: 'team' | 'department'; names: Readonly<Record<string, string>> },
  now: Date,
): Promise<{ ok: true; team: TeamId } | { ok: false; refusal: 'unknown-choice' }> {
  const team = newId<TeamId>()
  await tx
    .insertInto('team')
    .values({
      account_id: account,
      team_id: team,
      kind: wanted.kind,
      names: JSON.stringify(wanted.names),
      position: sql<number>`(select coalesce(max(position) + 1, 0) from team where account_id = ${account})`,
      created_at: now,
    })
    .execute()
  if (!(await setMembers(tx, account, team, wanted.members ?? []))) return { ok: false, refusal: 'unknown-choice' }
  return { ok: true, team }
}

export async function changeTeam(
  tx: Writer,
  account: AccountId,
  team: TeamId,
  change: TeamChange,
): Promise<{ ok: true } | { ok: false; refusal: 'not-there' | 'unknown-choice' }> {
  const found = await tx
    .selectFrom('team')
    .select('team_id')
    .where('account_id', '=', account)
    .where('team_id', '=', team)
    .forUpdate()
    .executeTakeFirst()
  if (!found) return { ok: false, refusal: 'not-there' }
  if (change.kind || change.names) {
    await tx
      .updateTable('team')
      .set({
        ...(change.kind ? { kind: change.kind } : {}),
        ...(change.names ? { names: JSON.stringify(change.names) } : {}),
      })
      .where('account_id', '=', account)
      .where('team_id', '=', team)
      .execute()
  }
  if (change.members && !(await setMembers(tx, account, team, change.members))) {
    return { ok: false, refusal: 'unknown-choice' }
  }
  return { ok: true }
}

/** The team is gone; its people stay. A question that was for this team alone finds nobody then, and its visitor is told so. */
export async function removeTeam(tx: Writer, account: AccountId, team: TeamId): Promise<boolean> {
  await tx.deleteFrom('team_member').where('account_id', '=', account).where('team_id', '=', team).execute()
  const removed = await tx
    .deleteFrom('team')
    .where('account_id', '=', account)
    .where('team_id', '=', team)
    .executeTakeFirst()
  return removed.numDeletedRows > 0n
}

/** Only what changes is written: whoever follows these rows hears of nothing else. */
async function setMembers(tx: Writer, account: AccountId, team: TeamId, members: readonly string[]): Promise<boolean> {
  const people = [...new Set(members)] as PersonId[]
  const known = people.length
    ? await tx
        .selectFrom('responder')
        .select('person_id')
        .where('account_id', '=', account)
        .where('person_id', 'in', people)
        .where('state', 'in', ['active', 'paused', 'left', 'waiting'])
        .execute()
    : []
  if (known.length !== people.length) return false
  await sql`
    delete from team_member where account_id = ${account} and team_id = ${team}
      and not person_id = any(${people}::uuid[])`.execute(tx)
  await sql`
    insert into team_member (account_id, team_id, person_id)
    select ${account}, ${team}, unnest(${people}::uuid[]) on conflict do nothing`.execute(tx)
  return true
}
