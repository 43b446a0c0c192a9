import type { PersonId, TicketId } from '@parley/model'
import type { Turn } from '../road/index.ts'
import { endPlaces } from './end-part.ts'
import { whoAnswers } from './go-on-without.ts'
import { nextLook } from './look-at-places.ts'
import { moveTicket } from './move-ticket.ts'
import { noTimers, readHunt, writeHunt } from './read-hunt.ts'
import { settleIfFull } from './settle-waiting.ts'
import { endHunt } from './withdraw-offers.ts'

/**
 * What had taken a ticket from those who answered was undone, in this transaction: nobody is looked for any more, and who was asked is told
 * so. `takenSince`: who has got it by being asked since then loses it again. Where nobody has it now, somebody is found.
 */
export async function haveAgain(
  turn: Turn,
  {
    ticket,
    back,
    takenSince,
    by,
  }: {
    readonly ticket: TicketId
    /** The places that were given back. */
    readonly back: readonly string[]
    readonly takenSince: Date | null
    readonly by: PersonId
  },
): Promise<void> {
  const { state } = await readHunt(turn, ticket)
  if (state === 'closed' || turn.structure.state === 'closed') return
  if (takenSince) {
    const since = await admittedSince(turn, ticket, takenSince)
    const taken = whoAnswers(turn.structure, ticket).filter(({ id, person }) => since.has(person) && !back.includes(id))
    await endPlaces(turn, taken, 'by-hand')
    if (taken.length > 0) await turn.restructure()
  }
  const have = whoAnswers(turn.structure, ticket)
  if (have.length === 0) return moveTicket(turn, { ticket, reason: 'by-hand', from: [], by })
  await writeHunt(turn, ticket, { ...noTimers, admitted: have.length, hunt: 'found', places_at: nextLook(turn) })
  await endHunt(turn, ticket)
  await turn.restructure()
  await settleIfFull(turn, ticket)
}

async function admittedSince({ tx, structure }: Turn, ticket: TicketId, since: Date): Promise<ReadonlySet<PersonId>> {
  const rows = await tx
    .selectFrom('event')
    .select('person_id')
    .where('account_id', '=', structure.account)
    .where('conversation_id', '=', structure.conversation)
    .where('ticket_id', '=', ticket)
    .where('kind', '=', 'admitted')
    .where('at', '>=', since)
    .execute()
  return new Set(rows.flatMap(({ person_id }) => person_id ?? []))
}
