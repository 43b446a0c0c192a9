import type {
  AccountId,
  AddressId,
  ConversationId,
  InteractionId,
  Medium,
  ParticipantId,
  PersonId,
  SiteId,
  SpanId,
  TeamId,
  TicketId,
  TopicId,
} from '@parley/model'
import {
  type AdmissionPolicy,
  type Encryption,
  type LetsSee,
  type Right,
  type Shape,
  type Span,
  spansOfRights,
} from '@parley/rules'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { parsePolicy, type SitePolicy } from '../sites/index.ts'

/** Who is where in a conversation, as of one version. Small, without any message: what the road and the operations decide on. */
export interface Structure extends Shape {
  readonly account: AccountId
  readonly conversation: ConversationId
  readonly site: SiteId
  readonly visitor: PersonId
  readonly state: 'open' | 'closed'
  /** What it was merged into: nothing is left in it. */
  readonly mergedInto: ConversationId | null
  readonly language: string
  readonly region: string | null
  readonly createdAt: Date
  readonly version: number
  readonly policy: SitePolicy
  readonly tickets: readonly TicketPlace[]
  readonly interactions: ReadonlyMap<InteractionId, InteractionPlace>
  readonly participants: readonly ParticipantPlace[]
  readonly rights: readonly HeldRight[]
  readonly spans: ReadonlyMap<PersonId, readonly Span[]>
  /** The teams that are let in. */
  readonly teams: readonly TeamId[]
  readonly letsSee: LetsSee | null
  /** What the house keeps beside it. */
  readonly house: {
    readonly name: string | null
    readonly category: string | null
    readonly tags: readonly string[]
    readonly folder: string | null
  }
  readonly encryption: Encryption
  readonly takes: Takes
  /** Addresses and whole names of everyone in the conversation, but of those whom the site names: what never passes from one to another. */
  readonly identities: readonly { readonly person: PersonId; readonly value: string }[]
  /** When it was closed; null while it is open. */
  readonly endsAt: string | null
  /** These four move with every message. */
  ordinal: number
  lastAt: Date
  readonly lastPositions: Map<InteractionId, number>
  /** The ordinal of the last words in each interaction, kept where there is more than one ticket: which was used last. */
  readonly lastUsed: Map<InteractionId, number>
}

/** When it takes messages at all; null: no bound. */
export interface Takes {
  readonly from: string | null
  readonly until: string | null
}

export interface HeldRight extends Right {
  readonly id: SpanId
  readonly person: PersonId
  readonly by: PersonId | null
  readonly under: string | null
}

export interface TicketPlace {
  readonly id: TicketId
  readonly intake: InteractionId
  readonly topic: TopicId | null
  readonly state: 'open' | 'pending' | 'closed'
  readonly hunt: 'not-begun' | 'looking' | 'found' | 'nobody'
  readonly admission: AdmissionPolicy
  readonly admitted: number
  /** Only these teams are asked, by rules of its own; null: whoever wants to be. */
  readonly answering: readonly TeamId[] | null
  readonly endsAt: string | null
  readonly name: string | null
  readonly category: string | null
  readonly tags: readonly string[]
  readonly parent: TicketId | null
  readonly mergedInto: TicketId | null
  readonly encryption: Encryption
  readonly takes: Takes
}

export interface InteractionPlace {
  readonly id: InteractionId
  readonly ticket: TicketId
  readonly parent: InteractionId | null
  readonly kind: 'intake' | 'exchange' | 'backchannel'
  readonly purpose: 'talk' | 'whisper'
  readonly state: 'open' | 'closed'
  readonly name: string | null
  readonly category: string | null
  readonly mergedInto: InteractionId | null
  readonly withdrawn: readonly number[]
  /** Positions whose words were erased after they were said. */
  readonly emptied: readonly number[]
  /** The teams that were let in while it stood open. */
  readonly teams: readonly TeamId[]
  readonly encryption: Encryption
  readonly takes: Takes
}

