import type { AccountId, AttachmentId, InteractionId, MessageId, ParticipantId, PersonId } from '@parley/model'
import type { DeliveryState, FormField, MessageView } from '@parley/protocol'
import { mayRead, nearest, positionOf, type Range, type Span, viewNumber } from '@parley/rules'
import { sql } from 'kysely'
import { erasedText, type Reader } from '../db/index.ts'
import { whoseName } from '../delivery/index.ts'
import { filedBy, seenAsRow } from '../faces/index.ts'
import { foldTicks } from './fold-ticks.ts'

const pageSize = 100
/** The last position that there can be. Compared as a plain number, it is found in the index. */
export const lastOfAll = 2_147_483_647

export interface Page {
  readonly messages: MessageView[]
  readonly more: boolean
  /** The forms that some of these messages answer. */
  readonly answered: MessageId[]
}

/** Signs an address under which an attachment can be fetched for a while. */
export type AttachmentUrl = (account: AccountId, attachment: AttachmentId) => string

interface MessageRow {
  position: number
  message_id: MessageId
  from: ParticipantId | null
  at: Date
  text: string
  cut: boolean
  masked: boolean
  unproven: boolean
  sealed: boolean
  own: boolean
  copied: boolean
  /** What was said elsewhere: when, by whom, over what. */
  filed: { at: string; by: string | null; over: string | null } | null
  form: { kind: 'ask'; fields: FormField[] } | { kind: 'answer'; of: MessageId; answers: Record<string, string> } | null
  answered: boolean
  attachments: { id: AttachmentId; name: string; type: string; size: number; image: boolean }[] | null
  ticks: { participant: string; place: string; state: DeliveryState; reason: string | null }[] | null
}

/**
 * A page of one interaction as one person may see it: positions inside their readable ranges and nothing else, numbered in their own
 * view. Oldest first after a number; or the page that ends before a number; or the last page.
 */
export async function readMessages(
  db: Reader,
  wanted: {
    account: AccountId
    person: PersonId
    interaction: InteractionId
    spans: readonly Span[]
    cursor: { after: number } | { before: number } | 'end'
    url: AttachmentUrl
  },
): Promise<Page> {
  const ranges = mayRead(wanted.spans, wanted.interaction)
  const forwards = wanted.cursor !== 'end' && 'after' in wanted.cursor
  const bounds = nearest(cut(ranges, wanted.cursor), pageSize + 1, forwards ? 'first' : 'last')
  if (bounds.length === 0) return { messages: [], more: false, answered: [] }
  const order = sql.raw(forwards ? 'asc' : 'desc')
  // It may have gone to others besides where it stands in something that they may not see.
  const readable = [...new Set(wanted.spans.map(({ interaction }) => interaction))]
  const { rows } = await sql<MessageRow>`
    select p.position, m.message_id, ${seenAsRow('w', wanted.person)} as from, m.at, m.body as text, m.full_text is not null as cut, m.masked,
      m.unproven, m.encryption = 'sealed' as sealed, m.person_id = ${wanted.person} as own, p.placed_by is not null as copied, m.form,
      case when m.kind = 'filed' then json_build_object('at', coalesce(m.written_at, m.at), 'by', ${filedBy(wanted.person)}, 'over', m.said_over) end as filed,
      m.kind = 'ask' and (w.role = 'virtual' and (w.left_at is not null or exists (select from concierge_run r
          where r.account_id = m.account_id and r.participant_id = w.participant_id
          and r.asked_message is distinct from m.message_id))
        or exists (select from message a join placement g on g.account_id = a.account_id and g.message_id = a.message_id
          join unnest(${wanted.spans.map(({ interaction }) => interaction)}::uuid[], ${wanted.spans.map(({ from }) => from)}::int[],
            ${wanted.spans.map(({ to }) => to ?? lastOfAll)}::int[]) as s(interaction, first, last)
            on g.interaction_id = s.interaction and g.position between s.first and s.last
          where a.account_id = m.account_id and a.kind = 'answer' and a.form->>'of' = m.message_id::text)) as answered,
      (select json_agg(json_build_object('id', f.attachment_id, 'name', f.name, 'type', f.type, 'size', f.size,
          'image', f.type like 'image/%' and not f.download_only) order by f.position)
        from attachment f where f.account_id = m.account_id and f.message_id = m.message_id) as attachments,
      (select json_agg(json_build_object('participant', ${seenAsRow('t', wanted.person)}, 'place', t.participant_id, 'state', d.state, 'reason', d.reason) order by d.sequence)
        from delivery d join participant t on t.account_id = d.account_id and t.participant_id = d.participant_id
        where m.person_id = ${wanted.person} and d.account_id = m.account_id and d.message_id = m.message_id
          and d.state <> 'replaced' and t.interaction_id = any(${readable}::uuid[])
          and (t.role <> 'observer' or ${watches(wanted)})) as ticks
    from unnest(${bounds.map((b) => b.from)}::int[], ${bounds.map((b) => b.to ?? lastOfAll)}::int[]) as r(first, last)
    cross join lateral (select * from placement o
      where o.account_id = ${wanted.account} and o.interaction_id = ${wanted.interaction} and o.position between r.first and r.last
      order by o.position ${order} limit ${pageSize + 1}) p
    join message m on m.account_id = p.account_id and m.message_id = p.message_id
    left join participant w on w.account_id = p.account_id and w.interaction_id = p.interaction_id and w.person_id = ${whoseName}
    order by p.position ${order} limit ${pageSize + 1}`.execute(db)
  const more = rows.length > pageSize
  const page = rows.slice(0, pageSize)
  if (!forwards) page.reverse()
  return {
    messages: page.map((row) => toView(row, ranges, (id) => wanted.url(wanted.account, id))),
    more,
    answered: page.flatMap(({ form }) => (form?.kind === 'answer' ? [form.of] : [])),
  }
}

