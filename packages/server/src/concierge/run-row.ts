import type { MessageId, ParticipantId, PersonId, ScriptId, TicketId } from '@parley/model'
import type { RunState, Script } from '@parley/rules'
import { sql } from 'kysely'
import type { Turn } from '../road/index.ts'

/** Where the concierge stands on a ticket, with the version of the script that it began with. */
export interface Run {
  readonly ticket: TicketId
  readonly script: Script
  readonly scriptId: ScriptId
  readonly version: number
  readonly person: PersonId
  readonly participant: ParticipantId
  readonly state: RunState
  readonly askedMessage: MessageId | null
  readonly said: number
  readonly nextAt: Date | null
  readonly ended: string | null
}

/** Read under the conversation's lock. */
export async function readRun(turn: Turn, ticket: TicketId): Promise<Run | null> {
  const { rows } = await sql<Run>`
    select r.ticket_id as ticket, v.script, r.script_id as "scriptId", r.version, s.person_id as person, r.participant_id as participant,
      r.state, r.asked_message as "askedMessage", r.said, r.next_at as "nextAt", r.ended
    from concierge_run r
    join script s on s.account_id = r.account_id and s.script_id = r.script_id
    join script_version v on v.account_id = r.account_id and v.script_id = r.script_id and v.version = r.version
    where r.account_id = ${turn.structure.account} and r.ticket_id = ${ticket}`.execute(turn.tx)
  return rows[0] ?? null
}

/**
 * Whether it may still speak: it has its place in the intake, the conversation is open, and nobody has answered (settled 13). Asked under
 * the lock under which answers are decided, so that nothing it says stands behind a person's first word.
 */
export function maySpeak(turn: Turn, run: Run): boolean {
  const { structure } = turn
  const ticket = structure.tickets.find(({ id }) => id === run.ticket)
  const place = structure.participants.find(({ id }) => id === run.participant)
  return (
    run.ended === null &&
    structure.state === 'open' &&
    ticket?.state === 'open' &&
    ticket.admitted === 0 &&
    place !== undefined &&
    !place.left
  )
}

/** Its part was ended by others: a person answered, a rule of the site moved the conversation on, or it was closed. */
export async function noteEnded(turn: Turn, run: Run): Promise<void> {
  const { structure, tx, now } = turn
  if (run.ended !== null) return
  const place = structure.participants.find(({ id }) => id === run.participant)
  const ticket = structure.tickets.find(({ id }) => id === run.ticket)
  const isAnswered = place?.leftBecause === 'answered' || (ticket?.admitted ?? 0) > 0
  const ended = isAnswered ? 'silenced' : place?.left ? 'handed-over' : 'left'
  await tx
    .updateTable('concierge_run')
    .set({ ended, next_at: null, moved_at: now })
    .where('account_id', '=', structure.account)
    .where('ticket_id', '=', run.ticket)
    .execute()
}
