import type { MessageId } from '@parley/model'
import { copy as decide, isSealedIn, mayRead } from '@parley/rules'
import { z } from 'zod'
import { recordEvent } from '../../conversations/index.ts'
import { type Structure, spansOf, type Turns } from '../../road/index.ts'
import { conversationsOf } from '../find-things.ts'
import { operation, refused } from '../operation.ts'
import { vacuumAfter } from '../sealing/vacuum-after.ts'
import { mayDoTo } from '../standing.ts'
import { writeChanges } from '../write-changes.ts'
import { mayDoBoth } from './may-do-both.ts'
import { placedIn } from './placed.ts'
import { reachPlaced } from './reach-placed.ts'
import { turnOf } from './turn-of.ts'

/** Messages stand in another interaction besides, at its end, for everyone who reads there. */
export const copy = operation({
  name: 'copy',
  summary: 'Place messages of one interaction in another one besides',
  input: z.strictObject({ messages: z.array(z.uuid()).min(1).max(1000), from: z.uuid(), to: z.uuid() }),
  refusals: ['wrong-state', 'conversation-closed', 'interaction-closed', 'sealed'],
  touches: (db, actor, { from, to }) => conversationsOf(db, actor, [{ interaction: from }, { interaction: to }]),
  async perform(turns, actor, { messages, from: fromId, to: toId }, { db }) {
    const { account, person } = actor
    const source = (await turnOf(turns, account, { interaction: fromId }))?.structure
    const target = (await turnOf(turns, account, { interaction: toId }))?.structure
    const from = source?.interactions.get(fromId as never)
    const to = target?.interactions.get(toId as never)
    if (!source || !target || !from || !to) return refused('not-there')
    const verdict = mayDoBoth(
      mayDoTo(source, actor, 'copy', { interaction: fromId }),
      mayDoBoth(
        mayDoTo(target, actor, 'say', { interaction: toId }),
        mayDoTo(target, actor, 'copy', { interaction: toId }),
      ),
    )
    if (!verdict.ok) return verdict
    const found = await placedIn(turns.tx, account, from, messages)
    if (found.length < new Set(messages).size) return refused('not-there')
    const decided = decide(target, {
      to: toId,
      messages: found,
      readable: mayRead(spansOf(source, person), fromId),
      standing: new Set((await placedIn(turns.tx, account, to, messages)).map(({ id }) => id)),
      by: person,
    })
    if (!decided.ok) return decided
    // A sealed message stays so wherever it is placed in its conversation; into another it goes only where everything is sealed.
    if (source !== target && !isSealedIn(target, to.id) && (await holdSealed(turns, source, messages)))
      return refused('sealed')
    const { changes } = decided
    await writeChanges(turns, account, changes)
    await reachPlaced(turns, changes)
    if (isSealedIn(target, to.id)) turns.afterwards.push(() => vacuumAfter(db))
    const facts = { from: fromId, messages: changes.length }
    const happened = { account, conversation: target.conversation, interaction: to.id, person, kind: 'copied', facts }
    await recordEvent(turns.tx, happened, turns.now)
    const copied = changes.flatMap((change) => (change.kind === 'place' ? [change.message] : []))
    return { ok: true, result: { interaction: toId, messages: copied }, changes }
  },
})

async function holdSealed({ tx }: Turns, { account }: Structure, messages: readonly string[]): Promise<boolean> {
  const found = await tx
    .selectFrom('message')
    .select('message_id')
    .where('account_id', '=', account)
    .where('message_id', 'in', messages as MessageId[])
    .where('encryption', '=', 'sealed')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
