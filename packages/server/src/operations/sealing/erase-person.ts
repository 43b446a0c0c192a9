import type { PersonId } from '@parley/model'
import { z } from 'zod'
import { operation, refused } from '../operation.ts'
import { conversationsWith, eraseSomebody, whyNotErased } from './erase-somebody.ts'

/** Their words, names, addresses and keys, in every conversation; what others said stays. */
export const erasePerson = operation({
  name: 'erase-person',
  summary:
    'Erase a person: their words, files, names and addresses everywhere; the words of others stay; it cannot be undone',
  input: z.strictObject({ person: z.uuid() }),
  refusals: ['wrong-state'],
  erases: true,
  touches: (db, { account }, { person }) => conversationsWith(db, account, person as PersonId),
  async perform(turns, actor, { person: named }, { db }, id) {
    const person = named as PersonId
    const { account, person: by, role } = actor
    if (role !== 'administrator') return refused('not-there')
    if (await whyNotErased(turns.tx, account, person)) return refused('wrong-state')
    await eraseSomebody(turns, person, { account, id, of: { person }, by, role }, { db })
    return { ok: true, result: {} }
  },
})
