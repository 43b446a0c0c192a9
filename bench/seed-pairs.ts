import {
  type AccountId,
  type ConversationId,
  type InteractionId,
  newId,
  type ParticipantId,
  type PersonId,
  type SiteId,
  type SpanId,
  type TicketId,
} from '@parley/model'
import type { RunningServer } from '@parley/server'

export interface SeededPair {
  readonly visitor: PersonId
  readonly responder: PersonId
  readonly conversation: ConversationId
  readonly exchange: InteractionId
}

type Reader = Parameters<Parameters<RunningServer['db']['write']>[1]>[0]

/** Pairs as they stand once a responder has been admitted: an intake that is answered, and an exchange with both in it. */
export async function seedPairs(server: RunningServer, account: AccountId, site: SiteId, count: number) {
  const pairs: SeededPair[] = Array.from({ length: count }, () => ({
    visitor: newId<PersonId>(),
    responder: newId<PersonId>(),
    conversation: newId<ConversationId>(),
    exchange: newId<InteractionId>(),
  }))
  for (let from = 0; from < count; from += 500) {
    await server.db.write(account, (tx) => insert(tx, account, site, pairs.slice(from, from + 500)))
  }
  await server.db.workerPool.query('analyze')
  return pairs
}

async function insert(tx: Reader, account: AccountId, site: SiteId, pairs: readonly SeededPair[]): Promise<void> {
  const now = new Date()
  const account_id = account
  const tickets = pairs.map((pair) => ({ ...pair, ticket: newId<TicketId>(), intake: newId<InteractionId>() }))
  const people = tickets.flatMap(({ visitor, responder }) => [
    { kind: 'visitor' as const, person_id: visitor, site_id: site },
    { kind: 'responder' as const, person_id: responder, site_id: null },
  ])
  const unnamed = { name: null, category: null, ends_at: null, created_at: now }
  await tx
    .insertInto('person')
    .values(people.map((one) => ({ account_id, name: null, language: 'en', region: null, created_at: now, ...one })))
    .execute()
  await tx
    .insertInto('responder')
    .values(
      tickets.map(({ responder }) => ({
        account_id,
        person_id: responder,
        alias: 'Juniper',
        state: 'active',
        capacity: null,
      })),
    )
    .execute()
  await tx
    .insertInto('conversation')
    .values(
      tickets.map(({ conversation, visitor }) => ({
        account_id,
        conversation_id: conversation,
        site_id: site,
        visitor_id: visitor,
        state: 'open',
        metadata: '{}',
        folder: null,
        language: 'en',
        region: null,
        last_at: now,
        ...unnamed,
      })),
    )
    .execute()
  await tx
    .insertInto('ticket')
    .values(
      tickets.map(({ conversation, ticket, intake }) => ({
        account_id,
        ticket_id: ticket,
        conversation_id: conversation,
        intake_id: intake,
        topic_id: null,
        state: 'open',
        hunt: 'found',
        admission: JSON.stringify({ kind: 'first' }),
        admitted: 1,
        ...unnamed,
      })),
    )
    .execute()
  await tx
    .insertInto('interaction')
    .values(
      tickets.flatMap(({ conversation, ticket, intake, exchange }) =>
        (['intake', 'exchange'] as const).map((kind) => ({
          account_id,
          interaction_id: kind === 'intake' ? intake : exchange,
          conversation_id: conversation,
          ticket_id: ticket,
          parent_id: kind === 'intake' ? null : intake,
          kind,
          state: 'open' as const,
          primary_participant_id: null,
          ...unnamed,
        })),
      ),
    )
    .execute()
  const places = tickets.flatMap(({ conversation, visitor, responder, intake, exchange }) => [
    { conversation_id: conversation, interaction_id: intake, person_id: visitor, role: 'initiator' as const },
    { conversation_id: conversation, interaction_id: exchange, person_id: visitor, role: 'initiator' as const },
    { conversation_id: conversation, interaction_id: exchange, person_id: responder, role: 'responder' as const },
  ])
  await tx
    .insertInto('participant')
    .values(
      places.map((place) => ({
        account_id,
        participant_id: newId<ParticipantId>(),
        alias: place.role === 'responder' ? 'Juniper' : '',
        colour: 0,
        medium: 'web' as const,
        address_id: null,
        joined_at: now,
        left_at: null,
        ...place,
      })),
    )
    .execute()
  await tx
    .insertInto('span')
    .values(
      places.map(({ role: _, ...place }) => ({
        account_id,
        span_id: newId<SpanId>(),
        from_position: 1,
        to_position: null,
        basis: 'member' as const,
        given_by: null,
        created_at: now,
        ...place,
      })),
    )
    .execute()
}
