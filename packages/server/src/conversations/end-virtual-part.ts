import type { TicketId } from '@parley/model'
import { lastPosition, type Turn } from '../road/index.ts'

/**
 * The concierge's part in a ticket ends: it may read and say nothing from here on, under the conversation's lock. Whoever calls this reads
 * the structure again.
 */
export async function endVirtualPart(turn: Turn, ticket: TicketId, because: 'answered' | 'script'): Promise<void> {
  const { tx, now, structure } = turn
  const intake = structure.tickets.find(({ id }) => id === ticket)?.intake
  const virtual = structure.participants.filter(
    ({ role, left, interaction }) => role === 'virtual' && !left && interaction === intake,
  )
  for (const { id, interaction, person } of virtual) {
    await tx
      .updateTable('participant')
      .set({ left_at: now, left_because: because })
      .where('account_id', '=', structure.account)
      .where('participant_id', '=', id)
      .execute()
    await tx
      .updateTable('span')
      .set({ to_position: lastPosition(structure, interaction) })
      .where('account_id', '=', structure.account)
      .where('interaction_id', '=', interaction)
      .where('person_id', '=', person)
      .where('to_position', 'is', null)
      .execute()
  }
}
