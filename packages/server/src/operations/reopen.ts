import { z } from 'zod'
import { conversationsOf } from './find-things.ts'
import { operation, refused } from './operation.ts'
import { mayDoTo } from './standing.ts'
import { meant, stateOf, thing } from './things.ts'
import { writeChanges } from './write-changes.ts'

/** It takes messages again; what was merged into another stays closed. */
export const reopen = operation({
  name: 'reopen',
  summary: 'Open a closed conversation, ticket or interaction again',
  input: z.strictObject({ what: thing }),
  refusals: ['wrong-state'],
  touches: (db, { account }, { what }) => conversationsOf(db, account, [what]),
  async perform(turns, actor, { what }) {
    const [turn] = turns.all
    if (!turn) return refused('not-there')
    const of = meant(turn.structure, what)
    const verdict = mayDoTo(turn.structure, actor, 'close', of)
    if (!verdict.ok) return verdict
    const isMerged =
      ('interaction' in of && turn.structure.interactions.get(of.interaction as never)?.mergedInto) ||
      ('ticket' in of && turn.structure.tickets.find(({ id }) => id === of.ticket)?.mergedInto)
    if (stateOf(turn.structure, of) !== 'closed' || isMerged) return refused('wrong-state')
    const changes = [{ kind: 'state', of, was: 'closed', is: 'open' } as const]
    await writeChanges(turns, actor.account, changes)
    return { ok: true, result: of, changes }
  },
})
