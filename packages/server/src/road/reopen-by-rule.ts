import type { PersonId, TicketId } from '@parley/model'
import { isTaking, mayReopen } from '@parley/rules'
import { sql } from 'kysely'
import { openTicket, recordEvent } from '../conversations/index.ts'
import { askerOn } from './asking.ts'
import type { Target } from './place.ts'
import type { Structure, TicketPlace } from './structure.ts'
import type { Turn } from './turn.ts'

/** What whoever asks opens by speaking: their conversation or ticket again, or a new ticket where none is open. */
type Reopening = { readonly kind: 'again'; readonly ticket: TicketId } | { readonly kind: 'new-ticket' }

/**
 * What words to something that is closed open, as the site says (C7); null where nothing is to be opened, or nothing may be. Where the
 * conversation goes on and none of its tickets does, it is a new matter.
 */
export function reopening(
  structure: Structure,
  { person, to }: { readonly person: PersonId; readonly to: Target },
  now: Date,
): Reopening | null {
  const { tickets, state, policy } = structure
  if (state === 'open' && tickets.every((ticket) => ticket.state !== 'closed')) return null
  if (structure.kind === 'own' || structure.mergedInto || !isTaking(structure.takes, now)) return null
  const own = tickets.filter(({ id, mergedInto }) => !mergedInto && askerOn(structure, id) === person)
  const named = 'interaction' in to ? structure.interactions.get(to.interaction)?.ticket : undefined
  if (named === undefined && state === 'open' && own.some((ticket) => ticket.state !== 'closed')) return null
  const ticket = named === undefined ? usedLast(structure, own) : own.find(({ id }) => id === named)
  if (!ticket || (state === 'open' && ticket.state !== 'closed')) return null
  const closed = state === 'closed' ? structure : ticket
  if (mayReopen(closed, policy.reopen.withinDays, now)) return { kind: 'again', ticket: ticket.id }
  return state === 'open' && named === undefined ? { kind: 'new-ticket' } : null
}

function usedLast(structure: Structure, tickets: readonly TicketPlace[]): TicketPlace | undefined {
  const used = ({ id }: TicketPlace) =>
    Math.max(
      0,
      ...[...structure.interactions.values()].flatMap((each) =>
        each.ticket === id ? [structure.lastUsed.get(each.id) ?? 0] : [],
      ),
    )
  return tickets.toSorted((a, b) => used(a) - used(b) || (a.id < b.id ? -1 : 1)).at(-1)
}

/** Opens it in rows, before the words are said. Where nobody is left who answers, people are looked for again with these words. */
export async function reopenByRule(turn: Turn, person: PersonId, what: Reopening): Promise<void> {
  const { tx, now, structure } = turn
  const { account, conversation } = structure
  if (what.kind === 'new-ticket') {
    const { site, policy, language, region } = structure
    await openTicket(
      tx,
      { ...{ account, site, policy, language, region, conversation }, visitor: person, topic: null, metadata: {} },
      now,
    )
    return turn.restructure()
  }
  const { ticket } = what
  const answers = structure.participants.some(({ role, left, interaction }) => {
    const found = structure.interactions.get(interaction)
    return (
      role === 'responder' && !left && found?.ticket === ticket && found.kind === 'exchange' && found.state === 'open'
    )
  })
  await sql`update conversation set state = 'open', ends_at = null
    where account_id = ${account} and conversation_id = ${conversation}`.execute(tx)
  await sql`update ticket set state = 'open', ends_at = null
    ${answers ? sql`` : sql`, hunt = 'not-begun', admitted = 0`}
    where account_id = ${account} and ticket_id = ${ticket}`.execute(tx)
  await recordEvent(tx, { account, conversation, ticket, person, kind: 'reopened' }, now)
  await turn.restructure()
}
