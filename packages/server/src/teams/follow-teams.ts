import { type AccountId, type ConversationId, newId, type PersonId, type SpanId, type TeamId } from '@parley/model'
import { followTeam } from '@parley/rules'
import { sql } from 'kysely'
import { writeRights } from '../conversations/index.ts'
import type { Database } from '../db/index.ts'
import type { Road, Turn } from '../road/index.ts'

/** So many conversations are worked on before it is looked again what there is to do. */
const atOnce = 100

/**
 * Where a team that is let in has changed, the rights of those who came or went follow, each conversation in a turn of its own. What there is
 * to do stands in rows that are written with the change and deleted with the work: a process that dies leaves the rest to the next.
 */
export async function followTeams(
  parts: { db: Database; road: Road; warn: (facts: object, message: string) => void },
  isStopped: () => boolean = () => false,
): Promise<number> {
  let done = 0
  for (let after: ConversationId | null = null; ; ) {
    const waiting: Waiting[] = await readWaiting(parts.db, after)
    for (const { account, conversation } of waiting) {
      if (isStopped()) return done
      try {
        await parts.road.inConversation(account, conversation, followIn)
        done += 1
      } catch (error) {
        // The others have nothing to do with it, and its rows are there for the next time.
        parts.warn({ conversation, error: String(error) }, 'the rights of a team could not follow and are tried again')
      }
    }
    after = waiting.at(-1)?.conversation ?? null
    if (waiting.length < atOnce || after === null) return done
  }
}

interface Waiting {
  account: AccountId
  conversation: ConversationId
}

async function readWaiting(db: Database, after: ConversationId | null): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select distinct i.account_id as account, i.conversation_id as conversation from team_work w
    join interaction i on i.account_id = w.account_id and i.interaction_id = w.interaction_id
    where ${after}::uuid is null or i.conversation_id > ${after}::uuid
    order by i.conversation_id limit ${atOnce}`.execute(db.workers)
  return rows
}

async function followIn(turn: Turn): Promise<void> {
  const { tx, now, structure } = turn
  const { account } = structure
  const interactions = [...structure.interactions.keys()]
  const { rows } = await sql<{ team: TeamId; person: PersonId; member: boolean }>`
    with taken as (
      delete from team_work where account_id = ${account} and interaction_id = any(${interactions}::uuid[])
      returning team_id, person_id
    )
    select distinct t.team_id as team, t.person_id as person, exists (
      select from team_member m join responder r on r.account_id = m.account_id and r.person_id = m.person_id
      where m.account_id = ${account} and m.team_id = t.team_id and m.person_id = t.person_id
        and r.state in ('active', 'paused')) as member
    from taken t order by 1, 2`.execute(tx)
  const changes = rows.flatMap(({ team, person, member }) =>
    followTeam(structure, { team, person, isMember: member }, () => newId<SpanId>()),
  )
  if (changes.length === 0) return
  await writeRights({ tx, account, now }, changes)
  await turn.restructure()
}
