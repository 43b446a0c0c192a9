import type { PersonId } from '@parley/model'
import { askerOn, type Turn } from '../road/index.ts'
import { noTimers, readHunt, writeHunt } from './read-hunt.ts'
import { endHunt } from './withdraw-offers.ts'

/** Who asked is no more: whoever was asked need not answer, and nobody else is looked for. What was begun goes on without them. */
export async function endAskingOf(turn: Turn, person: PersonId): Promise<void> {
  const { structure, tx, now } = turn
  for (const { id, state } of structure.tickets) {
    if (state === 'closed' || askerOn(structure, id) !== person) continue
    const { hunt } = await readHunt(turn, id)
    await endHunt(turn, id)
    await tx
      .updateTable('offer')
      .set({ state: 'withdrawn', updated_at: now })
      .where('account_id', '=', structure.account)
      .where('ticket_id', '=', id)
      .where('state', '=', 'waiting')
      .execute()
    await writeHunt(turn, id, { ...noTimers, ...(hunt === 'looking' || hunt === 'not-begun' ? { hunt: 'found' } : {}) })
  }
}
