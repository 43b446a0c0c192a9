import { type InteractionId, newId } from '@parley/model'
import { historyInPositions, openBackchannel } from '@parley/rules'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Turn } from '../../road/index.ts'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { writeChanges } from '../write-changes.ts'
import { findAsked } from './find-asked.ts'
import { asked } from './inputs.ts'
import { sendInvitations } from './send-invitations.ts'

/** Behind the back of who asks: who opens it is in it, and whoever else is to be is invited. `history` is of the interaction it is opened from. */
export const openBackchannelOperation = operation({
  name: 'open-backchannel',
  summary: 'Open a backchannel from an interaction and invite people into it',
  input: z.strictObject({ from: z.uuid(), name: z.string().trim().min(1).max(200).optional(), ...asked }),
  refusals: [
    ...(['conversation-closed', 'interaction-closed', 'asks-here', 'no-such-person'] as const),
    ...(['unknown-choice', 'wrong-state', 'too-many'] as const),
  ],
  touches: (db, actor, { from }) => conversationsOf(db, actor, [{ interaction: from }]),
  async perform(turns, actor, input, context) {
    const parent = input.from as InteractionId
    const turn = turns.having(parent)
    const above = turn?.structure.interactions.get(parent)
    if (!turn || !above) return refused('not-there')
    const category = await categoryOf(turn, parent)
    const name = input.name ?? null
    const opened = openBackchannel(turn.structure, { by: actor, from: parent, name, category }, newId)
    if (!opened.ok) return opened
    const { ticket } = above
    const found = await findAsked(turn, actor, { ...input, interaction: parent, ticket, isNew: true }, context)
    if (!found.ok) return found
    const history = historyInPositions(turn.structure, actor.person, parent, input.history ?? 'none')
    await writeChanges(turns, actor.account, opened.changes)
    const interaction = opened.interaction as InteractionId
    const invitations = await sendInvitations(turn, actor, {
      ...{ interaction, ticket, asked: found.asked, note: input.note ?? '', history, historyOf: parent },
    })
    return {
      ok: true,
      result: { interaction, participant: opened.place, participants: [opened.place], invitations },
      changes: opened.changes,
    }
  },
})

/** The category of an interaction is its own, else that of what it is in. */
async function categoryOf({ tx, structure }: Turn, interaction: InteractionId): Promise<string | null> {
  const { rows } = await sql<{ category: string | null }>`
    select coalesce(i.category, t.category, c.category) as category from interaction i
    join ticket t on t.account_id = i.account_id and t.ticket_id = i.ticket_id
    join conversation c on c.account_id = i.account_id and c.conversation_id = i.conversation_id
    where i.account_id = ${structure.account} and i.interaction_id = ${interaction}`.execute(tx)
  return rows[0]?.category ?? null
}
