import type { TicketId } from '@parley/model'
import type { Turn } from '../road/index.ts'
import { decide } from './decide-answer.ts'
import { offerColumns } from './find-offer.ts'
import { keptSay } from './kept-answer.ts'
import { readHunt, writeHunt } from './read-hunt.ts'

export async function settleIfFull(turn: Turn, ticket: TicketId): Promise<void> {
  const { hunt, grace_until } = await readHunt(turn, ticket)
  if (hunt === 'found' && grace_until !== null) await settleWaiting(turn, ticket)
}

/**
 * Answers that waited are decided, in the order in which they came: when the grace has ended without a better one, or as soon as all places
 * are taken. Each is either the participant's first words now, or kept as a late one, and its author is told.
 */
export async function settleWaiting(turn: Turn, ticket: TicketId): Promise<void> {
  const { tx, structure } = turn
  const hunt = await readHunt(turn, ticket)
  if (hunt.grace_until !== null) await writeHunt(turn, ticket, { grace_until: null })
  const waiting = await tx
    .selectFrom('offer')
    .select(offerColumns)
    .where('account_id', '=', structure.account)
    .where('ticket_id', '=', ticket)
    .where('state', '=', 'waiting')
    .forUpdate()
    .execute()
  const kept = waiting
    .flatMap((offer) => offer.kept.map((answer) => ({ offer, answer })))
    .sort((a, b) => (a.answer.at < b.answer.at ? -1 : a.answer.at > b.answer.at ? 1 : 0))
  for (const { offer, answer } of kept) {
    const when = { at: new Date(answer.at), isGraceOver: true }
    await decide(turn, { ...offer, kept: [] }, keptSay(structure.account, answer), when)
  }
}
