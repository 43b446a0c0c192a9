import type { PersonId, TicketId } from '@parley/model'
import type { ParticipantPlace, Structure, Turn } from '../road/index.ts'
import { moveTicket } from './move-ticket.ts'
import { readHunt, writeHunt } from './read-hunt.ts'

/**
 * Who answered on a ticket from these places has left, or was removed, in this transaction. Others go on without them; where nobody answers on
 * the ticket any more, the next are found, with the reason (A16). Answers whether somebody is looked for.
 */
export async function goOnWithout(
  turn: Turn,
  { ticket: id, gone, by }: { ticket: TicketId; gone: readonly ParticipantPlace[]; by: PersonId | null },
): Promise<boolean> {
  const ticket = turn.structure.tickets.find((one) => one.id === id)
  if (!ticket || ticket.state === 'closed' || turn.structure.state === 'closed') return false
  if (whoAnswers(turn.structure, id).length > 0) {
    const { admitted } = await readHunt(turn, id)
    await writeHunt(turn, id, { admitted: Math.max(0, admitted - gone.length) })
    return false
  }
  await moveTicket(turn, { ticket: id, reason: 'left', from: [], gone, ...(by ? { by } : {}) })
  return true
}

/** The places from which somebody answers on a ticket now, towards who asks. */
export function whoAnswers({ participants, interactions }: Structure, ticket: TicketId): ParticipantPlace[] {
  return participants.filter(({ left, role, interaction }) => {
    const at = interactions.get(interaction)
    return !left && role === 'responder' && at?.kind === 'exchange' && at.ticket === ticket && at.state === 'open'
  })
}
