import type { Block, OutboundDelivery } from '@parley/channel-sdk'
import { sql } from 'kysely'
import { openBlob } from '../attachments/index.ts'
import type { Database, Reader } from '../db/index.ts'
import { isWordKey, nameAsker, type Words, word } from '../words/index.ts'
import { earlierEntries } from './earlier-entries.ts'
import type { RenderSettings } from './outbox.ts'
import type { DeliveryRow } from './record-attempt.ts'
import { withChoices } from './with-choices.ts'

interface Facts {
  to: string
  language: string
  token: string | null
  site: string
  asker: Record<string, string>
  topic_names: Record<string, string> | null
  region: string | null
  admission: { kind: string } | null
  join_key: string
}

/** What a channel is given to send: composed from rows at the moment of sending. Null when there is nothing (left) to say. */
export async function renderDelivery(
  db: Database,
  settings: RenderSettings,
  row: DeliveryRow,
): Promise<OutboundDelivery | null> {
  return db.read(row.account_id, async (reader) => {
    const facts = await readFacts(reader, row)
    if (!facts) return null
    const subject = subjectFor(row, facts)
    const composed = await compose(db, reader, settings, row, facts)
    if (!composed) return null
    return {
      reference: row.reference,
      to: facts.to,
      relay: facts.token ? { token: facts.token, alias: composed.alias } : null,
      kind: row.kind,
      language: facts.language,
      content: { blocks: composed.blocks },
      attachments: composed.attachments,
      thread: { subject: composed.subject ?? subject, references: await references(reader, row) },
      maybeTwice: row.maybe_twice,
    }
  })
}

interface Composed {
  alias: string
  blocks: Block[]
  attachments: OutboundDelivery['attachments']
  subject?: string
}

async function compose(
  db: Database,
  reader: Reader,
  settings: RenderSettings,
  row: DeliveryRow,
  facts: Facts,
): Promise<Composed | null> {
  if (row.kind === 'offer') return composeOffer(reader, settings, row, facts)
  if (row.kind === 'message') return composeMessage(db, reader, settings, row, facts)
  return composeNotice(settings, row, facts)
}

async function composeOffer(
  reader: Reader,
  settings: RenderSettings,
  row: DeliveryRow,
  facts: Facts,
): Promise<Composed | null> {
  const offer = await reader
    .selectFrom('offer')
    .select(['excerpt', 'created_at', 'state'])
    .where('account_id', '=', row.account_id)
    .where('offer_id', '=', row.offer_id)
    .executeTakeFirst()
  if (offer?.state !== 'open') return null
  const asker = nameAsker(facts.language, facts.asker, facts.region)
  const how = facts.admission?.kind === 'first' ? 'offer-how' : 'offer-how-many'
  const isNews = await wasAsked(reader, row, offer.created_at)
  if (offer.excerpt === '') {
    return {
      alias: asker,
      attachments: [],
      blocks: [
        { kind: 'note', text: asker },
        { kind: 'note', text: word(facts.language, 'offer-no-words') },
        { kind: 'note', text: word(facts.language, how) },
        { kind: 'note', text: word(facts.language, 'offer-decline') },
      ],
    }
  }
  return {
    alias: asker,
    attachments: [],
    blocks: [
      { kind: 'note', text: word(facts.language, isNews ? 'offer-news' : 'offer-intro', { asker }) },
      // The line above says who asks.
      { kind: 'said', by: null, text: offer.excerpt, at: offer.created_at },
      { kind: 'note', text: word(facts.language, how) },
      { kind: 'note', text: word(facts.language, 'offer-decline') },
      membershipLink(settings, row, facts),
    ],
  }
}

function membershipLink(settings: RenderSettings, row: DeliveryRow, { language, join_key }: Facts): Block {
  return {
    kind: 'link',
    label: word(language, 'membership-link'),
    url: settings.membershipUrl(row.reference, join_key),
  }
}

