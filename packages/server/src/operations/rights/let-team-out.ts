import { letTeamOut as decide } from '@parley/rules'
import { z } from 'zod'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { mayDoTo } from '../standing.ts'
import { writeChanges } from '../write-changes.ts'

/** A team that was let in reads nothing more; what its members could read stays theirs. */
export const letTeamOut = operation({
  name: 'let-team-out',
  summary: 'End what a team that was let in reads of a conversation',
  input: z.strictObject({ conversation: z.uuid(), team: z.uuid() }),
  refusals: ['wrong-state'],
  touches: (db, actor, { conversation }) => conversationsOf(db, actor, [{ conversation }]),
  async perform(turns, actor, { team }) {
    const [turn] = turns.all
    if (!turn) return refused('not-there')
    const { conversation } = turn.structure
    const verdict = mayDoTo(turn.structure, actor, 'let-team-in', { conversation })
    if (!verdict.ok) return verdict
    const decided = decide(turn.structure, team)
    if (!decided.ok) return decided
    await writeChanges(turns, actor.account, decided.changes)
    return { ok: true, result: { conversation }, changes: decided.changes }
  },
})
