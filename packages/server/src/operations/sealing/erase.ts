import { z } from 'zod'
import { sealingOf } from '../../db/index.ts'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { mayDoTo } from '../standing.ts'
import { blobsOf, keepKeys, keysOf, removeRows, removeVisitor, withMerged } from './erase-rows.ts'
import { vacuumAfter } from './vacuum-after.ts'
import { standElsewhere, withdrawElsewhere } from './withdraw-elsewhere.ts'

/**
 * Nothing of it can be read by anybody from then on. Keys are destroyed first: should the process die before the rows are removed, what is
 * left cannot be read, and the same operation again removes it.
 */
export const erase = operation({
  name: 'erase',
  summary: 'Erase a conversation: its keys, words, files, addresses and deliveries; it cannot be undone',
  input: z.strictObject({ conversation: z.uuid() }),
  refusals: [],
  async touches(db, { account }, { conversation }) {
    const found = await conversationsOf(db, account, [{ conversation }])
    const [named] = found ?? []
    if (!found || !named) return found
    return [named, ...(await standElsewhere(db, account, await withMerged(db, account, named)))]
  },
  named: (db, { account }, { conversation }) => conversationsOf(db, account, [{ conversation }]),
  async perform(turns, actor, input, context) {
    const { account } = actor
    const [conversation] = (await conversationsOf(turns.tx, account, [input])) ?? []
    if (!conversation) return refused('not-there')
    const turn = turns.of(conversation)
    const verdict = mayDoTo(turn.structure, actor, 'erase', { conversation })
    if (!verdict.ok) return verdict
    const { tx, now } = turns
    const all = await withMerged(tx, account, conversation)
    const blobs = await blobsOf(tx, account, all)
    await keepKeys(tx, account, await keysOf(tx, account, all), now)
    const { values } = sealingOf(tx)
    for (const each of all) await values.destroy(account, { conversation: each })
    for (const blob of blobs) await values.destroy(account, { blob })
    await withdrawElsewhere(turns, account, all)
    await removeRows(tx, account, all, blobs)
    const { visitor } = turn.structure
    if (await removeVisitor(tx, account, visitor)) await values.destroy(account, { person: visitor })
    for (const { person } of turn.structure.participants) turn.changed.push({ person, what: 'offers' })
    turn.gone = true
    turns.afterwards.push(() => vacuumAfter(context.db))
    return { ok: true, result: { conversation } }
  },
})
