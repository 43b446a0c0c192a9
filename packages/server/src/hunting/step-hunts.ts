import type { AccountId, Clock, ConversationId, TicketId } from '@parley/model'
import { huntStep, slotsOf } from '@parley/rules'
import { recordEvent } from '../conversations/index.ts'
import type { Database } from '../db/index.ts'
import type { Road, Turn } from '../road/index.ts'
import { askNextIfNobodyIsLeft, askPeople } from './ask-people.ts'
import { beginHunt } from './begin-hunt.ts'
import { lookAtPlaces } from './look-at-places.ts'
import { countOpen, type HuntRow, noTimers, readHunt, writeHunt } from './read-hunt.ts'
import { settleWaiting } from './settle-waiting.ts'
import { tellNews } from './tell-news.ts'
import { expireOffers } from './withdraw-offers.ts'

const atOnce = 200

/**
 * Takes the step that is due of every ticket that wants one: the next wave, offers and graces that run out, silence, news. Each is taken
 * under its conversation's lock and moves its clock on in the same transaction, so any process may sweep, at any moment, and what two of
 * them find is done once. Answers how many were due.
 */
export async function stepHunts(parts: {
  db: Database
  road: Road
  clock: Clock
  warn(facts: object, message: string): void
}): Promise<number> {
  const due = await parts.db.workers
    .selectFrom('ticket')
    .select(['account_id', 'conversation_id', 'ticket_id'])
    .where('due_at', '<=', parts.clock.now())
    .orderBy('due_at')
    .limit(atOnce)
    .execute()
  for (const { account_id, conversation_id, ticket_id } of due) {
    try {
      await stepHunt(parts.road, account_id, conversation_id, ticket_id)
    } catch (error) {
      // One that fails is found again by the next sweep, and holds up no other.
      parts.warn({ ticket: ticket_id, error: String(error) }, 'a step of a hunt failed and is repeated')
    }
  }
  return due.length
}

/** What is due on one ticket, all of it in one transaction. */
async function stepHunt(road: Road, account: AccountId, conversation: ConversationId, ticket: TicketId): Promise<void> {
  await road.inConversation(account, conversation, async (turn) => {
    const hunt = await readHunt(turn, ticket)
    if (hunt.state === 'closed' || turn.structure.state === 'closed') {
      await settleWaiting(turn, ticket)
      await writeHunt(turn, ticket, noTimers)
      return
    }
    const isDue = (at: Date | null) => at !== null && at <= turn.now
    if (isDue(hunt.expire_at)) await expire(turn, ticket)
    if (isDue(hunt.grace_until)) await settleWaiting(turn, ticket)
    if (isDue(hunt.places_at)) await lookAtPlaces(turn, ticket)
    await search(turn, await readHunt(turn, ticket))
    if (isDue((await readHunt(turn, ticket)).news_at)) await tellNews(turn, ticket)
  })
}

async function expire(turn: Turn, ticket: TicketId): Promise<void> {
  await expireOffers(turn, ticket)
  const { next } = await turn.tx
    .selectFrom('offer')
    .select((eb) => eb.fn.min('expires_at').as('next'))
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', ticket)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  await writeHunt(turn, ticket, { expire_at: next })
  await askNextIfNobodyIsLeft(turn, ticket)
}

async function search(turn: Turn, hunt: HuntRow): Promise<void> {
  const { ticket_id: ticket } = hunt
  if (hunt.hunt === 'not-begun') {
    // It was to begin when the visitor came in, and the process that let them in did not get so far.
    if (hunt.ask_at !== null && hunt.ask_at <= turn.now) await beginHunt(turn, ticket)
    return
  }
  const admission = turn.structure.tickets.find(({ id }) => id === ticket)?.admission
  if (!admission) throw new Error('a ticket that is not in its conversation')
  const state = {
    hunt: hunt.hunt,
    wave: hunt.wave,
    askAt: hunt.ask_at,
    huntUntil: hunt.hunt_until,
    waitsUntil: hunt.waits_until,
    open: await countOpen(turn, ticket),
    admitted: hunt.admitted,
    slots: slotsOf(admission),
  }
  const step = huntStep(state, turn.now)
  if (step.ask) await askPeople(turn, ticket)
  if (step.end) await writeHunt(turn, ticket, { ask_at: null, waits_until: null })
  if (hunt.hunt_until !== null && hunt.hunt_until <= turn.now) await writeHunt(turn, ticket, { hunt_until: null })
  if (step.tell && (await readHunt(turn, ticket)).hunt === 'looking') await tellNobody(turn, ticket)
}

/** The visitor's window says that nobody is free and offers another way; whoever was asked may still answer. */
async function tellNobody(turn: Turn, ticket: TicketId): Promise<void> {
  const { account, conversation } = turn.structure
  await writeHunt(turn, ticket, { hunt: 'nobody' })
  const facts = { because: 'nobody-answers' }
  await recordEvent(turn.tx, { account, conversation, ticket, kind: 'hunt-nobody', facts }, turn.now)
  await turn.restructure()
}
