import type { Abilities, Block, OutboundDelivery, Outcome } from '@parley/channel-sdk'
import type { PersonId } from '@parley/model'
import { sql } from 'kysely'
import { openBlob } from '../attachments/index.ts'
import { type Database, erasedText, type Reader } from '../db/index.ts'
import { aliasOfRow, isMasked } from '../faces/index.ts'
import { nameAsker, word } from '../words/index.ts'
import { behindIn, behindNote, behindSubject, threadOf } from './behind.ts'
import { composeInvitation } from './compose-invitation.ts'
import { type Composed, composeNotice, type Facts, membershipLink } from './compose-notice.ts'
import { composeStory } from './compose-story.ts'
import { composeTranscript } from './compose-transcript.ts'
import { describePlaces } from './describe-places.ts'
import { earlierEntries, hasUnseen } from './earlier-entries.ts'
import { outboundRelay, ownFor } from './outbound-relay.ts'
import type { RenderSettings } from './outbox.ts'
import type { DeliveryRow } from './record-attempt.ts'
import { isNudge, renderNudge } from './render-nudge.ts'
import { whoseName } from './whose-name.ts'
import { withChoices } from './with-choices.ts'

/** What can be made of a delivery on the medium that it goes by: who reads it there, what that medium can do, and what is known. */
interface Rendering {
  readonly db: Database
  readonly reader: Reader
  readonly settings: RenderSettings
  readonly row: DeliveryRow
  readonly facts: Facts
  readonly abilities: Abilities
}

/**
 * What a channel is given to send: composed from rows at the moment of sending. Null when there is nothing (left) to say; an outcome where
 * nothing may be sent to that address.
 */
export async function renderDelivery(
  db: Database,
  settings: RenderSettings,
  row: DeliveryRow,
  abilities: Abilities,
): Promise<OutboundDelivery | Outcome | null> {
  if (isNudge(row)) return renderNudge(db, settings, row)
  return db.read(row.account_id, async (reader) => {
    const facts = await readFacts(reader, row)
    if (!facts) return null
    if (facts.opted_out && !despiteOptOut.has(row.notice?.template ?? '')) return optedOut
    const subject = subjectFor(row, facts)
    const rendering = { db, reader, settings, row, facts, abilities }
    const composed = await compose(rendering)
    if (!composed) return null
    const relay = await outboundRelay(reader, row, rendering, composed.alias)
    const own = relay === null && abilities.addresses === 'pooled' ? await ownFor(reader, row, facts) : null
    return {
      reference: row.reference,
      to: facts.to,
      relay,
      ...(own === null ? {} : { own }),
      kind: row.kind,
      language: facts.language,
      content: { blocks: composed.blocks },
      attachments: composed.attachments,
      thread: {
        subject: composed.subject ?? subject,
        references: abilities.style === 'letters' ? await references(reader, row) : [],
      },
      maybeTwice: row.maybe_twice,
    }
  })
}

/** Whoever wants nothing more is told that this was understood, that it is over, and who writes here when they ask. */
const despiteOptOut: ReadonlySet<string> = new Set(['opted-out', 'opted-in', 'who-this-is'])

/** The address itself is good: what is sent there once they want it again arrives. */
const optedOut: Outcome = { status: 'rejected', scope: 'message', reason: 'opted-out' }

async function compose(rendering: Rendering): Promise<Composed | null> {
  const { settings, row, facts, abilities } = rendering
  if (row.kind === 'offer') return composeOffer(rendering)
  if (row.kind === 'message') return markBehind(rendering, await composeMessage(rendering))
  if (row.notice?.template === 'story-so-far') {
    return composeStory(rendering.reader, row, facts, abilities, reReadLink(settings, row, facts.language))
  }
  if (row.notice?.template === 'place-invitation') {
    return composeInvitation(rendering.reader, row, facts, abilities, sealedLink(settings, row, facts.language))
  }
  if (row.notice?.template === 'transcript') return composeTranscript(rendering.reader, row, facts)
  const notice = composeNotice(settings, await withPlaces(rendering), facts, abilities)
  if (notice && row.notice?.template === 'invited-story') notice.blocks.push(reReadLink(settings, row, facts.language))
  return notice
}