/** That an observer is there is for those who may watch. */
const watches = ({ account, person }: { account: AccountId; person: PersonId }) => sql`exists (select from responder
  where account_id = ${account} and person_id = ${person} and role in ('supervisor', 'administrator'))`

/** The readable ranges, cut at the cursor. */
function cut(ranges: readonly Range[], cursor: { after: number } | { before: number } | 'end'): Range[] {
  if (cursor === 'end') return [...ranges]
  if ('after' in cursor) {
    const first = positionOf(ranges, cursor.after + 1)
    if (first === null) return []
    return ranges.flatMap((range) => {
      if (range.to !== null && range.to < first) return []
      return [{ from: Math.max(range.from, first), to: range.to }]
    })
  }
  const last = cursor.before <= 1 ? null : positionOf(ranges, cursor.before - 1)
  if (last === null) return []
  return ranges.flatMap((range) =>
    range.from > last ? [] : [{ from: range.from, to: Math.min(range.to ?? last, last) }],
  )
}

function toView(row: MessageRow, ranges: readonly Range[], url: (id: AttachmentId) => string): MessageView {
  const n = viewNumber(ranges, row.position)
  if (n === null) throw new Error('a message outside the readable ranges was read')
  return {
    n,
    id: row.message_id,
    from: row.from,
    at: row.at.toISOString(),
    ...(row.text === erasedText ? { text: '', erased: true } : { text: row.text }),
    ...(row.cut ? { cut: true } : {}),
    ...(row.masked ? { masked: true } : {}),
    ...(row.sealed ? { sealed: true } : {}),
    ...(row.unproven ? { unproven: true } : {}),
    ...(row.copied ? { copied: true } : {}),
    ...(row.filed ? { filed: toFiled(row.filed) } : {}),
    ...(row.attachments ? { attachments: row.attachments.map((file) => ({ ...file, url: url(file.id) })) } : {}),
    ...(row.form?.kind === 'ask' ? { form: { fields: row.form.fields, answered: row.answered } } : {}),
    ...(row.ticks
      ? { ticks: foldTicks(row.ticks).map(({ reason, place: _, ...tick }) => (reason ? { ...tick, reason } : tick)) }
      : {}),
  }
}

function toFiled({ at, by, over }: NonNullable<MessageRow['filed']>): NonNullable<MessageView['filed']> {
  return { at: new Date(at).toISOString(), ...(by ? { by } : {}), ...(over ? { over } : {}) }
}
