import type { ConversationId, DeliveryId } from '@parley/model'
import type { DeliveryView } from '@parley/protocol'
import { numberVisitor } from '@parley/rules'
import { sql } from 'kysely'
import { rankOf } from '../../conversations/index.ts'
import type { Reader } from '../../db/index.ts'
import { aliasOfRow, isMasked } from '../../faces/index.ts'
import type { Holder } from '../../realtime/index.ts'
import { nameAsker } from '../../words/index.ts'

interface Row {
  id: string
  kind: DeliveryView['kind']
  medium: string
  own_value: string | null
  alias: string | null
  /** The same for all who stand behind one face before the holder; null where they see to whom it goes. */
  face: string | null
  conversation: ConversationId | null
  asker: Record<string, string>
  message: string | null
  state: DeliveryView['state']
  reason: string | null
  maybe_twice: boolean
  updated_at: Date
  attempts: { at: string; outcome: string | null; reason: string | null }[] | null
}

/** One's own messages on their way to others, and what is on its way to oneself. The other side is an alias, never an address. */
export async function listDeliveries(
  reader: Reader,
  holder: Holder,
  wanted: { conversation: ConversationId } | { delivery: DeliveryId },
): Promise<DeliveryView[]> {
  const only =
    'conversation' in wanted ? sql`d.conversation_id = ${wanted.conversation}` : sql`d.delivery_id = ${wanted.delivery}`
  const { rows } = await sql<Row>`
    select d.delivery_id as id, d.kind, d.medium, d.message_id as message, d.state, d.reason, d.maybe_twice, d.updated_at,
      case when d.person_id = ${holder.person} then a.value end as own_value, a.address_id, ${aliasOfRow('p', holder.person)} as alias,
      case when d.person_id <> ${holder.person} and ${isMasked('p', holder.person)} then p.interaction_id || p.face end as face,
      d.conversation_id as conversation, coalesce(s.policy->'asker', '{}') as asker,
      (select json_agg(json_build_object('at', t.started_at, 'outcome', t.outcome, 'reason', t.reason) order by t.number)
        from attempt t where t.account_id = d.account_id and t.delivery_id = d.delivery_id) as attempts
    from delivery d
    left join message m on m.account_id = d.account_id and m.message_id = d.message_id
    left join address a on a.account_id = d.account_id and a.address_id = d.address_id
    left join participant p on p.account_id = d.account_id and p.participant_id = d.participant_id
    left join conversation c on c.account_id = d.account_id and c.conversation_id = d.conversation_id
    left join site s on s.account_id = c.account_id and s.site_id = c.site_id
    where d.account_id = ${holder.account} and ${only} and (d.person_id = ${holder.person} or (m.person_id = ${holder.person} and ${isSeen(holder)}))
    order by d.sequence desc limit 200`.execute(reader)
  return rows
    .filter((row) => isFurthest(row, rows))
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      medium: row.medium,
      to: row.own_value ?? row.alias ?? nameUnnamed(row, holder.language),
      message: row.message,
      state: row.state,
      // What a peer says of somebody else's address may hold that address.
      reason: row.own_value === null && row.reason !== null ? 'not-reached' : row.reason,
      attempts: (row.attempts ?? []).map(({ at, outcome, reason }) => ({
        at: new Date(at).toISOString(),
        outcome: outcome ?? 'under-way',
        reason: row.own_value === null ? null : reason,
      })),
      maybeTwice: row.maybe_twice,
      updatedAt: row.updated_at.toISOString(),
    }))
}

/** Nothing of whom it went to where the holder may read nothing, or who only watches. */
const isSeen = ({ account, person }: Holder) => sql`(p.participant_id is null or (p.role <> 'observer'
  and exists (select from span n where n.account_id = ${account} and n.person_id = ${person} and n.interaction_id = p.interaction_id
    and (n.to_position is null or n.to_position >= n.from_position))))`

/** Of what goes to several behind one face, only the one that has come furthest is shown. */
function isFurthest(row: Row, rows: readonly Row[]): boolean {
  if (row.face === null) return true
  const same = rows.filter(({ face, message }) => face === row.face && message === row.message)
  return row === same.toSorted((a, b) => rankOf(b.state) - rankOf(a.state))[0]
}

/** As the conversation itself calls them at the desk. */
function nameUnnamed({ asker, conversation }: Row, language: string): string {
  const name = nameAsker(language, asker, null)
  return conversation ? `${name} ${numberVisitor(conversation).number}` : name
}
