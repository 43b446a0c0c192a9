import type { ConversationId, InteractionId, ParticipantId, PersonId, TopicId } from '@parley/model'
import type { ConversationView, InteractionView } from '@parley/protocol'
import {
  foldFaces,
  isBehind,
  isLetSee,
  isSealedIn,
  mayRead,
  numberVisitor,
  type Range,
  type Shown,
  type Span,
  viewLength,
  viewNumber,
  watches,
} from '@parley/rules'
import { sql } from 'kysely'
import type { Reader, Role } from '../db/index.ts'
import { faceName } from '../faces/index.ts'
import {
  asks,
  type InteractionPlace,
  lastPosition,
  type ParticipantPlace,
  type Structure,
  spansOf,
  type TicketPlace,
} from '../road/index.ts'
import { isWordKey, word } from '../words/index.ts'
import { houseFieldsFor, seesLinks } from './house-fields.ts'
import { listOwn } from './list-own.ts'
import { loadLeading } from './load-leading.ts'
import { numberingOf } from './numbering.ts'
import { type Links, noLinks, readLinks } from './read-links.ts'
import { isShownGone, placesSeen } from './who-is-seen.ts'

/** What a view needs besides the structure: words in the reader's language, and how far windows have come. */
export interface ViewFacts {
  readonly language: string
  readonly topics: ReadonlyMap<TopicId, Record<string, string>>
  readonly watermarks: ReadonlyMap<ParticipantId, { delivered: number; read: number }>
  /** What those who have a right there may do in this account. */
  readonly roles: ReadonlyMap<PersonId, Role>
  readonly links: Links
}

/** A conversation from one person's point of view: the interactions in which they have a span, and who is in those. */
export function viewConversation(structure: Structure, person: PersonId, facts: ViewFacts): ConversationView {
  const spans = spansOf(structure, person)
  const isVisitor = asks(structure, person)
  const role = facts.roles.get(person) ?? null
  const house = houseFieldsFor(structure, person, role)
  const tellsSealed = !isVisitor || structure.kind === 'own'
  const interactions: InteractionView[] = []
  for (const place of structure.interactions.values()) {
    const ranges = mayRead(spans, place.id)
    if (ranges.length === 0) continue
    const last = lastPosition(structure, place.id)
    const inside = placesSeen(structure, place.id, { person, role, goesOn: ranges.at(-1)?.to === null })
    const self = inside.find((participant) => participant.person === person && !participant.left)
    interactions.push({
      id: place.id,
      kind: place.kind,
      state: place.state,
      ...(isSeen(spans, place.parent) ? { parent: place.parent } : {}),
      ...(place.purpose === 'whisper' ? { purpose: place.purpose } : {}),
      ...(isSeen(spans, place.mergedInto) ? { mergedInto: place.mergedInto } : {}),
      ...house.ofInteraction(place),
      ...(tellsSealed && isSealedIn(structure, place.id) ? { sealed: true } : {}),
      length: viewLength(ranges, last),
      numbering: numberingOf(structure, person, place.id, ranges),
      writable: self !== undefined && self.role !== 'observer' && isOpen(structure, place),
      participants: facesIn(structure, inside, person).map((participant) => ({
        id: participant.id,
        you: participant.person === person,
        role: participant.role,
        ...(isVisitor
          ? ownName(structure, participant, person, facts.language)
          : toldApart(structure, participant, person, facts.language)),
        state: participant.left ? 'left' : 'here',
        joinedAt: new Date(participant.joinedAt).toISOString(),
        ...(participant.manages && !isVisitor && (participant.person === person || self?.manages || watches({ role }))
          ? { manages: true }
          : {}),
        ...(participant.leftAt ? { leftAt: new Date(participant.leftAt).toISOString() } : {}),
        ...whyLeft(participant, facts.language),
        ...watermark(isShownGone(participant) ? undefined : furthest(participant, facts), ranges, last),
      })),
    })
  }
  const ticket = structure.tickets.findLast(({ id }) =>
    interactions.some((shown) => structure.interactions.get(shown.id as InteractionId)?.ticket === id),
  )
  const topic = ticket?.topic ? facts.topics.get(ticket.topic) : undefined
  return {
    id: structure.conversation,
    site: structure.site,
    state: structure.state,
    topic: topic ? (topic[facts.language] ?? topic.en ?? Object.values(topic)[0] ?? null) : null,
    language: structure.language,
    createdAt: structure.createdAt.toISOString(),
    ...(structure.kind === 'own' ? { kind: structure.kind } : {}),
    ...house.ofConversation(interactions, facts.links),
    ...letsSee(structure, person),
    ...(tellsSealed && structure.encryption === 'sealed' ? { sealed: true } : {}),
    // Who else is looked for is the visitor's matter; to the one who answers, somebody was found.
    hunt: isVisitor ? huntSeen(structure, ticket, person) : 'found',
    interactions,
  }
}

