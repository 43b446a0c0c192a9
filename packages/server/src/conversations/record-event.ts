import type { AccountId, ConversationId, EventId, InteractionId, PersonId, TicketId } from '@parley/model'
import { newId } from '@parley/model'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'

interface Happening {
  account: AccountId
  conversation: ConversationId
  kind: string
  ticket?: TicketId
  interaction?: InteractionId
  person?: PersonId
  facts?: Record<string, unknown>
}

/** What happened besides what was said (a message is its own event). Facts hold ids and states, never text or addresses. */
export async function recordEvent(tx: Writer, event: Happening, now: Date): Promise<void> {
  await tx
    .insertInto('event')
    .values({
      account_id: event.account,
      event_id: newId<EventId>(),
      conversation_id: event.conversation,
      ticket_id: event.ticket ?? null,
      interaction_id: event.interaction ?? null,
      person_id: event.person ?? null,
      kind: event.kind,
      facts: JSON.stringify(event.facts ?? {}),
      at: now,
    })
    .execute()
}

/**
 * The same for what arrives from outside and may arrive twice: false when an event with this key stands there already. Whoever calls it
 * holds the conversation's lock.
 */
export async function recordOnce(tx: Writer, event: Happening, key: Buffer, now: Date): Promise<boolean> {
  const before = await tx
    .selectFrom('event')
    .select('event_id')
    .where('account_id', '=', event.account)
    .where('conversation_id', '=', event.conversation)
    .where('kind', '=', event.kind)
    .where(sql<boolean>`facts->>'key' = ${key.toString('hex')}`)
    .executeTakeFirst()
  if (before) return false
  await recordEvent(tx, { ...event, facts: { ...event.facts, key: key.toString('hex') } }, now)
  return true
}
