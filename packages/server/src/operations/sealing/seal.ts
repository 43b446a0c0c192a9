import type { ConversationId } from '@parley/model'
import { z } from 'zod'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { mayDoTo } from '../standing.ts'
import { sealRows } from './seal-rows.ts'
import { vacuumAfter } from './vacuum-after.ts'

/**
 * From now on nothing of it lies open, and nothing leaves over what cannot carry it. What lay open before is in older backups, and until
 * it is written over in the files of the database: this says so, and vacuums.
 */
export const seal = operation({
  name: 'seal',
  summary:
    'Seal a conversation: what was said and what will be lies encrypted from now on; older backups still hold what was said before',
  input: z.strictObject({ conversation: z.uuid() }),
  refusals: ['wrong-state'],
  touches: (db, { account }, { conversation }) => conversationsOf(db, account, [{ conversation }]),
  async perform(turns, actor, _input, { db }) {
    const [turn] = turns.all
    if (!turn) return refused('not-there')
    const { account, conversation, encryption } = turn.structure
    const verdict = mayDoTo(turn.structure, actor, 'seal', { conversation: conversation satisfies ConversationId })
    if (!verdict.ok) return verdict
    if (encryption === 'sealed') return refused('wrong-state')
    await turns.tx
      .updateTable('conversation')
      .set({ encryption: 'sealed' })
      .where('account_id', '=', account)
      .where('conversation_id', '=', conversation)
      .execute()
    await turn.restructure()
    await sealRows(turn)
    turns.afterwards.push(() => vacuumAfter(db))
    return { ok: true, result: { conversation } }
  },
})
