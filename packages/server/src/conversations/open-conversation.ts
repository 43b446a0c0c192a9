import type {
  AccountId,
  AddressId,
  ConversationId,
  InteractionId,
  LinkId,
  Medium,
  OwnAddressId,
  ParticipantId,
  PersonId,
  SiteId,
  SpanId,
  TicketId,
  TopicId,
} from '@parley/model'
import { newId } from '@parley/model'
import { type Beginning, type Fact, knownFacts, mergeFacts, type Target } from '@parley/rules'
import type { Writer } from '../db/index.ts'
import type { SitePolicy } from '../sites/index.ts'
import { findOpen } from './find-open.ts'
import { recordEvent } from './record-event.ts'
import { sealFacts, sealMetadata } from './seal-known.ts'

export interface NewConversation {
  readonly account: AccountId
  readonly site: SiteId
  readonly visitor: PersonId
  readonly policy: SitePolicy
  readonly language: string
  readonly region: string | null
  /** Where the visitor seems to be, when the site tells those who are asked. Chosen or not, it is a fact of its own. */
  readonly toldRegion?: string | null
  readonly topic: TopicId | null
  /** What the page or the visitor told: page address, chosen fields. Never shown to responders unless policy says so. */
  readonly metadata: Pick<Beginning, 'page' | 'context'> & { readonly fields?: Beginning['fields'] }
  /** The visitor chose the language; else it is their browser's. */
  readonly languageChosen?: boolean
  /** What else is known from the start: a direct link, the network. */
  readonly facts?: readonly Fact[]
  /** Whom it is directed at, where a link or the visitor says so. */
  readonly target?: Target | null
  /** The direct link by which the visitor came: each has a conversation of its own. */
  readonly link?: LinkId
  /** Another one, whatever is open: over which medium it begins, and from which address of ours its visitor is answered, where that matters. */
  readonly anew?: { readonly over: Medium; readonly from: OwnAddressId | null }
}

/**
 * The visitor's open conversation, begun with a ticket and its intake if there is none. Under the person's lock, so that two tabs which
 * open at once begin one.
 */
export async function openConversation(
  tx: Writer,
  wanted: NewConversation,
  now: Date,
): Promise<{ conversation: ConversationId; begun: boolean }> {
  const { account, visitor } = wanted
  await tx
    .selectFrom('person')
    .select('person_id')
    .where('account_id', '=', account)
    .where('person_id', '=', visitor)
    .forUpdate()
    .execute()
  const open = wanted.anew ? null : await findOpen(tx, { account, visitor, link: wanted.link })
  if (open) return { conversation: open, begun: false }

  const conversation = newId<ConversationId>()
  const metadata = { ...wanted.metadata, ...(wanted.anew ? { beganOver: wanted.anew.over } : {}) }
  const isSealed = wanted.policy.encryption === 'sealed'
  await tx
    .insertInto('conversation')
    .values({
      account_id: account,
      conversation_id: conversation,
      site_id: wanted.site,
      visitor_id: visitor,
      link_id: wanted.link ?? null,
      state: 'open',
      name: null,
      category: null,
      metadata: JSON.stringify(isSealed ? await sealMetadata(tx, { conversation, by: visitor }, metadata) : metadata),
      own_address_id: wanted.anew?.from ?? null,
      folder: null,
      language: wanted.language,
      region: wanted.region ?? wanted.toldRegion ?? null,
      encryption: wanted.policy.encryption,
      last_at: now,
      created_at: now,
      ends_at: null,
    })
    .execute()
  await openTicket(tx, { ...wanted, conversation }, now)
  await recordEvent(tx, { account, conversation, person: visitor, kind: 'conversation-opened' }, now)
  return { conversation, begun: true }
}

