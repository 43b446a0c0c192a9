import type { ConversationId, InteractionId, MessageId, PersonId } from '@parley/model'
import { seal as decide, type Sealable, type SealedMessage } from '@parley/rules'
import { z } from 'zod'
import type { Turn } from '../../road/index.ts'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { meant } from '../things.ts'
import { writeChanges } from '../write-changes.ts'
import { sealRows } from './seal-rows.ts'
import { vacuumAfter } from './vacuum-after.ts'

const input = z
  .strictObject({
    conversation: z.uuid().optional(),
    ticket: z.uuid().optional(),
    interaction: z.uuid().optional(),
    message: z.uuid().optional(),
  })
  .refine(
    (named) => Object.values(named).filter((id) => id !== undefined).length === 1,
    'name one: a conversation, a ticket, an interaction or a message',
  )

/**
 * From now on nothing of it lies open, and nothing leaves over what cannot carry it. What lay open before is in older backups, and until
 * it is written over in the files of the database: this says so, and vacuums.
 */
export const seal = operation({
  name: 'seal',
  summary:
    'Seal a conversation, ticket, interaction or message: what was said and what will be lies encrypted from now on; older backups still hold what was said before',
  input,
  refusals: ['wrong-state'],
  touches: (db, actor, named) => conversationsOf(db, actor, [named]),
  async perform(turns, actor, named, { db }) {
    const [turn] = turns.all
    if (!turn) return refused('not-there')
    const { structure } = turn
    const of: Sealable = named.message === undefined ? meant(structure, named) : { message: named.message }
    const message = 'message' in of ? await readMessage(turn, of.message as MessageId) : null
    const decided = decide(structure, { of, by: actor, message })
    if (!decided.ok) return decided
    await writeChanges(turns, actor.account, decided.changes)
    await sealRows(turn, of)
    turns.afterwards.push(() => vacuumAfter(db))
    return { ok: true, result: { conversation: structure.conversation satisfies ConversationId, ...of } }
  },
})

async function readMessage({ tx, structure }: Turn, id: MessageId): Promise<SealedMessage | null> {
  const rows = await tx
    .selectFrom('message')
    .innerJoin('placement', (join) =>
      join
        .onRef('placement.account_id', '=', 'message.account_id')
        .onRef('placement.message_id', '=', 'message.message_id'),
    )
    .select(['message.person_id', 'message.encryption', 'placement.interaction_id', 'placement.position'])
    .where('message.account_id', '=', structure.account)
    .where('message.message_id', '=', id)
    .where('placement.conversation_id', '=', structure.conversation)
    .execute()
  const [first] = rows
  if (!first) return null
  return {
    author: first.person_id satisfies PersonId,
    sealed: first.encryption === 'sealed',
    stands: rows.map(({ interaction_id, position }) => ({
      interaction: interaction_id satisfies InteractionId,
      position,
    })),
  }
}
