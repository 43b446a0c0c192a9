import type { Block, OutboundDelivery } from '@parley/channel-sdk'
import type { PlaceInvitationId } from '@parley/model'
import { sql } from 'kysely'
import { type Database, erasedText, type Reader } from '../db/index.ts'
import { aliasOfRow } from '../faces/index.ts'
import { nameAsker, word } from '../words/index.ts'
import { behindIn } from './behind.ts'
import type { RenderSettings } from './outbox.ts'
import type { DeliveryRow } from './record-attempt.ts'
import { whoseName } from './whose-name.ts'
import { withChoices } from './with-choices.ts'

interface Facts {
  target: string | null
  page: string | null
  shows_words: boolean
  language: string
  site: string
  asker: Record<string, string>
  region: string | null
}

/** Does it only point at what waits in a window or at a desk? */
export function isNudge({ notice }: Pick<DeliveryRow, 'notice'>): boolean {
  return notice?.template.startsWith('nudge-') === true
}

/** What waits, as a lock screen may show it, and the page where it is read. Null when the person is there by now, or has seen it. */
export async function renderNudge(
  db: Database,
  settings: RenderSettings,
  row: DeliveryRow,
): Promise<OutboundDelivery | null> {
  if (settings.isThere?.(row.person_id)) return null
  return db.read(row.account_id, async (reader) => {
    const facts = await readFacts(reader, row)
    if (!facts?.target) return null
    const waits = await whatWaits(reader, row, facts)
    if (!waits) return null
    const blocks: Block[] =
      facts.shows_words && waits.text
        ? [{ kind: 'said', by: waits.by, text: waits.text, at: waits.at }]
        : [{ kind: 'note', text: word(facts.language, waits.what) }]
    return {
      reference: row.reference,
      to: facts.target,
      relay: null,
      kind: 'notice',
      language: facts.language,
      content: {
        blocks: [...blocks, { kind: 'link', label: facts.site, url: settings.publicUrl + pathOf(row, facts) }],
      },
      attachments: [],
      thread: { subject: facts.site, references: [] },
      maybeTwice: row.maybe_twice,
    }
  })
}

function pathOf({ offer_id, conversation_id, notice }: DeliveryRow, { page }: Facts): string {
  if (page !== null) return page
  if (notice?.template === 'nudge-invitation') return '/desk/invitations'
  return offer_id ? `/desk/questions/${offer_id}` : `/desk/conversations/${conversation_id}`
}

interface Waits {
  what: 'nudge-message' | 'nudge-question' | 'nudge-backchannel' | 'nudge-whisper' | 'nudge-invitation'
  by: string
  text: string
  at: Date
}

function whatWaits(reader: Reader, row: DeliveryRow, facts: Facts): Promise<Waits | null> {
  if (row.offer_id) return waitingQuestion(reader, row, facts)
  return row.notice?.template === 'nudge-invitation'
    ? waitingInvitation(reader, row)
    : waitingMessage(reader, row, facts)
}

async function waitingInvitation(reader: Reader, row: DeliveryRow): Promise<Waits | null> {
  const invitation = await reader
    .selectFrom('place_invitation')
    .select(['invitation_id', 'named', 'note', 'encryption', 'created_at'])
    .where('account_id', '=', row.account_id)
    .where('invitation_id', '=', row.notice?.params.invitation as PlaceInvitationId)
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (!invitation) return null
  const text = invitation.encryption === 'sealed' ? '' : invitation.note
  return { what: 'nudge-invitation', by: invitation.named, text, at: invitation.created_at }
}

/** The words of the message, as long as no window of theirs has it. */
async function waitingMessage(reader: Reader, row: DeliveryRow, facts: Facts): Promise<Waits | null> {
  const { rows } = await sql<{ body: string; sealed: boolean; at: Date; form: object | null; alias: string | null }>`
    select m.message_id, m.body, m.encryption = 'sealed' as sealed, m.at, m.form, ${aliasOfRow('w', row.person_id)} as alias
    from message m
    join placement p on p.account_id = m.account_id and p.message_id = m.message_id and p.interaction_id = ${row.interaction_id}
    join participant r on r.account_id = m.account_id and r.participant_id = ${row.participant_id} and r.left_at is null
      and r.medium = 'web' and r.delivered < p.position
    left join participant w on w.account_id = m.account_id and w.person_id = ${whoseName} and w.interaction_id = ${row.interaction_id}
    where m.account_id = ${row.account_id} and m.message_id = ${row.notice?.params.message ?? null}
    limit 1`.execute(reader)
  const [message] = rows
  // What was erased waits no more.
  if (!message || message.body === erasedText) return null
  const behind = await behindIn(reader, row)
  const what = behind ? (`nudge-${behind}` as const) : 'nudge-message'
  const author = message.alias ?? nameAsker(facts.language, facts.asker, facts.region)
  // On a lock screen a whisper looks like what the visitor says.
  const by = behind ? `${word(facts.language, what)}: ${author}` : author
  // What is sealed is on no lock screen.
  if (message.sealed) return { what, by, text: '', at: message.at }
  return {
    what,
    by,
    text: withChoices(message.body, message.form as Parameters<typeof withChoices>[1]),
    at: message.at,
  }
}

async function waitingQuestion(reader: Reader, row: DeliveryRow, facts: Facts): Promise<Waits | null> {
  const offer = await reader
    .selectFrom('offer')
    .select(['offer_id', 'excerpt', 'encryption', 'created_at'])
    .where('account_id', '=', row.account_id)
    .where('offer_id', '=', row.offer_id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (!offer) return null
  const text = offer.encryption === 'sealed' ? '' : offer.excerpt
  const by = nameAsker(facts.language, facts.asker, facts.region)
  return { what: 'nudge-question', by, text, at: offer.created_at }
}

async function readFacts(reader: Reader, row: DeliveryRow): Promise<Facts | null> {
  const { rows } = await sql<Facts>`
    select a.target, a.page, a.shows_words, p.language, coalesce(s.name, acc.name) as site,
      coalesce(s.policy->'asker', '{}') as asker, c.region
    from address a
    join person p on p.account_id = a.account_id and p.person_id = a.person_id
    join account acc on acc.account_id = a.account_id
    left join conversation c on c.account_id = a.account_id and c.conversation_id = ${row.conversation_id}
    left join site s on s.account_id = a.account_id and s.site_id = coalesce(c.site_id, p.site_id)
    where a.account_id = ${row.account_id} and a.address_id = ${row.address_id} and a.state = 'proven'`.execute(reader)
  return rows[0] ?? null
}
