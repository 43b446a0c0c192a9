import type { AccountId, PersonId } from '@parley/model'
import type { ColleaguesView, ColleagueView } from '@parley/protocol'
import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db/index.ts'

const page = 100

interface Row extends Omit<ColleagueView, 'id' | 'state'> {
  id: PersonId
  isPaused: boolean
}

/**
 * Who answers in this account, by name: all whom one may ask in, but oneself. A page, in an order that stays. Whoever only answers may ask
 * colleagues in and hand on, and works with those of their own teams: of the rest of the house, and of names and load, they learn nothing.
 */
export async function listColleagues(
  reader: Reader,
  wanted: {
    account: AccountId
    person: PersonId
    /** Whoever only answers: those of their own teams, by alias and state. */
    onlyTeams: boolean
    /** Some of their alias or name. */
    q?: string | undefined
    team?: string | undefined
    /** Where the page before ended. */
    after?: string | undefined
    isHere(person: PersonId): boolean
  },
): Promise<ColleaguesView> {
  const { account, person, onlyTeams, q, team, after } = wanted
  const none = sql<boolean>`true`
  const byName = onlyTeams ? sql<boolean>`false` : sql<boolean>`p.name ilike ${contains(q ?? '')}`
  const like: RawBuilder<boolean> = q ? sql`(r.alias ilike ${contains(q)} or ${byName})` : none
  const shared = onlyTeams
    ? sql<boolean>`exists (select from team_member own where own.account_id = r.account_id and own.person_id = ${person}
        and own.team_id = m.team_id)`
    : none
  const isShown = onlyTeams
    ? sql<boolean>`exists (select from team_member m where m.account_id = r.account_id and m.person_id = r.person_id and ${shared})`
    : none
  const inTeam: RawBuilder<boolean> = team
    ? sql`exists (select from team_member m where m.account_id = r.account_id and m.person_id = r.person_id and m.team_id = ${team} and ${shared})`
    : none
  const next: RawBuilder<boolean> = after
    ? sql`(lower(r.alias), r.person_id) > (select lower(b.alias), b.person_id from responder b
        where b.account_id = ${account} and b.person_id = ${after})`
    : none
  const { rows } = await sql<Row>`
    select r.person_id as id, r.alias, p.name, r.role, r.state = 'paused' as "isPaused", r.capacity,
      (select count(distinct o.conversation_id)::int from participant o
        join interaction i on i.account_id = o.account_id and i.interaction_id = o.interaction_id and i.kind = 'exchange'
          and i.state = 'open'
        join conversation c on c.account_id = o.account_id and c.conversation_id = o.conversation_id and c.state = 'open'
        where o.account_id = r.account_id and o.person_id = r.person_id and o.left_at is null and o.role = 'responder') as open,
      array(select m.team_id::text from team_member m where m.account_id = r.account_id and m.person_id = r.person_id and ${shared}
        order by m.team_id) as teams
    from responder r
    join person p on p.account_id = r.account_id and p.person_id = r.person_id
    where r.account_id = ${account} and r.state in ('active', 'paused') and r.person_id <> ${person}
      and ${isShown} and ${like} and ${inTeam} and ${next}
    order by lower(r.alias), r.person_id limit ${page + 1}`.execute(reader)
  const shown = rows.slice(0, page)
  return {
    colleagues: shown.map(({ isPaused, ...row }) => ({
      ...(onlyTeams ? { id: row.id, alias: row.alias, name: null, teams: row.teams } : row),
      state: wanted.isHere(row.id) ? 'here' : isPaused ? 'paused' : 'away',
    })),
    next: rows.length > page ? (shown.at(-1)?.id ?? null) : null,
  }
}

function contains(typed: string): string {
  return `%${typed.replaceAll(/[\\%_]/g, '\\$&')}%`
}
