import type { AccountId, ConversationId, InteractionId, MessageId, ParticipantId, PersonId } from '@parley/model'
import { mayRead, seenAs, viewNumber } from '@parley/rules'
import { sql } from 'kysely'
import { lastOfAll, readViewFacts, viewConversation } from '../conversations/index.ts'
import { cutPage, type Reader, readCursor } from '../db/index.ts'
import { whoseName } from '../delivery/index.ts'
import { loadStructures, spansOf } from '../road/index.ts'
import { excerpt, type Piece, searchedWords } from './excerpt.ts'
import { readableRanges } from './readable-ranges.ts'

export interface Hit {
  readonly conversation: ConversationId
  readonly interaction: InteractionId
  /** In the searcher's own numbers. */
  readonly n: number
  readonly message: MessageId
  readonly at: string
  /** As whom the searcher knows its author. */
  readonly by: string
  readonly excerpt: readonly Piece[]
}

const pageSize = 30

interface Row {
  conversation: ConversationId
  interaction: InteractionId
  position: number
  message: MessageId
  author: ParticipantId | null
  at: Date
  text: string
}

/**
 * Messages that somebody may read and that hold all these words, the newest first. Looks through what they may read and at nothing else, so
 * that neither what is found nor how long it takes says anything of what is hidden from them. What is sealed is not looked through.
 */
export async function searchMessages(
  db: Reader,
  wanted: { account: AccountId; person: PersonId; language: string; query: string; after?: string | undefined },
): Promise<{ hits: Hit[]; next: string | null } | null> {
  const { account, person, language } = wanted
  const from = readPlace(wanted.after)
  if (from === null) return null
  const words = searchedWords(wanted.query)
  if (words.length === 0) return { hits: [], next: null }
  const ranges = await readableRanges(db, { account, person })
  const { rows } = await sql<Row>`
    select * from (
      select distinct on (m.message_id) p.conversation_id as conversation, p.interaction_id as interaction, p.position,
        m.message_id as message, w.participant_id as author, m.at, m.body as text
      from unnest(${ranges.map((r) => r.interaction)}::uuid[], ${ranges.map((r) => r.from)}::int[],
        ${ranges.map((r) => r.to ?? lastOfAll)}::int[]) as r(interaction, first, last)
      join placement p on p.account_id = ${account} and p.interaction_id = r.interaction
        and p.position between r.first and r.last
      join message m on m.account_id = p.account_id and m.message_id = p.message_id
      join interaction i on i.account_id = p.account_id and i.interaction_id = p.interaction_id
      join ticket t on t.account_id = i.account_id and t.ticket_id = i.ticket_id
      join conversation c on c.account_id = i.account_id and c.conversation_id = i.conversation_id
      left join participant w on w.account_id = p.account_id and w.interaction_id = p.interaction_id and w.person_id = ${whoseName}
      where 'sealed' not in (m.encryption, i.encryption, t.encryption, c.encryption)
        and ${sql.join(
          words.map((word) => sql`m.body ilike ${`%${likeLiteral(word)}%`}`),
          sql` and `,
        )}
      order by m.message_id, p.interaction_id
    ) found
    where ${from ? sql`(found.at, found.message) < (${from.at}, ${from.message})` : sql`true`}
    order by found.at desc, found.message desc limit ${pageSize + 1}`.execute(db)
  const page = cutPage(rows, pageSize, placeOf)
  return { hits: await show(db, { account, person, language, words }, page.items), next: page.next }
}

async function show(
  db: Reader,
  { account, person, language, words }: { account: AccountId; person: PersonId; language: string; words: string[] },
  rows: readonly Row[],
): Promise<Hit[]> {
  const structures = await loadStructures(db, account, [...new Set(rows.map(({ conversation }) => conversation))])
  const facts = await readViewFacts(db, [...structures.values()], language, person)
  return rows.flatMap((row): Hit[] => {
    const structure = structures.get(row.conversation)
    if (!structure) return []
    const n = viewNumber(mayRead(spansOf(structure, person), row.interaction), row.position)
    // A right may have ended between the two readings.
    if (n === null) return []
    const view = viewConversation(structure, person, facts)
    const inside = view.interactions.find(({ id }) => id === row.interaction)
    const author = structure.participants.find(({ id }) => id === row.author)
    return [
      {
        ...{ conversation: row.conversation, interaction: row.interaction, n, message: row.message },
        at: row.at.toISOString(),
        by:
          inside?.participants.find(({ id }) => id === (author && seenAs(author, person, structure.participants).id))
            ?.alias ?? '',
        excerpt: excerpt(row.text, words),
      },
    ]
  })
}

const likeLiteral = (word: string) => word.replaceAll(/[\\%_]/g, '\\$&')

/** Where a page ended: the time and id of a message that the searcher has just been shown. */
const placeOf = ({ at, message }: Row) => `${at.getTime()}-${message}`

function readPlace(text: string | undefined): { at: Date; message: string } | undefined | null {
  const place = readCursor(text)
  if (place === undefined || place === null) return place
  const [, ms, message] = /^(\d{1,15})-([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/.exec(place) ?? []
  return ms === undefined || message === undefined ? null : { at: new Date(Number(ms)), message }
}
