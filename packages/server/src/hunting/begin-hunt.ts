import type { AccountId, ConversationId, TicketId } from '@parley/model'
import { askedNow, type Road, type Turn } from '../road/index.ts'
import { askPeople } from './ask-people.ts'
import { moveByRule } from './move-by-rule.ts'
import { writeHunt } from './read-hunt.ts'
import { refineHunt } from './refine-hunt.ts'

/**
 * Called in the transaction that stores the visitor's words, where people are still to be found or words may call for somebody else:
 * there is no moment in which a question is known and nobody has been asked.
 */
export async function hearVisitor(turn: Turn): Promise<void> {
  const ticket = askedNow(turn)
  if (!ticket || turn.structure.kind === 'own') return
  const said = turn.says.at(-1)?.body ?? null
  if (await moveByRule(turn, ticket.id, said)) return
  if (ticket.hunt === 'not-begun') await beginHunt(turn, ticket.id)
  else if (ticket.admitted === 0) await refineHunt(turn, ticket.id)
}

/** Where the site looks for people before the visitor has written a word: as soon as they have opened the window. */
export async function beginOnEntry(road: Road, account: AccountId, conversation: ConversationId): Promise<void> {
  await road.inConversation(account, conversation, async (turn) => {
    const ticket = turn.structure.tickets.findLast(({ state }) => state === 'open')
    if (ticket?.hunt === 'not-begun') await beginHunt(turn, ticket.id)
  })
}

/** Begin to look for people who want this question, on what is known of it now. */
export async function beginHunt(turn: Turn, ticket: TicketId): Promise<void> {
  await startLooking(turn, ticket)
  await askPeople(turn, ticket)
}

/** The clocks of a new search; nobody is asked yet. */
export async function startLooking(turn: Turn, ticket: TicketId): Promise<void> {
  const { patienceMs, waitMs } = turn.structure.policy.hunt
  const { now } = turn
  await writeHunt(turn, ticket, {
    hunt: 'looking',
    wave: 0,
    hunt_from: now,
    ask_at: null,
    hunt_until: patienceMs === null ? null : new Date(now.getTime() + patienceMs),
    waits_until: new Date(now.getTime() + waitMs),
  })
}
