import type { PersonId } from '@parley/model'
import { recordEvent } from '../conversations/index.ts'
import { askerOn, type Structure, type TicketPlace, type Turn } from '../road/index.ts'
import { endHunt, withdrawAll } from './withdraw-offers.ts'

/**
 * Whoever began it ends it. Where others ask in it, too, because theirs was merged into it, only what is theirs ends: it goes on for the
 * others.
 */
export async function closeFor(turn: Turn, person: PersonId): Promise<void> {
  const { tx, now, structure } = turn
  const own = endsFor(structure, person)
  if (own === null) return closeConversation(turn)
  const { account, conversation } = structure
  for (const { id } of own) {
    await tx
      .updateTable('ticket')
      .set({ state: 'closed', ends_at: now })
      .where('account_id', '=', account)
      .where('ticket_id', '=', id)
      .execute()
    await recordEvent(tx, { account, conversation, ticket: id, person, kind: 'ticket-closed' }, now)
    await endHunt(turn, id)
  }
  await turn.restructure()
}

/** The tickets that end where who asked ends what they asked; null: all of it. */
export function endsFor(structure: Structure, person: PersonId): TicketPlace[] | null {
  const open = structure.tickets.filter(({ state }) => state !== 'closed')
  const own = open.filter(({ id }) => askerOn(structure, id) === person)
  return own.length === open.length ? null : own
}

/** Whoever began it ends it: nobody is asked any more, and nothing more is said. */
export async function closeConversation(turn: Turn): Promise<void> {
  const { tx, now, structure } = turn
  const { account, conversation } = structure
  await tx
    .updateTable('conversation')
    .set({ state: 'closed', ends_at: now })
    .where('account_id', '=', account)
    .where('conversation_id', '=', conversation)
    .execute()
  await tx
    .updateTable('ticket')
    .set({ state: 'closed', ends_at: now })
    .where('account_id', '=', account)
    .where('conversation_id', '=', conversation)
    .execute()
  await recordEvent(tx, { account, conversation, person: structure.visitor, kind: 'conversation-closed' }, now)
  await withdrawAll(turn)
  await turn.restructure()
}
