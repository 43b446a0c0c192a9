import type { AccountId, ConversationId, PersonId } from '@parley/model'
import type { ConversationView, ProgramConversation } from '@parley/protocol'
import { sql } from 'kysely'
import { readViews } from '../conversations/index.ts'
import type { Reader } from '../db/index.ts'
import type { Structure } from '../road/index.ts'
import { cutPage, readCursor } from './cursor.ts'
import { type Actor, actorsOf } from './outside-people.ts'

interface Row extends Actor {
  conversation: ConversationId
  cursor: string
}

/** The conversations that a program may see something of, as itself or for others, the newest words first. */
export async function listConversations(
  reader: Reader,
  wanted: { account: AccountId; program: PersonId; language: string; after: string | undefined; limit: number },
): Promise<{ items: ProgramConversation[]; structures: Structure[]; next: string | null } | null> {
  const { account, program, limit } = wanted
  const after = readCursor(wanted.after)
  if (after === null) return null
  const before =
    after === undefined
      ? sql`true`
      : sql`(to_char(c.last_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || c.conversation_id || s.person_id) < ${after}`
  const { rows } = await sql<Row>`
    select c.conversation_id as conversation, s.person_id as person, o.key as as,
      to_char(c.last_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || c.conversation_id || s.person_id as cursor
    from (select distinct conversation_id, person_id from span where account_id = ${account} and person_id = any(${actorsOf({ account, program })})) s
    join conversation c on c.account_id = ${account} and c.conversation_id = s.conversation_id
    left join outside_person o on o.account_id = ${account} and o.person_id = s.person_id
    where ${before} order by cursor desc limit ${limit + 1}`.execute(reader)
  const page = cutPage(rows, limit, ({ cursor }) => cursor)
  const found = []
  for (const row of page.items) {
    const one = await readConversation(reader, { ...wanted, conversation: row.conversation, actor: row })
    if (one) found.push(one)
  }
  return { items: found.map(({ view }) => view), structures: found.map(({ structure }) => structure), next: page.next }
}

/** One conversation as one of those for whom the program acts sees it. */
export async function readConversation(
  reader: Reader,
  wanted: { account: AccountId; language: string; conversation: ConversationId; actor: Actor },
): Promise<{ view: ProgramConversation; structure: Structure } | null> {
  const { account, language, conversation, actor } = wanted
  const [found] = await readViews(reader, { account, person: actor.person, language, only: conversation, limit: 1 })
  return found ? { view: showConversation(found.view, actor.as), structure: found.structure } : null
}

function showConversation(view: ConversationView, as: string | null): ProgramConversation {
  const { id, site, state, topic, language, createdAt, hunt } = view
  return {
    ...{ id, as, site, state, topic, language, createdAt, hunt },
    interactions: view.interactions.map(({ id, kind, state, length, writable, participants }) => ({
      ...{ id, kind, state, length, writable },
      participants: participants.map(({ id, you, role, alias, state }) => ({ id, you, role, alias, state })),
    })),
  }
}
