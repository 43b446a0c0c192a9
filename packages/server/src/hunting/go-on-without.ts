import type { PersonId, TicketId } from '@parley/model'
import type { ParticipantPlace, Structure, Turn } from '../road/index.ts'
import { moveTicket } from './move-ticket.ts'
import { readHunt, writeHunt } from './read-hunt.ts'

/**
 * Somebody who answered has left, or was removed, in this transaction. Others go on without them; where nobody answers on the ticket any more, the
 * next are found, with the reason (A16). Answers whether somebody is looked for.
 */
export async function goOnWithout(turn: Turn, place: ParticipantPlace, by: PersonId): Promise<boolean> {
  const at = turn.structure.interactions.get(place.interaction)
  if (at?.kind !== 'exchange' || place.role !== 'responder') return false
  const ticket = turn.structure.tickets.find(({ id }) => id === at.ticket)
  if (!ticket || ticket.state === 'closed' || turn.structure.state === 'closed') return false
  if (whoAnswers(turn.structure, ticket.id).length > 0) {
    const { admitted } = await readHunt(turn, ticket.id)
    await writeHunt(turn, ticket.id, { admitted: Math.max(0, admitted - 1) })
    return false
  }
  await moveTicket(turn, { ticket: ticket.id, reason: 'left', from: [], gone: [place], by })
  return true
}

/** The places from which somebody answers on a ticket now, towards who asks. */
export function whoAnswers({ participants, interactions }: Structure, ticket: TicketId): ParticipantPlace[] {
  return participants.filter(({ left, role, interaction }) => {
    const at = interactions.get(interaction)
    return !left && role === 'responder' && at?.kind === 'exchange' && at.ticket === ticket && at.state === 'open'
  })
}
