import type { InteractionId } from '@parley/model'
import { historyInPositions, mayBringInto } from '@parley/rules'
import { z } from 'zod'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { findAsked } from './find-asked.ts'
import { asked } from './inputs.ts'
import { sendInvitations } from './send-invitations.ts'

/** Whoever is invited is in it once they accept, over whatever medium; until then nothing changes for anybody. */
export const invite = operation({
  name: 'invite',
  summary: 'Invite people into an interaction: by name, by team, by category, or by an address',
  input: z
    .strictObject({ interaction: z.uuid(), ...asked })
    .refine(
      ({ people, teams, category, outside }) => Boolean(people?.length || teams?.length || category || outside),
      'name whom to invite: people, teams, category or outside',
    ),
  refusals: [
    ...(['conversation-closed', 'interaction-closed', 'no-such-person'] as const),
    ...(['unknown-choice', 'wrong-state', 'too-many'] as const),
  ],
  touches: (db, actor, { interaction }) => conversationsOf(db, actor, [{ interaction }]),
  async perform(turns, actor, input, context) {
    const interaction = input.interaction as InteractionId
    const turn = turns.having(interaction)
    const into = turn?.structure.interactions.get(interaction)
    if (!turn || !into) return refused('not-there')
    const verdict = mayBringInto(turn.structure, actor, interaction, 'invite')
    if (!verdict.ok) return verdict
    const { ticket } = into
    const found = await findAsked(turn, actor, { ...input, interaction, ticket, isNew: false }, context)
    if (!found.ok) return found
    const history = historyInPositions(turn.structure, actor.person, interaction, input.history ?? 'none')
    const invitations = await sendInvitations(turn, actor, {
      ...{ interaction, ticket, asked: found.asked, note: input.note ?? '', history, historyOf: interaction },
    })
    return { ok: true, result: { interaction, invitations } }
  },
})
