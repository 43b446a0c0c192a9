import { type AccountId, type ConversationId, type InteractionId, type PersonId, parseId } from '@parley/model'
import type { InteractionView, SeesConversation, SeesInteraction, SeesPage, SeesRight } from '@parley/protocol'
import { mayRead } from '@parley/rules'
import { sql } from 'kysely'
import { listOwn, type OwnConversation, readViews } from '../conversations/index.ts'
import type { Reader } from '../db/index.ts'
import { type Structure, spansOf } from '../road/index.ts'
import { toUnder } from './to-under.ts'

interface Whose {
  readonly account: AccountId
  readonly person: PersonId
  /** Of who looks. */
  readonly language: string
}

const pageSize = 50

/** A page of somebody's conversations as they see them, but for spaces of one's own: those are nobody else's to look into. Null: the cursor is none. */
export async function listWhatTheySee(
  db: Reader,
  { account, person, language }: Whose,
  after: string | undefined,
): Promise<SeesPage | null> {
  const from = after === undefined ? undefined : readPlace(after, person)
  if (from === null) return null
  const people = sql`array[${person}]::uuid[]`
  const own = await listOwn(db, { account, people, limit: pageSize + 1, after: from, withoutOwnSpaces: true })
  const page = own.slice(0, pageSize)
  const only = page.map(({ conversation }) => conversation)
  const views = only.length > 0 ? await readViews(db, { account, person, language, only, limit: pageSize }) : []
  const last = page.at(-1)
  return {
    conversations: views.map(({ view }) => view),
    next: own.length > pageSize && last ? `${last.at.getTime()}-${last.conversation}` : null,
  }
}

function readPlace(cursor: string, person: PersonId): OwnConversation | null {
  const [, at, id] = /^(\d{1,15})-(.{36})$/.exec(cursor) ?? []
  const conversation = parseId<ConversationId>(id)
  return conversation ? { at: new Date(Number(at)), conversation, person } : null
}

/** One conversation as somebody sees it, with why: their view as a tree, and the rights behind each part of it. Null: nothing of it is theirs. */
export async function readWhatTheySee(
  db: Reader,
  whose: Whose,
  only: ConversationId,
): Promise<{ sees: SeesConversation; structure: Structure } | null> {
  const [found] = await readViews(db, { ...whose, only, limit: 1 })
  if (!found) return null
  const { view, structure } = found
  if (structure.kind === 'own') return null
  const rights = await readRights(db, whose, structure)
  const shown = new Map(view.interactions.map((one) => [one.id, one]))
  const place = (one: InteractionView) => structure.interactions.get(one.id as InteractionId)
  const toTree = (one: InteractionView): SeesInteraction => ({
    interaction: one,
    ranges: mayRead(spansOf(structure, whose.person), one.id),
    messages: one.length,
    rights: rights.get(one.id) ?? [],
    backchannels: view.interactions
      .filter((inner) => place(inner)?.parent === one.id && isBackchannel(inner))
      .map(toTree),
  })
  // What was opened from something that they do not see stands beside what they do.
  const isRoot = (one: InteractionView) => !isBackchannel(one) || !shown.has(place(one)?.parent ?? '')
  const tickets = structure.tickets
    .map(({ id }) => ({
      id,
      interactions: view.interactions.filter((one) => place(one)?.ticket === id && isRoot(one)).map(toTree),
    }))
    .filter(({ interactions }) => interactions.length > 0)
  return { sees: { conversation: view, tickets }, structure }
}

const isBackchannel = ({ kind }: InteractionView) => kind === 'backchannel'

async function readRights(
  db: Reader,
  { account, person }: Whose,
  { conversation }: Structure,
): Promise<Map<string, SeesRight[]>> {
  const { rows } = await sql<{
    interaction: string
    basis: SeesRight['basis']
    from: number
    to: number | null
    since: Date
    by: string | null
    under: string | null
  }>`
    select s.interaction_id as interaction, s.basis, s.from_position as from, s.to_position as to, s.created_at as since, s.under,
      case when s.given_by is not null then coalesce(nullif(g.name, ''), nullif(r.alias, ''), '') end as by
    from span s
    left join person g on g.account_id = s.account_id and g.person_id = s.given_by
    left join responder r on r.account_id = s.account_id and r.person_id = s.given_by
    where s.account_id = ${account} and s.person_id = ${person} and s.conversation_id = ${conversation}
      and (s.to_position is null or s.to_position >= s.from_position)
    order by s.created_at, s.span_id`.execute(db)
  const rights = new Map<string, SeesRight[]>()
  for (const { interaction, since, under, ...right } of rows) {
    const shown: SeesRight = { ...right, since: since.toISOString(), under: toUnder(under) }
    rights.set(interaction, [...(rights.get(interaction) ?? []), shown])
  }
  return rights
}
