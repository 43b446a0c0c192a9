import { newId, type PersonId, type SpanId } from '@parley/model'
import { grant as decide } from '@parley/rules'
import { z } from 'zod'
import type { Writer } from '../../db/index.ts'
import { isErased, roleOf } from '../../people/index.ts'
import type { Structure } from '../../road/index.ts'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { mayDoTo } from '../standing.ts'
import { writeChanges } from '../write-changes.ts'

const number = z.int().min(1).max(2_147_483_647)

const input = z
  .strictObject({
    interaction: z.uuid(),
    person: z.uuid(),
    /** In the giver's own numbers; who gives anything and reads nothing of it counts the whole. Left out: from now on. */
    from: number.optional(),
    /** Left out: what is still to come, too. */
    to: number.optional(),
    /** From the first on, instead of numbers. */
    history: z.literal('all').optional(),
  })
  .refine(({ from, to }) => to === undefined || (from !== undefined && from <= to), 'to: not before from')
  .refine(({ from, history }) => history === undefined || from === undefined, 'name numbers, or the history')

/** Somebody may read a part of an interaction: no more than who gives it. */
export const grant = operation({
  name: 'grant',
  summary: 'Let somebody read a part of an interaction',
  input,
  refusals: ['asks-here', 'no-such-person', 'wrong-state'],
  touches: (db, actor, { interaction }) => conversationsOf(db, actor, [{ interaction }]),
  async perform(turns, actor, { interaction, person, from, to, history }) {
    const [turn] = turns.all
    if (!turn) return refused('not-there')
    const verdict = mayDoTo(turn.structure, actor, 'grant', { interaction })
    if (!verdict.ok) return verdict
    if (!(await couldRead(turns.tx, turn.structure, person as PersonId))) return refused('no-such-person')
    const part = history ?? (from === undefined ? undefined : { from, to })
    const decided = decide(turn.structure, { interaction, person, by: actor, part }, () => newId<SpanId>())
    if (!decided.ok) return decided
    await writeChanges(turns, actor.account, decided.changes)
    const rights = decided.changes.flatMap((change) => (change.kind === 'give' ? [change.right] : []))
    return { ok: true, result: { interaction, rights }, changes: decided.changes }
  },
})

/** Somebody of the account, or who has a place in the conversation; nobody who was erased. */
async function couldRead(tx: Writer, structure: Structure, person: PersonId): Promise<boolean> {
  const { account, participants } = structure
  if (participants.some((place) => place.person === person)) return !(await isErased(tx, account, person))
  return (await roleOf(tx, account, person)) !== null
}
