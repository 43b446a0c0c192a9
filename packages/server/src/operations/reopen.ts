import { z } from 'zod'
import { conversationsOf } from './find-things.ts'
import { findToClose } from './find-to-close.ts'
import { operation, refused } from './operation.ts'
import { seekAfter } from './seek-after.ts'
import { isMerged, stateOf, thing } from './things.ts'
import { writeChanges } from './write-changes.ts'

/** It takes messages again; what was merged into another stays closed. */
export const reopen = operation({
  name: 'reopen',
  summary: 'Open a closed conversation, ticket or interaction again',
  input: z.strictObject({ what: thing }),
  refusals: ['wrong-state'],
  touches: (db, actor, { what }) => conversationsOf(db, actor, [what]),
  async perform(turns, actor, { what }) {
    const found = findToClose(turns, actor, what)
    if (!found.ok) return found
    const { turn, of } = found
    if (stateOf(turn.structure, of) !== 'closed' || isMerged(turn.structure, of)) return refused('wrong-state')
    const changes = [{ kind: 'state', of, was: 'closed', is: 'open' } as const]
    await writeChanges(turns, actor.account, changes)
    await seekAfter(turns, changes)
    return { ok: true, result: of, changes }
  },
})
