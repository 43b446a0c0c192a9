import { revoke as decide } from '@parley/rules'
import { z } from 'zod'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { writeChanges } from '../write-changes.ts'

/** What somebody was given of an interaction is theirs to read no more; what they read as a member stays. */
export const revoke = operation({
  name: 'revoke',
  summary: 'Take back what somebody was given to read of an interaction',
  input: z.strictObject({ interaction: z.uuid(), person: z.uuid() }),
  refusals: ['wrong-state'],
  touches: (db, actor, { interaction }) => conversationsOf(db, actor, [{ interaction }]),
  async perform(turns, actor, { interaction, person }) {
    const [turn] = turns.all
    if (!turn) return refused('not-there')
    const decided = decide(turn.structure, { interaction, person, by: actor })
    if (!decided.ok) return decided
    await writeChanges(turns, actor.account, decided.changes)
    const rights = decided.changes.flatMap((change) => (change.kind === 'end' ? [change.right] : []))
    return { ok: true, result: { interaction, rights }, changes: decided.changes }
  },
})
