import type { PersonId } from '@parley/model'
import { type Criteria, drawSample, judgePrepared, prepareRequest } from '@parley/rules'
import { sql } from 'kysely'
import type { FindMatching } from './find-matching.ts'

/** Looks at every responder of the account, one after the other: what the index must find, in the plainest way. */
export const findByLooking: FindMatching = async (tx, account, request, now, { most, random }) => {
  const { rows } = await sql<{ person: PersonId; criteria: Criteria; teams: string[] }>`
    select r.person_id as person, coalesce(c.wants, '{}') as criteria,
      array(select m.team_id from team_member m where m.account_id = r.account_id and m.person_id = r.person_id) as teams
    from responder r left join criteria c on c.account_id = r.account_id and c.person_id = r.person_id
    where r.account_id = ${account} and r.state = 'active' order by r.person_id`.execute(tx)
  const prepared = prepareRequest(request)
  const people = rows.flatMap((row) => (judgePrepared(row, prepared, now).matches ? [row.person] : []))
  return { count: people.length, people: people.length > most ? drawSample(people, most, random) : people }
}
