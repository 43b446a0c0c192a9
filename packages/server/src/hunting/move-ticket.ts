import type { ParticipantId, PersonId, TicketId } from '@parley/model'
import { type Fact, type MoveReason, mergeFacts, type Target } from '@parley/rules'
import { sql } from 'kysely'
import { recordEvent } from '../conversations/index.ts'
import type { ParticipantPlace, Turn } from '../road/index.ts'
import { askByHand } from './ask-by-hand.ts'
import { askPeople } from './ask-people.ts'
import { startLooking } from './begin-hunt.ts'
import { endPlaces } from './end-part.ts'
import { factsAsStored } from './facts-as-stored.ts'
import { readHunt, writeHunt } from './read-hunt.ts'
import { withdrawUnmatching } from './refine-hunt.ts'

export interface Move {
  readonly ticket: TicketId
  readonly reason: MoveReason
  /** Whose part ends; left out: that of everyone who answers there, the concierge too. */
  readonly from?: readonly ParticipantId[]
  /** Whose part has ended already, in this transaction. */
  readonly gone?: readonly ParticipantPlace[]
  /** Whom it goes to; left out: whoever wants what is known now. null takes back whom it was for. */
  readonly target?: Target | null
  /** What it is about from now on: it replaces what was known of the same, from whatever source. */
  readonly facts?: readonly Fact[]
  /** The rule that says so, or the person who did. */
  readonly rule?: string
  readonly by?: PersonId
  /** Who is asked whatever they wish to be asked; left out: those who want it. */
  readonly asking?: readonly PersonId[]
  /** What whoever had it tells the next. */
  readonly note?: string
}

/**
 * A ticket moves from those who have it to the next (A16): their part ends at once, with what they may read, and they are told so kindly on
 * their medium; the next are found by a search of its own, and get the story so far as the site's policy says. The reason is kept, and
 * shown to those it concerns. Where nobody had it yet, the search goes on for whom it is meant now.
 */
export async function moveTicket(turn: Turn, move: Move): Promise<void> {
  const { ticket, reason } = move
  const { account, conversation } = turn.structure
  const ended = [...(await endParts(turn, move)), ...(move.gone ?? [])]
  const hunt = await readHunt(turn, ticket)
  const { facts: told = [] } = move
  const kept = hunt.facts.filter(({ about }) => !told.some((fact) => fact.about === about))
  const facts = mergeFacts(kept, told)
  const topic = told.find(({ about }) => about === 'topic')?.value ?? null
  const target = move.target === undefined ? hunt.target : move.target
  await turn.tx
    .updateTable('ticket')
    .set({
      facts: await factsAsStored(turn, ticket, facts),
      target: target && JSON.stringify(target),
      // Only where it is a topic of this account.
      topic_id: sql`coalesce((select t.topic_id from topic t where t.account_id = ${account} and t.topic_id::text = ${topic}), topic_id)`,
    })
    .where('account_id', '=', account)
    .where('ticket_id', '=', ticket)
    .execute()
  await recordEvent(
    turn.tx,
    {
      account,
      conversation,
      ticket,
      ...(move.by ? { person: move.by } : {}),
      kind: 'moved',
      facts: {
        reason,
        ...(move.rule ? { rule: move.rule } : {}),
        from: ended.map(({ person, role }) => ({ person, role })),
        ...(move.target ? { to: move.target } : {}),
      },
    },
    turn.now,
  )
  const places = ended.filter(({ role }) => role === 'responder').length
  await writeHunt(turn, ticket, {
    admitted: Math.max(0, hunt.admitted - places),
    moves: hunt.moves + 1,
  })
  await startLooking(turn, ticket)
  // Who is asked already and is meant still stays asked, and hears what is new.
  await withdrawUnmatching(turn, ticket)
  if (move.asking) await askByHand(turn, { ticket, people: move.asking, note: move.note ?? null })
  else await askPeople(turn, ticket, reason, move.note)
}

async function endParts(turn: Turn, { ticket, from, reason }: Move) {
  const { structure } = turn
  const ended = structure.participants.filter(
    ({ id, left, role, interaction }) =>
      !left &&
      (role === 'responder' || role === 'virtual') &&
      structure.interactions.get(interaction)?.ticket === ticket &&
      structure.interactions.get(interaction)?.kind !== 'backchannel' &&
      (from === undefined || from.includes(id)),
  )
  if (ended.length === 0) return ended
  await endPlaces(turn, ended, reason)
  await turn.restructure()
  return ended
}
