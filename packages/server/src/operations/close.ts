import type { TicketId } from '@parley/model'
import { watches } from '@parley/rules'
import { z } from 'zod'
import { closeConversation, endHunt, endsFor } from '../hunting/index.ts'
import type { Structure } from '../road/index.ts'
import { conversationsOf } from './find-things.ts'
import { findToClose } from './find-to-close.ts'
import { type Actor, operation, refused } from './operation.ts'
import { standingIn } from './standing.ts'
import { stateOf, thing } from './things.ts'
import { writeChanges } from './write-changes.ts'

/** From now on it takes no more. Who could read it still can. */
export const close = operation({
  name: 'close',
  summary: 'Close a conversation, a ticket or an interaction: it takes no more messages',
  input: z.strictObject({ what: thing }),
  refusals: ['wrong-state'],
  touches: (db, actor, { what }) => conversationsOf(db, actor, [what]),
  async perform(turns, actor, { what }) {
    const found = findToClose(turns, actor, what)
    if (!found.ok) return found
    const { turn, of } = found
    const { structure } = turn
    const was = stateOf(structure, of)
    if (was === null || was === 'closed') return refused('wrong-state')
    const own = 'conversation' in of && isAsking(structure, actor) ? endsFor(structure, actor.person) : null
    if (own?.length === 0) return refused('wrong-state')
    const inside = 'conversation' in of ? structure.tickets.filter(({ state }) => state !== 'closed') : []
    const changes = [
      ...(own ? [] : [{ kind: 'state', of, was, is: 'closed' } as const]),
      ...(own ?? inside).map(
        ({ id, state }) => ({ kind: 'state', of: { ticket: id }, was: state, is: 'closed' }) as const,
      ),
    ]
    // A conversation's end is also that of the search for people, and of every offer.
    if ('conversation' in of && !own) await closeConversation(turn)
    for (const { id } of own ?? []) await endHunt(turn, id)
    if ('ticket' in of) await endHunt(turn, of.ticket as TicketId)
    await writeChanges(turns, actor.account, changes)
    return { ok: true, result: of, changes }
  },
})

/** Where others ask, too, because theirs was merged into it, who asks ends only what is theirs. */
function isAsking(structure: Structure, actor: Actor): boolean {
  const { conversation } = structure
  return !watches(actor) && standingIn(structure, actor, { conversation }).side === 'asking'
}
