import type { AddressId, Medium, PersonId } from '@parley/model'
import {
  addressesNow,
  type Criteria,
  type HelpRequest,
  type Hours,
  type HuntCandidate,
  judgePrepared,
  prepareRequest,
} from '@parley/rules'
import { sql } from 'kysely'
import type { Turn } from '../road/index.ts'

/** Somebody who wants such a question: what ranks and limits them, why it fits, and where they are asked now. */
export interface Candidate extends HuntCandidate {
  readonly person: PersonId
  /** Proven ones that they chose for questions at this hour, in their own order. A desk needs none: it shows the offer by itself. */
  readonly addresses: readonly { readonly id: AddressId; readonly medium: Medium }[]
  readonly isTarget: boolean
}

interface Row {
  person: PersonId
  criteria: Criteria
  teams: string[]
  capacity: number | null
  per_hour: number | null
  open: number
  asked_this_hour: number
  addresses: { id: AddressId; medium: Medium; hours: Hours | null }[]
}

/** Whoever is asked and answers within so many days makes a record. */
const recordDays = 90

/** Those whom a search found, looked at one by one. Their record and what they have in common with the visitor only where they are ranked. */
export async function readCandidates(
  turn: Turn,
  people: readonly PersonId[],
  request: HelpRequest,
  how: { readonly ranked: boolean; readonly prefer: readonly string[] },
): Promise<Candidate[]> {
  if (people.length === 0) return []
  const { tx, now, structure } = turn
  const { rows } = await sql<Row>`
    select r.person_id as person, r.capacity, r.per_hour, coalesce(c.wants, '{}') as criteria,
      array(select m.team_id from team_member m where m.account_id = r.account_id and m.person_id = r.person_id) as teams,
      (select count(distinct p.conversation_id) from participant p
        join interaction i on i.account_id = p.account_id and i.interaction_id = p.interaction_id and i.kind = 'exchange'
          and i.state = 'open'
        join conversation v on v.account_id = p.account_id and v.conversation_id = p.conversation_id
        where p.account_id = r.account_id and p.person_id = r.person_id and p.left_at is null and p.role = 'responder'
          and v.state = 'open') as open,
      (select count(*) from offer o where r.per_hour is not null and o.account_id = r.account_id and o.person_id = r.person_id
        and o.created_at > ${new Date(now.getTime() - 3_600_000)}) as asked_this_hour,
      (select coalesce(json_agg(json_build_object('id', a.address_id, 'medium', a.medium, 'hours', a.hours) order by a.position), '[]')
        from address a where a.account_id = r.account_id and a.person_id = r.person_id and a.state = 'proven' and a.offers
      ) as addresses
    from responder r
    left join criteria c on c.account_id = r.account_id and c.person_id = r.person_id
    where r.account_id = ${structure.account} and r.person_id = any(${people}::uuid[])
    order by r.person_id`.execute(tx)
  const records = how.ranked ? await readRecords(turn, people) : new Map<PersonId, RecordRow>()
  const prepared = prepareRequest(request)
  return rows.map((row) => {
    const { person, criteria, teams, capacity, open } = row
    const wanted = addressesNow(row.addresses, now)
    const addresses = row.addresses.filter((_, place) => wanted[place]?.asked).map(({ id, medium }) => ({ id, medium }))
    const verdict = judgePrepared({ person, teams, criteria }, prepared, now)
    const record = records.get(person)
    const isPreferred = how.prefer.length === 0 || addresses.some(({ medium }) => how.prefer.includes(medium))
    return {
      person,
      conditions: verdict.conditions,
      isTarget: verdict.target === 'met',
      together: record?.together ?? 0,
      reach: addresses.length === 0 ? 'desk-only' : isPreferred ? 'preferred' : 'other',
      open,
      capacity,
      askedThisHour: row.asked_this_hour,
      perHour: row.per_hour,
      record: record
        ? { asked: record.asked, answered: record.answered, medianMs: record.median_ms }
        : { asked: 0, answered: 0, medianMs: null },
      addresses,
    }
  })
}

interface RecordRow {
  person: PersonId
  together: number
  asked: number
  answered: number
  median_ms: number | null
}

async function readRecords(turn: Turn, people: readonly PersonId[]): Promise<Map<PersonId, RecordRow>> {
  const { tx, now, structure } = turn
  const since = new Date(now.getTime() - recordDays * 86_400_000)
  const { rows } = await sql<RecordRow>`
    select n.person, coalesce(t.together, 0) as together, coalesce(o.asked, 0) as asked, coalesce(o.answered, 0) as answered, o.median_ms
    from unnest(${people}::uuid[]) as n(person)
    left join (
      select o.person_id, count(*) as asked, count(*) filter (where o.state in ('admitted', 'late')) as answered,
        percentile_cont(0.5) within group (order by extract(epoch from o.updated_at - o.created_at) * 1000)
          filter (where o.state in ('admitted', 'late')) as median_ms
      from offer o where o.account_id = ${structure.account} and o.person_id = any(${people}::uuid[]) and o.created_at > ${since}
        and o.state <> 'withdrawn'
      group by o.person_id
    ) o on o.person_id = n.person
    left join (
      select p.person_id, count(distinct p.conversation_id) as together from participant p
      join conversation v on v.account_id = p.account_id and v.conversation_id = p.conversation_id
      where v.account_id = ${structure.account} and v.visitor_id = ${structure.visitor}
        and v.conversation_id <> ${structure.conversation} and p.role = 'responder'
      group by p.person_id
    ) t on t.person_id = n.person`.execute(tx)
  return new Map(rows.map((row) => [row.person, row]))
}
