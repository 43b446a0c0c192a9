import { type AccountId, type ConversationId, type PersonId, parseId } from '@parley/model'
import type { ConversationView, ProgramConversation } from '@parley/protocol'
import { sql } from 'kysely'
import { listOwn, type OwnConversation, readViews } from '../conversations/index.ts'
import { cutPage, type Reader, readCursor } from '../db/index.ts'
import type { Structure } from '../road/index.ts'
import { type Actor, actorsOf } from './outside-people.ts'

/** The conversations that a program may see something of, as itself or for others, the newest words that they may read first. */
export async function listConversations(
  reader: Reader,
  wanted: { account: AccountId; program: PersonId; language: string; after: string | undefined; limit: number },
): Promise<{ items: ProgramConversation[]; structures: Structure[]; next: string | null } | null> {
  const { account, program, limit } = wanted
  const cursor = readCursor(wanted.after)
  const after = cursor === undefined ? undefined : cursor && readPlace(cursor)
  if (after === null || after === '') return null
  const rows = await listOwn(reader, { account, people: actorsOf({ account, program }), limit: limit + 1, after })
  const page = cutPage(rows, limit, ({ at, conversation, person }) => `${at.getTime()}-${conversation}${person}`)
  const names = await outsideNames(reader, { account, people: page.items.map(({ person }) => person) })
  const found = []
  for (const { conversation, person } of page.items) {
    const actor = { person, as: names.get(person) ?? null }
    const one = await readConversation(reader, { ...wanted, conversation, actor })
    if (one) found.push(one)
  }
  return { items: found.map(({ view }) => view), structures: found.map(({ structure }) => structure), next: page.next }
}

/** Where a page ended: nothing but what its reader was shown there. */
function readPlace(cursor: string): OwnConversation | null {
  const [, at, conversation, person] = /^(\d{1,15})-(.{36})(.{36})$/.exec(cursor) ?? []
  const [of, whose] = [parseId<ConversationId>(conversation), parseId<PersonId>(person)]
  return of && whose ? { at: new Date(Number(at)), conversation: of, person: whose } : null
}

async function outsideNames(
  reader: Reader,
  { account, people }: { account: AccountId; people: readonly PersonId[] },
): Promise<Map<PersonId, string>> {
  const { rows } = await sql<{ person: PersonId; key: string }>`
    select person_id as person, key from outside_person where account_id = ${account} and person_id = any(${people}::uuid[])`.execute(
    reader,
  )
  return new Map(rows.map(({ person, key }) => [person, key]))
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
    ...houseFields(view),
    interactions: view.interactions.map(({ id, kind, state, length, writable, participants }) => ({
      ...{ id, kind, state, length, writable },
      participants: participants.map(({ id, you, role, alias, state }) => ({ id, you, role, alias, state })),
    })),
  }
}

/** What is in the view is theirs to see; what is not there is left out here too. */
function houseFields({ name, category, tags, folder }: ConversationView): Partial<ProgramConversation> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(category === undefined ? {} : { category }),
    ...(tags === undefined ? {} : { tags }),
    ...(folder === undefined ? {} : { folder }),
  }
}