/** Which places a question is about is told in their words of now. */
async function withPlaces({ reader, row }: Rendering): Promise<DeliveryRow> {
  const { places, ...params } = row.notice?.params ?? {}
  if (!row.notice || places === undefined) return row
  return { ...row, notice: { ...row.notice, params: { ...params, list: await describePlaces(reader, row, places) } } }
}

/** What was said behind the back of who asks says so, before anything else. */
async function markBehind({ reader, row, facts }: Rendering, composed: Composed | null): Promise<Composed | null> {
  const behind = composed && (await behindIn(reader, row))
  if (!behind) return composed
  const subject = behindSubject(behind, facts)
  return { ...composed, subject, blocks: [behindNote(behind, facts), ...composed.blocks] }
}

async function composeOffer({ reader, settings, row, facts, abilities }: Rendering): Promise<Composed | null> {
  const offer = await reader
    .selectFrom('offer')
    .select(['offer_id', 'excerpt', 'encryption', 'created_at', 'state'])
    .where('account_id', '=', row.account_id)
    .where('offer_id', '=', row.offer_id)
    .executeTakeFirst()
  if (offer?.state !== 'open') return null
  const { language } = facts
  const asker = nameAsker(language, facts.asker, facts.region)
  const isNews = await wasAsked(reader, row, offer.created_at)
  const how: Block[] =
    abilities.style === 'lines'
      ? [{ kind: 'note', text: word(language, 'offer-lines') }]
      : [
          { kind: 'note', text: word(language, facts.admission?.kind === 'first' ? 'offer-how' : 'offer-how-many') },
          { kind: 'note', text: word(language, 'offer-decline') },
        ]
  if (offer.excerpt === '') {
    const nothing: Block[] = [
      { kind: 'note', text: asker },
      { kind: 'note', text: word(language, 'offer-no-words') },
    ]
    return { alias: asker, attachments: [], blocks: [...nothing, ...how] }
  }
  if (offer.encryption === 'sealed' && !abilities.sealed) {
    const pointer: Block[] = [
      { kind: 'note', text: word(language, 'sealed-question', { asker }) },
      sealedLink(settings, row, language),
    ]
    if (abilities.style === 'letters') how.push(membershipLink(settings, row, facts))
    return { alias: asker, attachments: [], blocks: [...pointer, ...how] }
  }
  const blocks: Block[] = [
    { kind: 'note', text: word(language, isNews ? 'offer-news' : 'offer-intro', { asker }) },
    // The line above says who asks.
    { kind: 'said', by: null, text: offer.excerpt, at: offer.created_at },
    ...how,
  ]
  if (abilities.style === 'letters') blocks.push(membershipLink(settings, row, facts))
  return { alias: asker, attachments: [], blocks }
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

async function composeMessage(rendering: Rendering): Promise<Composed | null> {
  const { db, reader, settings, row, facts, abilities } = rendering
  const message = await reader
    .selectFrom('message as m')
    .leftJoin('placement as p', (join) =>
      join
        .onRef('p.account_id', '=', 'm.account_id')
        .onRef('p.message_id', '=', 'm.message_id')
        .on('p.interaction_id', '=', row.interaction_id),
    )
    .leftJoin('participant as w', (join) =>
      join
        .onRef('w.account_id', '=', 'm.account_id')
        .on('w.person_id', '=', sql<PersonId>`${whoseName}`)
        .on('w.interaction_id', '=', row.interaction_id),
    )
    .select(['m.message_id', 'm.body', 'm.encryption', 'm.at', 'm.form', aliasOfRow('w', row.person_id).as('alias')])
    .select(['m.kind', 'm.written_at', 'm.author_name', 'm.said_over'])
    .where('m.account_id', '=', row.account_id)
    .where('m.message_id', '=', row.message_id)
    .orderBy('p.position', 'desc')
    .executeTakeFirst()
  if (!message) return null
  const alias = message.alias || nameAsker(facts.language, facts.asker, facts.region)
  // Its key was destroyed: there is nothing left to say.
  if (message.body === erasedText) return null
  if (message.encryption === 'sealed' && !abilities.sealed) return pointToSealed(rendering, alias)
  const attachments = await reader
    .selectFrom('attachment')
    .select(['attachment_id', 'name', 'type', 'size', 'blob_id'])
    .where('account_id', '=', row.account_id)
    .where('message_id', '=', row.message_id)
    .orderBy('position')
    .execute()
  const text = withChoices(message.body, message.form)
  const blocks =
    abilities.style === 'lines'
      ? await inLines(rendering, { alias, text, at: message.at, ...filedIn(facts.language, message) })
      : await asLetter(rendering, { alias, text, at: message.at, ...filedIn(facts.language, message) })
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

/** That somebody wrote, and where it can be read: over a medium that cannot carry what they wrote (C9). */
function pointToSealed({ settings, row, facts, abilities }: Rendering, alias: string): Composed {
  const blocks: Block[] = [
    { kind: 'note', text: word(facts.language, 'sealed-message', { alias }) },
    sealedLink(settings, row, facts.language),
  ]
  if (abilities.style === 'letters') blocks.push({ kind: 'note', text: word(facts.language, 'message-how') })
  return { alias, attachments: [], blocks }
}

function sealedLink(settings: RenderSettings, row: DeliveryRow, language: string): Block {
  return { kind: 'link', label: word(language, 'sealed-link'), url: settings.reReadUrl(row.reference) }
}

interface Words {
  readonly alias: string
  readonly text: string
  readonly at: Date
  /** By whom it was said elsewhere, when and over what. */
  readonly filed?: { readonly by: string | null; readonly note: string }
}

/** What was filed is by whom it says and of when it was said, and says so. */
function filedIn(
  language: string,
  row: { kind: string; written_at: Date | null; author_name: string | null; said_over: string | null },
): Partial<Words> {
  if (row.kind !== 'filed' || row.written_at === null) return {}
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  const over = row.said_over === null ? '' : ` (${row.said_over})`
  return {
    at: row.written_at,
    filed: {
      by: row.author_name,
      note: word(language, 'filed-line', { when: `${when.format(row.written_at)} UTC`, over }),
    },
  }
}

async function asLetter(
  { reader, settings, row, facts, abilities }: Rendering,
  { alias, text, at, filed }: Words,
): Promise<Block[]> {
  const { language } = facts
  const blocks: Block[] = [{ kind: 'said', by: filed?.by ?? alias, text, at }]
  if (filed) blocks.push({ kind: 'note', text: filed.note })
  const earlier = await earlierEntries(reader, row, nameAsker(language, facts.asker, facts.region))
  if (earlier.length > 0) blocks.push({ kind: 'earlier', title: word(language, 'earlier-title'), entries: earlier })
  blocks.push({ kind: 'note', text: word(language, 'message-how') })
  const everyone = abilities.addresses === 'per-place' ? await tokenForEveryone(reader, row) : null
  if (everyone) {
    const address = `${everyone}@${settings.mailDomain}`
    blocks.push({ kind: 'note', text: word(language, 'reply-all-how', { alias, address }) })
  }
  // A visitor comes back by their browser or a recovery link; a responder need not have the desk.
  if (facts.admission !== null) blocks.push(reReadLink(settings, row, language))
  return blocks
}

/**
 * The reader has the thread before them: what was said stands there, and who says it where only one can. Once, where something was said
 * that never reached them, the place is shown where it can be read.
 */
async function inLines(
  { reader, settings, row, facts }: Rendering,
  { alias, text, at, filed }: Words,
): Promise<Block[]> {
  const by = filed?.by ?? ((await mayBeSeveral(reader, row, facts)) ? alias : null)
  const blocks: Block[] = [{ kind: 'said', by, text, at }]
  if (filed) blocks.push({ kind: 'note', text: filed.note })
  if (facts.admission !== null && (await hasUnseen(reader, row))) {
    blocks.push(reReadLink(settings, row, facts.language))
  }
  return blocks
}

function reReadLink(settings: RenderSettings, row: DeliveryRow, language: string): Block {
  return { kind: 'link', label: word(language, 're-read-link'), url: settings.reReadUrl(row.reference) }
}

/** Could what comes from this address be somebody else's words than the last that came from it? */
async function mayBeSeveral(reader: Reader, row: DeliveryRow, facts: Facts): Promise<boolean> {
  const { rows } = await sql`
    select distinct case when ${isMasked('other', row.person_id)} then other.face else other.person_id::text end from participant own
    join participant other on other.account_id = own.account_id and other.interaction_id = own.interaction_id
      and other.person_id <> own.person_id and other.role <> 'observer'
    where own.account_id = ${row.account_id} and own.person_id = ${row.person_id} and own.conversation_id = ${row.conversation_id}
      and (${facts.to_all} or own.interaction_id = ${row.interaction_id})
    limit 2`.execute(reader)
  return rows.length > 1
}

function subjectFor(row: DeliveryRow, facts: Facts): string {
  if (row.participant_id === null && row.offer_id === null) return facts.site
  const topic = facts.topic_names?.[facts.language] ?? facts.topic_names?.en
  if (facts.admission === null) return word(facts.language, 'message-subject', { site: facts.site })
  return topic ? word(facts.language, 'offer-subject', { topic }) : word(facts.language, 'offer-subject-plain')
}

/**
 * `admission` is there for responders only: a visitor's mails are about their conversation, not about a question. Of other tickets of the
 * conversation nothing is known: its reader may have no part in them.
 */
async function readFacts(reader: Reader, row: DeliveryRow): Promise<Facts | null> {
  const { rows } = await sql<Facts>`
    select a.address_id, a.value as to, a.value_key, p.language, r.token, r.tag, w.value as own, coalesce(r.reach = 'all', false) as to_all,
      exists (select from opt_out x where x.account_id = a.account_id and x.medium = a.medium and x.value_key = a.value_key) as opted_out,
      coalesce(s.name, acc.name) as site, acc.join_key,
      coalesce(s.policy->'asker', '{}') as asker, t.names as topic_names, c.region,
      case when p.kind = 'responder' then k.admission end as admission
    from address a
    join person p on p.account_id = a.account_id and p.person_id = a.person_id
    join account acc on acc.account_id = a.account_id
    left join relay_address r on r.account_id = a.account_id and r.relay_id = ${row.relay_id} and r.state = 'active'
    left join own_address w on w.account_id = r.account_id and w.own_address_id = r.own_address_id and w.state = 'active'
    left join conversation c on c.account_id = a.account_id and c.conversation_id = ${row.conversation_id}
    left join site s on s.account_id = a.account_id and s.site_id = coalesce(c.site_id, p.site_id)
    left join ticket k on k.account_id = a.account_id and k.ticket_id = coalesce(
      (select o.ticket_id from offer o where o.account_id = a.account_id and o.offer_id = ${row.offer_id}),
      (select i.ticket_id from interaction i where i.account_id = a.account_id and i.interaction_id = ${row.interaction_id}))
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
      and exists (select from interaction x where x.account_id = p.account_id and x.interaction_id = ${row.interaction_id}
        and x.kind <> 'backchannel')
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
    .where(
      sql<boolean>`${threadOf(sql.ref('delivery.relay_id'))} is not distinct from ${threadOf(sql`${row.relay_id}::uuid`)}`,
    )
    .orderBy('sequence')
    .execute()
  const all = earlier.map(({ reference }) => reference)
  // The first holds the thread together, the last ones are what a program looks at; 998 characters end a header line (RFC 5322 §2.1.1).
  return all.length > 12 ? [all[0] ?? '', ...all.slice(-11)] : all
}
