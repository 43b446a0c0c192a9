import { newId, type SpanId } from '@parley/model'
import { letSee as decide } from '@parley/rules'
import { z } from 'zod'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { mayDoTo } from '../standing.ts'
import { writeChanges } from '../write-changes.ts'

/** Those who answer read each other's exchanges with who asks, from now on or from the first; or no more. Who comes while it is on, too. */
export const letSee = operation({
  name: 'let-see',
  summary: 'Let those who answer see each other',
  input: z.strictObject({ conversation: z.uuid(), on: z.boolean(), history: z.literal('all').optional() }),
  refusals: ['wrong-state', 'conversation-closed'],
  touches: (db, actor, { conversation }) => conversationsOf(db, actor, [{ conversation }]),
  async perform(turns, actor, { on, history }) {
    const [turn] = turns.all
    if (!turn) return refused('not-there')
    const { conversation } = turn.structure
    const verdict = mayDoTo(turn.structure, actor, 'let-see', { conversation })
    if (!verdict.ok) return verdict
    const anything = actor.role === 'administrator'
    const wanted = { by: actor.person, history: history ?? 'none', anything } as const
    const asker = anything ? null : actor.person
    const decided = decide(turn.structure, on ? wanted : null, () => newId<SpanId>(), asker)
    if (!decided.ok) return decided
    await writeChanges(turns, actor.account, decided.changes)
    return { ok: true, result: { conversation }, changes: decided.changes }
  },
})
