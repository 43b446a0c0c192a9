import { setImmediate } from 'node:timers/promises'
import type { AccountId, PersonId } from '@parley/model'
import { type Criteria, judgePrepared, type MatchVerdict, type PreparedRequest } from '@parley/rules'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'

/** A preview is one person's question, asked while typing: it looks at so many and says so when there are more. */
const mostJudged = 20_000
const page = 50
const batch = 2_000
/** Judging so many takes a few milliseconds at most, even with long lists of words; then it is somebody else's turn. */
const atOnce = 50

export interface Previewed {
  readonly person: PersonId
  readonly name: string
  readonly alias: string
  readonly live: 'free' | 'paused' | 'joining' | 'at-capacity'
  readonly criteria: Criteria
  readonly verdict: MatchVerdict
}

export interface Preview {
  /** How many would be asked. */
  readonly count: number
  readonly judged: number
  readonly isWhole: boolean
  readonly people: readonly Previewed[]
  /** Whose criteria were replaced, wherever among the others they stand. */
  readonly instead: Previewed | null
  readonly next: number | null
}

/**
 * Who would get this, and why everyone else would not: those who would be asked, then those who match and cannot just now, then the others
 * by how much stands against it. `instead`: as if somebody's criteria were these.
 */
export async function previewHunt(
  reader: Reader,
  account: AccountId,
  asked: {
    readonly request: PreparedRequest
    readonly now: Date
    readonly from: number
    readonly instead: { readonly person: PersonId; readonly criteria: Criteria } | null
    /** For tests. */
    readonly most?: number
  },
): Promise<Preview> {
  const { request, now, from, instead, most = mostJudged } = asked
  const judged: Previewed[] = []
  let after: PersonId | null = null
  let isWhole = false
  while (!isWhole && judged.length < most) {
    const size = Math.min(batch, most - judged.length)
    const found: Responder[] = await readResponders(reader, account, after, size + 1)
    isWhole = found.length <= size
    for (const [index, responder] of found.slice(0, size).entries()) {
      if (index % atOnce === atOnce - 1) await setImmediate()
      const criteria = responder.person === instead?.person ? instead.criteria : responder.criteria
      const { person, teams, name, alias } = responder
      const verdict = judgePrepared({ person, teams, criteria }, request, now)
      judged.push({ person, name, alias, live: liveOf(responder), criteria, verdict })
      after = person
    }
  }
  judged.sort((a, b) => against(a) - against(b) || (a.name < b.name ? -1 : 1))
  const people = judged.slice(from, from + page)
  return {
    count: judged.filter((one) => against(one) === 0).length,
    judged: judged.length,
    isWhole,
    people,
    instead: judged.find(({ person }) => person === instead?.person) ?? null,
    next: from + page < judged.length ? from + page : null,
  }
}

function against({ verdict, live }: Previewed): number {
  const { conditions, target, hours, awayUntil } = verdict
  const any = conditions.filter(({ group }) => group === 'any')
  const wrong =
    conditions.filter(
      ({ group, holding }) => (group === 'all' && holding === 'not-met') || (group === 'none' && holding === 'met'),
    ).length + (any.length > 0 && any.every(({ holding }) => holding === 'not-met') ? 1 : 0)
  const passing = (hours === 'closed' || hours === 'holiday' ? 1 : 0) + (awayUntil === null ? 0 : 1)
  // What lies between somebody and a question: their wishes first, then the clock, then what they are doing now.
  return (target === 'not-met' ? 10_000 : 0) + wrong * 100 + passing * 10 + (live === 'free' ? 0 : 1)
}

interface Responder {
  readonly person: PersonId
  readonly name: string
  readonly alias: string
  readonly state: 'joining' | 'waiting' | 'active' | 'paused'
  readonly capacity: number | null
  readonly open: number
  readonly criteria: Criteria
  readonly teams: readonly string[]
}

function liveOf({ state, capacity, open }: Responder): Previewed['live'] {
  if (state === 'joining' || state === 'waiting') return 'joining'
  if (state === 'paused') return 'paused'
  return capacity !== null && open >= capacity ? 'at-capacity' : 'free'
}

async function readResponders(
  reader: Reader,
  account: AccountId,
  after: PersonId | null,
  limit: number,
): Promise<Responder[]> {
  const { rows } = await sql<Responder>`
    select r.person_id as person, coalesce(n.name, '') as name, r.alias, r.state, r.capacity,
      coalesce(c.wants, '{}') as criteria,
      (select count(distinct p.conversation_id)::int from participant p
        join conversation v on v.account_id = p.account_id and v.conversation_id = p.conversation_id
        where p.account_id = r.account_id and p.person_id = r.person_id and p.left_at is null and p.role = 'responder'
          and v.state = 'open') as open,
      array(select t.team_id::text from team_member t
        where t.account_id = r.account_id and t.person_id = r.person_id) as teams
    from responder r
    join person n on n.account_id = r.account_id and n.person_id = r.person_id
    left join criteria c on c.account_id = r.account_id and c.person_id = r.person_id
    where r.account_id = ${account} and r.state <> 'left' and (${after}::uuid is null or r.person_id > ${after})
    order by r.person_id
    limit ${limit}`.execute(reader)
  return rows
}