/** Who is in an interaction, as somebody tells them apart. While the next is looked for, a face stays: that it is handed on is not seen. */
function facesIn(
  structure: Structure,
  inside: readonly ParticipantPlace[],
  person: PersonId,
): Shown<ParticipantPlace>[] {
  return foldFaces(inside, person, structure.participants).map((place) => {
    const ticket = structure.interactions.get(place.interaction)?.ticket
    const isHandedOn = structure.tickets.some(({ id, hunt }) => id === ticket && hunt === 'looking')
    return isHandedOn && isMaskedFrom(structure, place, person) ? { ...place, left: false, leftAt: null } : place
  })
}

/** Whom a face answers is told of no search for more, or for the next, behind it. A face where they are not tells them nothing. */
function huntSeen(structure: Structure, ticket: TicketPlace | undefined, person: PersonId): ConversationView['hunt'] {
  const hunt = ticket?.hunt ?? 'not-begun'
  const spans = spansOf(structure, person)
  const isAnswered = structure.participants.some(
    (place) =>
      structure.interactions.get(place.interaction)?.ticket === ticket?.id &&
      place.role !== 'initiator' &&
      mayRead(spans, place.interaction).length > 0 &&
      isMaskedFrom(structure, place, person),
  )
  return hunt === 'looking' && isAnswered ? 'found' : hunt
}

const isMaskedFrom = (structure: Structure, { face }: ParticipantPlace, person: PersonId): boolean =>
  face !== null && !isBehind(structure.participants, person, face)

/** What is closed takes no more, and neither does what belongs to it. */
function isOpen({ state, tickets }: Structure, { state: own, ticket }: InteractionPlace): boolean {
  return state === 'open' && own === 'open' && tickets.some(({ id, state: of }) => id === ticket && of !== 'closed')
}

/** Another interaction is named where they may read something of it too. */
function isSeen(spans: readonly Span[], interaction: InteractionId | null): interaction is InteractionId {
  return interaction !== null && mayRead(spans, interaction).length > 0
}

interface Name {
  alias: string
  colour: number
}

const ownName = (structure: Structure, participant: ParticipantPlace, reader: PersonId, language: string): Name => ({
  alias: aliasFor(structure, participant, language, reader),
  colour: participant.colour,
})

/** Who answers many visitors tells them apart by number and colour, unless they go by a name. */
export function toldApart(
  structure: Structure,
  participant: ParticipantPlace,
  reader: PersonId,
  language: string,
): Name {
  const name = ownName(structure, participant, reader, language)
  if (participant.alias !== '' || participant.face !== null || participant.role !== 'initiator') return name
  const { number, colour } = numberVisitor(structure.conversation)
  return { alias: `${name.alias} ${number}`, colour }
}

function whyLeft({ left, leftBecause }: ParticipantPlace, language: string): { leftBecause?: string } {
  const key = `left-${leftBecause}`
  return left && isWordKey(key) ? { leftBecause: word(language, key) } : {}
}

/** What somebody is called to a reader: who stands behind a face that the reader does not, by its name. */
export function aliasFor(
  structure: Structure,
  participant: ParticipantPlace,
  language: string,
  reader: PersonId,
): string {
  const { face } = participant
  if (face !== null && isMaskedFrom(structure, participant, reader)) return faceName(structure.policy, face, language)
  if (participant.alias !== '') return participant.alias
  if (participant.role !== 'initiator') return word(language, 'responder')
  const { asker } = structure.policy
  return asker[language] ?? asker.en ?? word(language, 'visitor')
}

