import { removeFrom } from '@parley/rules'
import { z } from 'zod'
import { afterGoing, endsWith, withdrawAskedBy } from '../after-going.ts'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { writeChanges } from '../write-changes.ts'

/** Somebody's part in an interaction ends. What was said until then stays theirs to read; whom they had asked in is asked no more. */
export const remove = operation({
  name: 'remove',
  summary: 'End somebody’s part in an interaction',
  input: z.strictObject({ participant: z.uuid() }),
  refusals: ['wrong-state'],
  touches: (db, actor, { participant }) => conversationsOf(db, actor, [{ participant }]),
  async perform(turns, actor, input) {
    const [turn] = turns.all
    const place = turn?.structure.participants.find(({ id }) => id === input.participant)
    if (!turn || !place) return refused('not-there')
    const removed = removeFrom(turn.structure, actor, place.id)
    if (!removed.ok) return removed
    const changes = [...removed.changes, ...endsWith(turn.structure, [place])]
    await writeChanges(turns, actor.account, changes)
    await afterGoing(turn, [place], actor.person)
    await withdrawAskedBy(turn, place)
    const { interaction } = place
    return { ok: true, result: { interaction, participant: place.id }, changes }
  },
})
