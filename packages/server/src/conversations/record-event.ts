import type { AccountId, ConversationId, EventId, InteractionId, PersonId, TicketId } from '@parley/model'
import { newId } from '@parley/model'
import type { Writer } from '../db/index.ts'

/** What happened besides what was said (a message is its own event). Facts hold ids and states, never text or addresses. */
export async function recordEvent(
  tx: Writer,
  event: {
    account: AccountId
    conversation: ConversationId
    kind: string
    ticket?: TicketId
    interaction?: InteractionId
    person?: PersonId
    facts?: Record<string, unknown>
  },
  now: Date,
): Promise<void> {
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