/** A new matter in a conversation: a ticket with its intake, the visitor in it. */
export async function openTicket(
  tx: Writer,
  wanted: NewConversation & { conversation: ConversationId },
  now: Date,
): Promise<void> {
  const { account, conversation, visitor, languageChosen = false } = wanted
  const known = knownFacts({ ...wanted, languageChosen, fields: {}, ...wanted.metadata })
  const facts = mergeFacts(mergeFacts([], known), wanted.facts ?? [])
  const isSealed = wanted.policy.encryption === 'sealed'
  const ticket = newId<TicketId>()
  const intake = newId<InteractionId>()
  await tx
    .insertInto('ticket')
    .values({
      account_id: account,
      ticket_id: ticket,
      conversation_id: conversation,
      intake_id: intake,
      topic_id: wanted.topic,
      state: 'open',
      name: null,
      category: null,
      admission: JSON.stringify(wanted.policy.admission),
      facts: JSON.stringify(isSealed ? await sealFacts(tx, { conversation, by: visitor }, facts) : facts),
      // Should this process die before it has begun to look for people, another finds it due.
      ask_at: wanted.policy.hunt.begins === 'on-entry' ? now : null,
      target: wanted.target ? JSON.stringify(wanted.target) : null,
      created_at: now,
      ends_at: null,
    })
    .execute()
  await openInteraction(tx, { account, conversation, ticket, id: intake, kind: 'intake', parent: null }, now)
  await addParticipant(
    tx,
    {
      account,
      conversation,
      interaction: intake,
      person: visitor,
      role: 'initiator',
      alias: '',
      colour: 0,
      medium: 'web',
      address: null,
      from: 1,
    },
    now,
  )
}

export async function openInteraction(
  tx: Writer,
  wanted: {
    account: AccountId
    conversation: ConversationId
    ticket: TicketId
    id: InteractionId
    kind: 'intake' | 'exchange' | 'backchannel'
    parent: InteractionId | null
    /** All that is said there is sealed, from its beginning. */
    isSealed?: boolean
  },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('interaction')
    .values({
      account_id: wanted.account,
      interaction_id: wanted.id,
      conversation_id: wanted.conversation,
      ticket_id: wanted.ticket,
      parent_id: wanted.parent,
      kind: wanted.kind,
      state: 'open',
      name: null,
      category: null,
      primary_participant_id: null,
      created_at: now,
      ends_at: null,
      ...(wanted.isSealed ? { encryption: 'sealed' } : {}),
    })
    .execute()
}

export interface NewParticipant {
  readonly account: AccountId
  readonly conversation: ConversationId
  readonly interaction: InteractionId
  readonly person: PersonId
  readonly role: 'initiator' | 'responder' | 'observer' | 'virtual'
  /** Empty: called what the site calls its visitors, in the reader's language. */
  readonly alias: string
  readonly colour: number
  readonly medium: Medium
  readonly address: AddressId | null
  /** Who has the same one is one to those outside it. */
  readonly face?: string | null
  /** The first position that they may read: the span of their membership. */
  readonly from: number
}

/** A person's place in an interaction, with the span of what they may read as a member. */
export async function addParticipant(tx: Writer, wanted: NewParticipant, now: Date): Promise<ParticipantId> {
  const id = newId<ParticipantId>()
  await tx
    .insertInto('participant')
    .values({
      account_id: wanted.account,
      participant_id: id,
      conversation_id: wanted.conversation,
      interaction_id: wanted.interaction,
      person_id: wanted.person,
      role: wanted.role,
      alias: wanted.alias,
      colour: wanted.colour,
      medium: wanted.medium,
      address_id: wanted.address,
      face: wanted.face ?? null,
      joined_at: now,
      left_at: null,
    })
    .execute()
  await tx
    .insertInto('span')
    .values({
      account_id: wanted.account,
      span_id: newId<SpanId>(),
      conversation_id: wanted.conversation,
      interaction_id: wanted.interaction,
      person_id: wanted.person,
      from_position: wanted.from,
      to_position: null,
      basis: wanted.role === 'observer' ? 'observer' : 'member',
      given_by: null,
      created_at: now,
    })
    .execute()
  return id
}