/** Whether this person has been sent this question before, since they were asked. */
async function wasAsked(reader: Reader, row: DeliveryRow, since: Date): Promise<boolean> {
  const before = await reader
    .selectFrom('delivery')
    .select('delivery_id')
    .where('account_id', '=', row.account_id)
    .where('lane_id', '=', row.lane_id)
    .where('offer_id', '=', row.offer_id)
    .where('kind', '=', 'offer')
    .where('sequence', '<', row.sequence)
    .where('created_at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return before !== undefined
}

async function composeMessage(
  db: Database,
  reader: Reader,
  settings: RenderSettings,
  row: DeliveryRow,
  facts: Facts,
): Promise<Composed | null> {
  const message = await reader
    .selectFrom('message')
    .leftJoin('participant', (join) =>
      join
        .onRef('participant.account_id', '=', 'message.account_id')
        .onRef('participant.person_id', '=', 'message.person_id')
        .on('participant.interaction_id', '=', row.interaction_id),
    )
    .select(['message.body', 'message.at', 'message.form', 'participant.alias', 'participant.role'])
    .where('message.account_id', '=', row.account_id)
    .where('message.message_id', '=', row.message_id)
    .executeTakeFirst()
  if (!message) return null
  const alias = message.alias || nameAsker(facts.language, facts.asker, facts.region)
  const attachments = await reader
    .selectFrom('attachment')
    .select(['attachment_id', 'name', 'type', 'size', 'blob_id'])
    .where('account_id', '=', row.account_id)
    .where('message_id', '=', row.message_id)
    .orderBy('position')
    .execute()
  const earlier = await earlierEntries(reader, row, nameAsker(facts.language, facts.asker, facts.region))
  const blocks: Block[] = [{ kind: 'said', by: alias, text: withChoices(message.body, message.form), at: message.at }]
  if (earlier.length > 0) {
    blocks.push({ kind: 'earlier', title: word(facts.language, 'earlier-title'), entries: earlier })
  }
  blocks.push({ kind: 'note', text: word(facts.language, 'message-how') })
  const everyone = await tokenForEveryone(reader, row)
  if (everyone && row.medium === 'email') {
    const address = `${everyone}@${settings.mailDomain}`
    blocks.push({ kind: 'note', text: word(facts.language, 'reply-all-how', { alias, address }) })
  }
  // A visitor comes back by their browser or a recovery link; a responder need not have the desk.
  if (facts.admission !== null) {
    blocks.push({ kind: 'link', label: word(facts.language, 're-read-link'), url: settings.reReadUrl(row.reference) })
  }
  return {
    alias,
    blocks,
    attachments: attachments.map(({ attachment_id, name, type, size, blob_id }) => ({
      name,
      type,
      size,
      open: () => openBlob(db, row.account_id, blob_id),
      url: settings.fileUrl(row.account_id, attachment_id),
    })),
  }
}

function composeNotice(settings: RenderSettings, row: DeliveryRow, facts: Facts): Composed | null {
  const notice = row.notice
  if (!notice) return null
  const { language } = facts
  const { params } = notice
  const has = (key: string): key is keyof Words => isWordKey(key)
  const blocks: Block[] = []
  const say = (key: string) => {
    if (has(key)) blocks.push({ kind: 'note', text: word(language, key, { ...params, site: facts.site }) })
  }
  let subject: string | undefined
  switch (notice.template) {
    case 'code':
      say('code-text')
      blocks.push({ kind: 'code', label: word(language, 'code-label'), code: params.code ?? '' })
      say('code-ignore')
      subject = word(language, 'code-subject', params)
      break
    case 'sign-in-link':
      say('sign-in-text')
      blocks.push({ kind: 'link', label: word(language, 'sign-in-link'), url: params.url ?? settings.publicUrl })
      subject = word(language, 'sign-in-subject')
      break
    case 'held-unknown-sender':
    case 'held-contradicted':
      say(notice.template)
      blocks.push({ kind: 'link', label: word(language, 'held-link'), url: params.url ?? settings.publicUrl })
      subject = word(language, 'held-subject')
      break
    case 'transcript':
      say('transcript-intro')
      for (const entry of parseTranscript(params.entries ?? '[]')) {
        blocks.push({ kind: 'said', by: entry.by, text: entry.text, at: new Date(entry.at) })
      }
      if (params.url) blocks.push({ kind: 'link', label: word(language, 'recovery-link'), url: params.url })
      subject = word(language, 'transcript-subject', { site: facts.site })
      break
    case 'join-welcome':
    case 'join-approved':
      say(notice.template)
      blocks.push(membershipLink(settings, row, facts))
      subject = word(language, 'join-subject', params)
      break
    case 'join-waits':
    case 'join-declined':
      say(notice.template)
      subject = word(language, 'join-subject', params)
      break
    case 'someone-waits':
    case 'invitation-text': {
      say(notice.template)
      const [link, about] =
        notice.template === 'someone-waits'
          ? (['someone-waits-link', 'someone-waits-subject'] as const)
          : (['invitation-link', 'invitation-subject'] as const)
      blocks.push({ kind: 'link', label: word(language, link), url: params.url ?? settings.publicUrl })
      subject = word(language, about, params)
      break
    }
    case 'attachment-left-out': {
      const why = `left-out-${params.reason}`
      const reason = word(language, isWordKey(why) ? why : 'refused-attachment-refused')
      blocks.push({ kind: 'note', text: word(language, notice.template, { ...params, reason }) })
      break
    }
    case 'moved-on': {
      const why = `left-${params.reason}`
      blocks.push({
        kind: 'note',
        text: word(language, notice.template, { reason: has(why) ? word(language, why) : '' }).trim(),
      })
      break
    }
    default:
      if (!has(notice.template)) throw new Error(`no words for the notice ${notice.template}`)
      say(notice.template)
      if (params.url && params.link && has(params.link)) {
        blocks.push({ kind: 'link', label: word(language, params.link), url: params.url })
      }
  }
  return { alias: facts.site, blocks, attachments: [], ...(subject ? { subject } : {}) }
}

interface TranscriptEntry {
  by: string
  text: string
  at: string
}

function parseTranscript(json: string): TranscriptEntry[] {
  return JSON.parse(json) as TranscriptEntry[]
}

function subjectFor(row: DeliveryRow, facts: Facts): string {
  if (row.participant_id === null && row.offer_id === null) return facts.site
  const topic = facts.topic_names?.[facts.language] ?? facts.topic_names?.en
  if (facts.admission === null) return word(facts.language, 'message-subject', { site: facts.site })
  return topic ? word(facts.language, 'offer-subject', { topic }) : word(facts.language, 'offer-subject-plain')
}

/** `admission` is there for responders only: a visitor's mails are about their conversation, not about a question. */
async function readFacts(reader: Reader, row: DeliveryRow): Promise<Facts | null> {
  const { rows } = await sql<Facts>`
    select a.value as to, p.language, r.token, coalesce(s.name, acc.name) as site, acc.join_key,
      coalesce(s.policy->'asker', '{}') as asker, t.names as topic_names, c.region,
      case when p.kind = 'responder' then k.admission end as admission
    from address a
    join person p on p.account_id = a.account_id and p.person_id = a.person_id
    join account acc on acc.account_id = a.account_id
    left join relay_address r on r.account_id = a.account_id and r.relay_id = ${row.relay_id} and r.state = 'active'
    left join conversation c on c.account_id = a.account_id and c.conversation_id = ${row.conversation_id}
    left join site s on s.account_id = a.account_id and s.site_id = coalesce(c.site_id, p.site_id)
    left join lateral (select * from ticket k where k.account_id = c.account_id and k.conversation_id = c.conversation_id
      order by k.ticket_id desc limit 1) k on true
    left join topic t on t.account_id = a.account_id and t.topic_id = k.topic_id
    where a.account_id = ${row.account_id} and a.address_id = ${row.address_id}`.execute(reader)
  return rows[0] ?? null
}

/** The address that answers everyone, for who is in several exchanges now and would answer one alone by replying (settled 15). */
async function tokenForEveryone(reader: Reader, row: DeliveryRow): Promise<string | null> {
  const { rows } = await sql<{ token: string }>`
    select r.token from participant p
    join relay_address r on r.account_id = p.account_id and r.participant_id = p.participant_id and r.reach = 'all'
      and r.medium = ${row.medium} and r.state = 'active' and r.relay_id <> ${row.relay_id}
    where p.account_id = ${row.account_id} and p.conversation_id = ${row.conversation_id} and p.person_id = ${row.person_id}
      and (select count(*) from participant own join interaction i on i.account_id = own.account_id
          and i.interaction_id = own.interaction_id and i.kind = 'exchange' and i.state = 'open'
        where own.account_id = p.account_id and own.conversation_id = p.conversation_id and own.person_id = p.person_id
          and own.left_at is null) > 1
    limit 1`.execute(reader)
  return rows[0]?.token ?? null
}

/** Earlier deliveries in this conversation to the same person, oldest first: mail programs fold a thread only if all are named (RFC 5322 §3.6.4). */
async function references(reader: Reader, row: DeliveryRow): Promise<string[]> {
  if (row.conversation_id === null) return []
  const earlier = await reader
    .selectFrom('delivery')
    .select('reference')
    .where('account_id', '=', row.account_id)
    .where('conversation_id', '=', row.conversation_id)
    .where('person_id', '=', row.person_id)
    .where('medium', '=', row.medium)
    .where('sequence', '<', row.sequence)
    .where('attempts', '>', 0)
    .orderBy('sequence')
    .execute()
  const all = earlier.map(({ reference }) => reference)
  // The first holds the thread together, the last ones are what a program looks at; 998 characters end a header line (RFC 5322 §2.1.1).
  return all.length > 12 ? [all[0] ?? '', ...all.slice(-11)] : all
}
