import type { AccountId } from '@parley/model'
import type { AdminPerson } from '@parley/protocol'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'

/** Everyone who answers or has answered here, with how they are reached and how much they have to do: for administrators. */
export async function listPeople(reader: Reader, account: AccountId): Promise<AdminPerson[]> {
  const { rows } = await sql<AdminPerson>`
    select r.person_id as id, coalesce(p.name, '') as name, r.alias, p.language, r.role, r.state, r.capacity,
      to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since,
      (select count(distinct c.conversation_id)::int from participant t
        join conversation c on c.account_id = t.account_id and c.conversation_id = t.conversation_id and c.state = 'open'
          and c.kind = 'outside'
        where t.account_id = r.account_id and t.person_id = r.person_id and t.left_at is null and t.role = 'responder'
      ) as open,
      (select count(*)::int from offer o
        where o.account_id = r.account_id and o.person_id = r.person_id and o.state = 'open') as asked,
      (select coalesce(json_agg(m.team_id), '[]') from team_member m
        where m.account_id = r.account_id and m.person_id = r.person_id) as teams,
      (select coalesce(json_agg(json_build_object('medium', a.medium, 'state', a.state,
          'value', case when a.medium = 'api' then split_part(a.value, '#', 1) else a.value end) order by a.position), '[]')
        from address a where a.account_id = r.account_id and a.person_id = r.person_id) as addresses
    from responder r
    join person p on p.account_id = r.account_id and p.person_id = r.person_id
    where r.account_id = ${account} and r.state <> 'joining'
    order by r.state = 'waiting' desc, r.state in ('left', 'removed'), lower(p.name), r.person_id
    limit 5000`.execute(reader)
  return rows
}
