import { type InteractionId, newId, type PersonId } from '@parley/model'
import { addPeople, historyInPositions, mayBringInto } from '@parley/rules'
import { z } from 'zod'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { writeChanges } from '../write-changes.ts'
import { areColleagues } from './find-asked.ts'
import { history } from './inputs.ts'
import { withdrawOf } from './withdraw-of.ts'

/** At once, without asking them. */
export const add = operation({
  name: 'add',
  summary: 'Add people of the account to an interaction',
  input: z.strictObject({
    interaction: z.uuid(),
    people: z.array(z.uuid()).min(1).max(50),
    history: history.optional(),
  }),
  refusals: ['conversation-closed', 'interaction-closed', 'no-such-person', 'wrong-state'],
  touches: (db, actor, { interaction }) => conversationsOf(db, actor, [{ interaction }]),
  async perform(turns, actor, input) {
    const interaction = input.interaction as InteractionId
    const turn = turns.having(interaction)
    if (!turn) return refused('not-there')
    const verdict = mayBringInto(turn.structure, actor, interaction, 'add')
    if (!verdict.ok) return verdict
    const people = input.people as PersonId[]
    if (!(await areColleagues(turn, people))) return refused('no-such-person')
    const history = historyInPositions(turn.structure, actor.person, interaction, input.history ?? 'none')
    const added = addPeople(turn.structure, { by: actor, interaction, people, history }, newId)
    // Who asks here is answered as nobody: else trying would tell who it is.
    if (!added.ok) return added.refusal === 'asks-here' ? refused('no-such-person') : added
    await writeChanges(turns, actor.account, added.changes)
    await withdrawOf(turn, interaction, people)
    return { ok: true, result: { interaction, participants: added.places }, changes: added.changes }
  },
})
