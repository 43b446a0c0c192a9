import type { AccountId, ConversationId, PersonId } from '@parley/model'
import type { WatchedView, WatchPage } from '@parley/protocol'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { loadStructures, type Structure } from '../road/index.ts'
import { readViewFacts, toldApart } from './view.ts'

const page = 50

/**
 * Conversations that go on, the latest first, for who watches over the account: who is in what, whether they are in it or not, and none of
 * the words. Own spaces are not among them. `after`: where the page before ended.
 */
export async function listWatched(
  reader: Reader,
  wanted: { account: AccountId; person: PersonId; language: string; after: string | undefined },
): Promise<WatchPage> {
  const { account, person, language } = wanted
  const [at, id] = wanted.after?.split('_') ?? []
  const cursor =
    at && id ? sql<boolean>`(c.last_at, c.conversation_id) < (${at}::timestamptz, ${id}::uuid)` : sql<boolean>`true`
  const { rows } = await sql<{ id: ConversationId; at: string }>`
    select c.conversation_id as id, to_char(c.last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from conversation c
    where c.account_id = ${account} and c.state = 'open' and c.kind = 'outside' and ${cursor}
    order by c.last_at desc, c.conversation_id desc limit ${page + 1}`.execute(reader)
  const shown = rows.slice(0, page)
  const structures = await loadStructures(
    reader,
    account,
    shown.map((row) => row.id),
  )
  const facts = await readViewFacts(reader, [...structures.values()], language)
  const last = shown.at(-1)
  return {
    conversations: shown.flatMap((row) => {
      const structure = structures.get(row.id)
      return structure ? [watched(structure, person, language, facts.topics)] : []
    }),
    next: rows.length > page && last ? `${last.at}_${last.id}` : null,
  }
}

function watched(
  structure: Structure,
  person: PersonId,
  language: string,
  topics: Awaited<ReturnType<typeof readViewFacts>>['topics'],
): WatchedView {
  const ticket = structure.tickets.at(-1)
  const topic = ticket?.topic ? topics.get(ticket.topic) : undefined
  const asker = structure.participants.find((place) => place.person === structure.visitor)
  return {
    id: structure.conversation,
    site: structure.site,
    state: structure.state,
    asker: asker ? toldApart(structure, asker, person, language).alias : '',
    topic: topic ? (topic[language] ?? topic.en ?? null) : null,
    language: structure.language,
    hunt: ticket?.hunt ?? 'not-begun',
    startedAt: structure.createdAt.toISOString(),
    lastAt: structure.lastAt.toISOString(),
    interactions: [...structure.interactions.values()].map(({ id, kind, state, purpose, parent }) => {
      const inside = structure.participants.filter(({ interaction, left }) => interaction === id && !left)
      const own = inside.find((place) => place.person === person)
      return {
        id,
        kind,
        state,
        ...(purpose === 'whisper' ? { purpose } : {}),
        parent,
        people: inside.map((place) => ({
          person: place.person,
          alias: toldApart(structure, place, person, language).alias,
          role: place.role,
        })),
        you: own ? (own.role === 'observer' ? 'observer' : 'member') : 'none',
      }
    }),
  }
}
