import { z } from 'zod'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { mayDoTo } from '../standing.ts'
import { conversationsErasedWith, eraseConversation } from './erase-conversation.ts'

export const erase = operation({
  name: 'erase',
  summary: 'Erase a conversation: its keys, words, files, addresses and deliveries; it cannot be undone',
  input: z.strictObject({ conversation: z.uuid() }),
  refusals: [],
  erases: true,
  async touches(db, actor, { conversation }) {
    const found = await conversationsOf(db, actor, [{ conversation }])
    const [named] = found ?? []
    return named ? conversationsErasedWith(db, actor.account, named) : found
  },
  named: (db, actor, { conversation }) => conversationsOf(db, actor, [{ conversation }]),
  async perform(turns, actor, input, { db }, id) {
    const [conversation] = (await conversationsOf(turns.tx, actor, [input])) ?? []
    if (!conversation) return refused('not-there')
    const turn = turns.of(conversation)
    const verdict = mayDoTo(turn.structure, actor, 'erase', { conversation })
    if (!verdict.ok) return verdict
    const { account, person: by, role } = actor
    await eraseConversation(turns, turn, { account, id, of: { conversation }, by, role }, { db })
    return { ok: true, result: { conversation } }
  },
})
