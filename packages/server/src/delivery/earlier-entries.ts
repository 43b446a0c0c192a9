import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { aliasOfRow, filedBy } from '../faces/index.ts'
import { besides } from './behind.ts'
import type { DeliveryRow } from './record-attempt.ts'
import { whoseName } from './whose-name.ts'

const most = 20

/**
 * What the person may see of what was said before, oldest first; given with the first message only that reaches them in a place, so that
 * a mail program has the whole story once.
 */
export async function earlierEntries(
  reader: Reader,
  row: DeliveryRow,
  visitorName: string,
): Promise<{ by: string; text: string; at: Date }[]> {
  if (!(await isFirstHere(reader, row))) return []
  const { rows } = await sql<{ by: string | null; text: string; at: Date }>`
    select distinct on (m.at, m.message_id) ${authorFor(row)} as by, m.body as text, coalesce(case when m.kind = 'filed' then m.written_at end, m.at) as at
    from span s
    join placement p on p.account_id = s.account_id and p.interaction_id = s.interaction_id
      and p.position between s.from_position and s.until
    join interaction i on i.account_id = p.account_id and i.interaction_id = p.interaction_id and p.position <> all(i.withdrawn)
    join message m on m.account_id = p.account_id and m.message_id = p.message_id
    left join participant w on w.account_id = p.account_id and w.interaction_id = p.interaction_id and w.person_id = ${whoseName}
    where s.account_id = ${row.account_id} and s.person_id = ${row.person_id} and s.conversation_id = ${row.conversation_id}
      and ${besides(row)} and m.encryption = 'none' and m.message_id <> ${row.message_id} and m.at < (select at from message
        where account_id = ${row.account_id} and message_id = ${row.message_id})
    order by m.at desc, m.message_id limit ${most}`.execute(reader)
  return rows.reverse().map(({ by, text, at }) => ({ by: by ?? visitorName, text, at }))
}

/** Who said it, as they are called where it stands; what was filed, as it says beside it. */
const authorFor = (row: DeliveryRow) => sql`coalesce(${filedBy(row.person_id)}, ${aliasOfRow('w', row.person_id)})`

/**
 * What a person may read now of a conversation that has come to them, oldest first, the last of it. `isWhole`: there was nothing else, neither
 * earlier nor sealed.
 */
export async function storySoFar(
  reader: Reader,
  row: DeliveryRow,
  visitorName: string,
): Promise<{ entries: { by: string; text: string; at: Date }[]; isWhole: boolean }> {
  const { rows } = await sql<{ by: string | null; text: string; at: Date; sealed: boolean }>`
    select distinct on (m.at, m.message_id) ${authorFor(row)} as by, m.body as text, m.encryption = 'sealed' as sealed,
      coalesce(case when m.kind = 'filed' then m.written_at end, m.at) as at
    from span s
    join placement p on p.account_id = s.account_id and p.interaction_id = s.interaction_id
      and p.position between s.from_position and s.until
    join interaction i on i.account_id = p.account_id and i.interaction_id = p.interaction_id and i.kind <> 'backchannel'
      and p.position <> all(i.withdrawn)
    join message m on m.account_id = p.account_id and m.message_id = p.message_id and m.person_id <> s.person_id
    left join participant w on w.account_id = p.account_id and w.interaction_id = p.interaction_id and w.person_id = ${whoseName}
    where s.account_id = ${row.account_id} and s.person_id = ${row.person_id} and s.conversation_id = ${row.conversation_id}
      -- What is said from then on comes by itself. Times rise within a conversation, if need be by a little.
      and m.at < (select created_at + interval '1 second' from delivery
        where account_id = ${row.account_id} and delivery_id = ${row.delivery_id})
    order by m.at desc, m.message_id limit ${most + 1}`.execute(reader)
  const open = rows.slice(0, most).filter(({ sealed, text }) => !sealed && text.trim() !== '')
  return {
    entries: open.reverse().map(({ by, text, at }) => ({ by: by ?? visitorName, text, at })),
    isWhole: open.length === rows.length,
  }
}

/**
 * Whether, with the first message that reaches them in a place, something was said there before that never did: neither as a message, nor
 * in the question that they were asked, nor as their own words.
 */
export async function hasUnseen(reader: Reader, row: DeliveryRow): Promise<boolean> {
  if (!(await isFirstHere(reader, row))) return false
  const { rows } = await sql`
    select 1 from span s
    join placement p on p.account_id = s.account_id and p.interaction_id = s.interaction_id
      and p.position between s.from_position and s.until
    join message m on m.account_id = p.account_id and m.message_id = p.message_id
    where s.account_id = ${row.account_id} and s.person_id = ${row.person_id} and s.conversation_id = ${row.conversation_id}
      and m.message_id <> ${row.message_id} and m.person_id <> s.person_id
      and exists (select from interaction i where i.account_id = p.account_id and i.interaction_id = p.interaction_id
        and p.position <> all(i.withdrawn) and (i.kind <> 'backchannel' or i.interaction_id = ${row.interaction_id}))
      and m.at < (select at from message where account_id = ${row.account_id} and message_id = ${row.message_id})
      and not exists (select from delivery d where d.account_id = m.account_id and d.message_id = m.message_id
        and d.person_id = s.person_id)
      -- Times rise within a conversation: what brought about the question may stand a moment after it.
      and not exists (select from offer o where o.account_id = m.account_id and o.conversation_id = s.conversation_id
        and o.person_id = s.person_id and o.created_at >= m.at - interval '1 second')
    limit 1`.execute(reader)
  return rows.length > 0
}

async function isFirstHere(reader: Reader, row: DeliveryRow): Promise<boolean> {
  const before = await reader
    .selectFrom('delivery')
    .select('delivery_id')
    .where('account_id', '=', row.account_id)
    .where('participant_id', '=', row.participant_id)
    .where(sql<boolean>`(kind = 'message' or notice->>'template' = 'story-so-far')`)
    .where('sequence', '<', row.sequence)
    .where('attempts', '>', 0)
    .limit(1)
    .executeTakeFirst()
  return before === undefined
}