export interface ParticipantPlace {
  readonly id: ParticipantId
  readonly interaction: InteractionId
  readonly person: PersonId
  readonly role: 'initiator' | 'responder' | 'observer' | 'virtual'
  readonly alias: string
  readonly colour: number
  readonly medium: Medium
  readonly address: AddressId | null
  readonly left: boolean
  readonly joinedAt: string
  readonly leftAt: string | null
  /** Why it was ended for them; null where they left by themselves, or are there. */
  readonly leftBecause: string | null
  readonly manages: boolean
  /** Who has the same one is one to those outside it; null: nobody but themselves. */
  readonly face: string | null
  /** The place that this one was merged into, to which its addresses lead. */
  readonly mergedInto: ParticipantId | null
}

const noSpans: readonly Span[] = []

export function spansOf(structure: Structure, person: PersonId): readonly Span[] {
  return structure.spans.get(person) ?? noSpans
}

/**
 * What a person may read as of this structure: nothing that was said after it was read, so that a right which ends meanwhile, and what is
 * said after that, cannot come together.
 */
export function readableSpans(structure: Structure, person: PersonId): readonly Span[] {
  return spansOf(structure, person).map((span) => {
    const last = structure.lastPositions.get(span.interaction as InteractionId) ?? 0
    return { ...span, to: Math.min(span.to ?? last, last) }
  })
}

export function lastPosition(structure: Structure, interaction: InteractionId): number {
  return structure.lastPositions.get(interaction) ?? 0
}

interface Parts {
  conversation_id: ConversationId
  site_id: SiteId
  visitor_id: PersonId
  merged_into: ConversationId | null
  kind: 'outside' | 'own'
  encryption: Encryption
  takes_from: string | null
  takes_until: string | null
  teams: TeamId[]
  lets_see: LetsSee | null
  house: Structure['house']
  state: 'open' | 'closed'
  language: string
  region: string | null
  created_at: Date
  structure: number
  ordinal: number
  last_at: Date
  policy: unknown
  tickets: TicketPlace[]
  interactions: (InteractionPlace & { last: number; used: number })[]
  participants: ParticipantPlace[]
  rights: HeldRight[]
  identities: { person: PersonId; value: string }[]
  ends_at: string | null
}

