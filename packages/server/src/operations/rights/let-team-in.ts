import { newId, type SpanId, type TeamId } from '@parley/model'
import { letTeamIn as decide } from '@parley/rules'
import { z } from 'zod'
import { lockTeam } from '../../teams/index.ts'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { mayDoTo } from '../standing.ts'
import { writeChanges } from '../write-changes.ts'

/** A team reads along in what stands open now; who comes to the team later, from then on. */
export const letTeamIn = operation({
  name: 'let-team-in',
  summary: 'Let a team read what stands open in a conversation',
  input: z.strictObject({ conversation: z.uuid(), team: z.uuid(), history: z.literal('all').optional() }),
  refusals: ['wrong-state', 'no-such-person'],
  touches: (db, actor, { conversation }) => conversationsOf(db, actor, [{ conversation }]),
  async perform(turns, actor, { team, history }) {
    const [turn] = turns.all
    if (!turn) return refused('not-there')
    const { conversation } = turn.structure
    const verdict = mayDoTo(turn.structure, actor, 'let-team-in', { conversation })
    if (!verdict.ok) return verdict
    const members = await lockTeam(turns.tx, actor.account, team as TeamId)
    if (!members) return refused('no-such-person')
    const wanted = { team, members, by: actor.person, history: history ?? 'none' } as const
    const decided = decide(turn.structure, wanted, () => newId<SpanId>())
    if (!decided.ok) return decided
    await writeChanges(turns, actor.account, decided.changes)
    return { ok: true, result: { conversation }, changes: decided.changes }
  },
})
