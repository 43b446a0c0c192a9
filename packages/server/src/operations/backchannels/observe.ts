import { type InteractionId, newId } from '@parley/model'
import { observe as decideObserve } from '@parley/rules'
import { z } from 'zod'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { writeChanges } from '../write-changes.ts'

/** A coach's seat. Only who watches over the account sees that somebody sits there. */
export const observe = operation({
  name: 'observe',
  summary: 'Watch an interaction without writing there, from now on or from its beginning',
  input: z.strictObject({ interaction: z.uuid(), history: z.enum(['none', 'all']).optional() }),
  refusals: ['wrong-state'],
  touches: (db, actor, { interaction }) => conversationsOf(db, actor, [{ interaction }]),
  async perform(turns, actor, input) {
    const interaction = input.interaction as InteractionId
    const turn = turns.having(interaction)
    if (!turn) return refused('not-there')
    const seat = decideObserve(turn.structure, { by: actor, interaction, all: input.history === 'all' }, newId)
    if (!seat.ok) return seat
    await writeChanges(turns, actor.account, seat.changes)
    const { conversation } = turn.structure
    return {
      ok: true,
      result: { conversation, interaction, participant: seat.place, participants: [seat.place] },
      changes: seat.changes,
    }
  },
})
