import type { AccountId, Clock, ConversationId, TicketId } from '@parley/model'
import { advance } from '@parley/rules'
import type { Database } from '../db/index.ts'
import type { Road } from '../road/index.ts'
import { readKnown } from './begin.ts'
import { type ConciergeParts, goOn } from './go-on.ts'
import { maySpeak, noteEnded, readRun } from './run-row.ts'

const atOnce = 200

/**
 * Waits, reminders and patience that have come to their end. Each is looked at again under its conversation's lock and moves its time on in
 * the same transaction: any process may sweep, at any moment and after any crash, and what two of them find happens once. Answers how many
 * were due.
 */
export async function goOnWhenDue(
  parts: ConciergeParts & {
    db: Database
    road: Road
    clock: Clock
    warn(facts: object, message: string): void
  },
): Promise<number> {
  const due = await parts.db.workers
    .selectFrom('concierge_run')
    .select(['account_id', 'conversation_id', 'ticket_id'])
    .where('next_at', '<=', parts.clock.now())
    .orderBy('next_at')
    .limit(atOnce)
    .execute()
  for (const { account_id, conversation_id, ticket_id } of due) {
    try {
      await passTime(parts, account_id, conversation_id, ticket_id)
    } catch (error) {
      // One that fails is found again by the next sweep, and holds up no other.
      parts.warn({ ticket: ticket_id, error: String(error) }, 'a step of the concierge failed and is repeated')
    }
  }
  return due.length
}

async function passTime(
  parts: ConciergeParts & { road: Road },
  account: AccountId,
  conversation: ConversationId,
  ticket: TicketId,
): Promise<void> {
  await parts.road.inConversation(account, conversation, async (turn) => {
    const run = await readRun(turn, ticket)
    if (!run || run.nextAt === null || run.nextAt > turn.now) return
    if (!maySpeak(turn, run)) return noteEnded(turn, run)
    const { known } = await readKnown(turn, ticket)
    const advanced = advance(run.script, run.state, { kind: 'time' }, known, turn.now)
    await goOn(turn, parts, { run, known, advanced })
  })
}
