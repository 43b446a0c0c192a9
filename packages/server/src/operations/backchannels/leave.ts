import type { InteractionId } from '@parley/model'
import { leaveInteraction } from '@parley/rules'
import { z } from 'zod'
import { afterGoing, endsWith } from '../after-going.ts'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { writeChanges } from '../write-changes.ts'

/** What was said until then stays theirs to read. */
export const leave = operation({
  name: 'leave',
  summary: 'Leave an interaction, or stop observing it',
  input: z.strictObject({ interaction: z.uuid() }),
  refusals: ['wrong-state'],
  touches: (db, actor, { interaction }) => conversationsOf(db, actor, [{ interaction }]),
  async perform(turns, actor, input) {
    const interaction = input.interaction as InteractionId
    const turn = turns.having(interaction)
    if (!turn) return refused('not-there')
    const left = leaveInteraction(turn.structure, actor, interaction)
    if (!left.ok) return left
    const place = turn.structure.participants.find(
      (own) => own.interaction === interaction && own.person === actor.person,
    )
    const changes = [...left.changes, ...(place ? endsWith(turn.structure, [place]) : [])]
    await writeChanges(turns, actor.account, changes)
    if (place) await afterGoing(turn, [place], actor.person)
    return { ok: true, result: { interaction }, changes }
  },
})