/** Whether those who answer see each other is for who asks to say, where they do not stand as one before them. */
function letsSee(structure: Structure, person: PersonId): { letsSee?: boolean } {
  const { policy, participants } = structure
  const asks = participants.some((own) => own.person === person && own.role === 'initiator' && !own.left)
  if (!asks || structure.kind === 'own' || policy.circle === 'shared' || policy.face !== 'named') return {}
  return { letsSee: isLetSee(structure) }
}

/** How far any of those has come whom the reader takes for one. */
function furthest({ behind }: Shown<ParticipantPlace>, { watermarks }: ViewFacts): { delivered: number; read: number } {
  const marks = behind.flatMap((id) => watermarks.get(id as ParticipantId) ?? [])
  return {
    delivered: Math.max(0, ...marks.map(({ delivered }) => delivered)),
    read: Math.max(0, ...marks.map(({ read }) => read)),
  }
}

/** Watermarks are positions; the reader learns them in their own numbers, at the last message that they may see themselves. */
function watermark(
  mark: { delivered: number; read: number } | undefined,
  ranges: readonly Range[],
  last: number,
): { delivered: number; read: number } {
  return {
    delivered: numberUpTo(ranges, Math.min(mark?.delivered ?? 0, last)),
    read: numberUpTo(ranges, Math.min(mark?.read ?? 0, last)),
  }
}

/** The viewer's number for the last visible position at or before this one. */
export function numberUpTo(ranges: readonly Range[], position: number): number {
  const exact = viewNumber(ranges, position)
  if (exact !== null) return exact
  let number = 0
  for (const range of ranges) {
    if (range.from > position) break
    number += Math.min(range.to ?? position, position) - range.from + 1
  }
  return number
}

/**
 * The conversations that a person may read something of, as they see them: those named, or the newest by what they may read there
 * themselves.
 */
export async function readViews(
  db: Reader,
  wanted: {
    account: Structure['account']
    person: PersonId
    language: string
    only?: ConversationId | readonly ConversationId[]
    limit: number
  },
): Promise<{ view: ConversationView; structure: Structure }[]> {
  const { account, person, only, limit } = wanted
  const people = sql`array[${person}]::uuid[]`
  const ids = only
    ? [only].flat()
    : (await listOwn(db, { account, people, limit })).map(({ conversation }) => conversation)
  if (ids.length === 0) return []
  const structures = await loadLeading(db, account, ids)
  const facts = await readViewFacts(db, structures, wanted.language, person)
  return structures.flatMap((structure) => {
    const view = viewConversation(structure, person, facts)
    return view.interactions.length > 0 ? [{ structure, view }] : []
  })
}

/** `person`: whose views alone are made of it; null, whoever's. */
export async function readViewFacts(
  db: Reader,
  structures: readonly Structure[],
  language: string,
  person: PersonId | null = null,
): Promise<ViewFacts> {
  const account = structures[0]?.account
  const topics = new Map<TopicId, Record<string, string>>()
  const watermarks = new Map<ParticipantId, { delivered: number; read: number }>()
  const roles = new Map<PersonId, Role>()
  if (!account) return { language, topics, watermarks, roles, links: noLinks }
  const wanted = structures.flatMap((structure) => structure.tickets.flatMap(({ topic }) => topic ?? []))
  if (wanted.length > 0) {
    const rows = await db
      .selectFrom('topic')
      .select(['topic_id', 'names'])
      .where('account_id', '=', account)
      .where('topic_id', 'in', wanted)
      .execute()
    for (const row of rows) topics.set(row.topic_id, row.names)
  }
  const marks = await db
    .selectFrom('participant')
    .select(['participant_id', 'delivered', 'read'])
    .where('account_id', '=', account)
    .where(
      'conversation_id',
      'in',
      structures.map(({ conversation }) => conversation),
    )
    .execute()
  for (const { participant_id, delivered, read } of marks) watermarks.set(participant_id, { delivered, read })
  const people = [...new Set(structures.flatMap(({ spans }) => [...spans.keys()]))]
  const { rows } = await sql<{ person: PersonId; role: Role }>`
    select person_id as person, role from responder
    where account_id = ${account} and person_id = any(${people}::uuid[]) and state in ('active', 'paused')`.execute(db)
  for (const { person, role } of rows) roles.set(person, role)
  const linked = structures.filter((one) => person === null || seesLinks(one, person, roles.get(person) ?? null))
  const links = linked.length === 0 ? noLinks : await readLinks(db, account, linked, person)
  return { language, topics, watermarks, roles, links }
}