/** Reads the structures of some conversations in one statement. Those that are not there are absent from the answer. */
export async function loadStructures(
  db: Reader,
  account: AccountId,
  conversations: readonly ConversationId[],
): Promise<Map<ConversationId, Structure>> {
  const { rows } = await sql<Parts>`
    select c.conversation_id, c.site_id, c.visitor_id, c.merged_into, c.kind, c.encryption, to_json(c.takes_from)#>>'{}' as takes_from,
      to_json(c.takes_until)#>>'{}' as takes_until, c.teams::text[] as teams, c.lets_see,
      json_build_object('name', c.name, 'category', c.category, 'tags', c.tags, 'folder', c.folder) as house, c.state, to_json(c.ends_at)#>>'{}' as ends_at,
      c.language, c.region, c.created_at, c.structure, c.ordinal, c.last_at,
      s.policy,
      (select coalesce(json_agg(json_build_object('id', t.ticket_id, 'intake', t.intake_id, 'topic', t.topic_id, 'state', t.state,
          'hunt', t.hunt, 'name', t.name, 'category', t.category, 'tags', t.tags, 'admitted', t.admitted, 'endsAt', t.ends_at,
          -- Its own rules count before those of its conversation, and those before the site's.
          'admission', coalesce(k.answers->'admission', t.answers->'admission', c.answers->'admission', t.admission),
          'answering', coalesce(k.answers->'teams', t.answers->'teams', c.answers->'teams'), 'parent', t.parent_id, 'mergedInto', t.merged_into,
          'encryption', t.encryption, 'takes', json_build_object('from', t.takes_from, 'until', t.takes_until)) order by t.ticket_id), '[]')
        from ticket t left join interaction k on k.account_id = t.account_id and k.interaction_id = t.intake_id
        where t.account_id = c.account_id and t.conversation_id = c.conversation_id) as tickets,
      (select coalesce(json_agg(json_build_object('id', i.interaction_id, 'ticket', i.ticket_id, 'parent', i.parent_id, 'kind', i.kind,
          'purpose', i.purpose, 'state', i.state, 'name', i.name, 'category', i.category, 'mergedInto', i.merged_into,
          'withdrawn', i.withdrawn, 'emptied', i.emptied, 'teams', i.teams, 'encryption', i.encryption,
          'takes', json_build_object('from', i.takes_from, 'until', i.takes_until),
          'last', coalesce(l.position, 0), 'used', coalesce(l.ordinal, 0)) order by i.interaction_id), '[]')
        from interaction i left join lateral (select p.position, p.ordinal from placement p where p.account_id = i.account_id
            and p.interaction_id = i.interaction_id order by p.position desc limit 1) l on true
        where i.account_id = c.account_id and i.conversation_id = c.conversation_id) as interactions,
      (select coalesce(json_agg(json_build_object('id', p.participant_id, 'interaction', p.interaction_id, 'person', p.person_id,
          'role', p.role, 'alias', p.alias, 'colour', p.colour, 'medium', p.medium, 'address', p.address_id,
          'left', p.left_at is not null, 'joinedAt', p.joined_at, 'leftAt', p.left_at,
          'leftBecause', p.left_because, 'manages', p.manages, 'face', p.face, 'mergedInto', p.merged_into) order by p.participant_id), '[]')
        from participant p where p.account_id = c.account_id and p.conversation_id = c.conversation_id) as participants,
      (select coalesce(json_agg(json_build_object('id', n.span_id, 'person', n.person_id, 'interaction', n.interaction_id,
          'from', n.from_position, 'to', n.to_position, 'basis', n.basis, 'by', n.given_by, 'under', n.under) order by n.span_id), '[]')
        from span n where n.account_id = c.account_id and n.conversation_id = c.conversation_id) as rights,
      (select coalesce(json_agg(json_build_object('id', o.id, 'person', o.person, 'value', o.value)), '[]') from (
        select a.address_id as id, a.person_id as person, a.value from participant p
        join address a on a.account_id = p.account_id and a.person_id = p.person_id
        where p.account_id = c.account_id and p.conversation_id = c.conversation_id
        union select null, w.person_id, w.name from participant p join person w on w.account_id = p.account_id and w.person_id = p.person_id
        where p.account_id = c.account_id and p.conversation_id = c.conversation_id and w.name ~ '\\S\\s+\\S' and w.name <> p.alias
          and not coalesce((s.policy->'named'->>(case w.kind when 'visitor' then 'visitor' else 'responder' end))::boolean, false)
      ) o) as identities
    from conversation c join site s on s.account_id = c.account_id and s.site_id = c.site_id
    where c.account_id = ${account} and c.conversation_id = any(${conversations}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.conversation_id, toStructure(account, row)]))
}

function toStructure(account: AccountId, row: Parts): Structure {
  const interactions = new Map(row.interactions.map(({ last: _, used: __, ...place }) => [place.id, place]))
  return {
    account,
    kind: row.kind,
    encryption: row.encryption,
    takes: { from: row.takes_from, until: row.takes_until },
    teams: row.teams,
    letsSee: row.lets_see,
    house: row.house,
    conversation: row.conversation_id,
    site: row.site_id,
    visitor: row.visitor_id,
    mergedInto: row.merged_into,
    state: row.state,
    language: row.language,
    region: row.region,
    createdAt: row.created_at,
    version: row.structure,
    policy: parsePolicy(row.policy),
    tickets: row.tickets,
    interactions,
    participants: row.participants,
    rights: row.rights,
    spans: spansOfRights(row.rights, interactions) as Map<PersonId, HeldRight[]>,
    identities: row.identities,
    ordinal: row.ordinal,
    lastAt: row.last_at,
    lastPositions: new Map(row.interactions.map(({ id, last }) => [id, last])),
    lastUsed: new Map(row.tickets.length > 1 ? row.interactions.map(({ id, used }) => [id, used]) : []),
    endsAt: row.ends_at,
  }
}
