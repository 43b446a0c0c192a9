import { z } from 'zod'
import { closeConversation } from '../hunting/index.ts'
import { conversationsOf } from './find-things.ts'
import { findToClose } from './find-to-close.ts'
import { operation, refused } from './operation.ts'
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
    const was = stateOf(turn.structure, of)
    if (was === null || was === 'closed') return refused('wrong-state')
    const tickets = 'conversation' in of ? turn.structure.tickets.filter(({ state }) => state !== 'closed') : []
    const changes = [
      { kind: 'state', of, was, is: 'closed' } as const,
      ...tickets.map(({ id, state }) => ({ kind: 'state', of: { ticket: id }, was: state, is: 'closed' }) as const),
    ]
    // A conversation's end is also that of the search for people, and of every offer.
    if ('conversation' in of) await closeConversation(turn)
    await writeChanges(turns, actor.account, changes)
    return { ok: true, result: of, changes }
  },
})
