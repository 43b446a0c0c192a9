import type { AccountId, ConversationId, LinkId, PersonId, ScriptId, TicketId } from '@parley/model'
import {
  advance,
  chooseScript,
  type Known,
  newRun,
  requestFacts,
  type Script,
  type ScriptChoosing,
} from '@parley/rules'
import { sql } from 'kysely'
import { addParticipant, recordEvent } from '../conversations/index.ts'
import type { Database, Reader } from '../db/index.ts'
import { lastPosition, type Road, type Turn } from '../road/index.ts'
import { word } from '../words/index.ts'
import { type ConciergeParts, goOn } from './go-on.ts'
import { readRun } from './run-row.ts'

interface Candidate {
  readonly id: ScriptId
  readonly person: PersonId
  readonly version: number
  readonly chosenBy: ScriptChoosing
  readonly script: Script
}

/** Where a script is to speak first, it does: the window was opened, and nothing has been said. */
export async function greetOnEntry(
  { db, road, ...parts }: ConciergeParts & { db: Database; road: Road },
  account: AccountId,
  conversation: ConversationId,
): Promise<void> {
  const hasOne = await db.read(account, async (reader) => (await readCandidates(reader, account)).some(isFirst))
  if (!hasOne) return
  await road.inConversation(account, conversation, async (turn) => {
    const ticket = turn.structure.tickets.findLast(({ state }) => state === 'open')
    if (!ticket || ticket.admitted > 0 || lastPosition(turn.structure, ticket.intake) > 0) return
    if (await readRun(turn, ticket.id)) return
    await beginRun(turn, parts, ticket.id, { said: '', begins: 'at-entry' })
  })
}

/** Begins the script that fits what is known, if there is one. One with first words is begun by them only; with them any may begin. */
export async function beginRun(
  turn: Turn,
  parts: ConciergeParts,
  ticket: TicketId,
  { said, begins }: { said: string; begins: 'at-entry' | 'with-first-words' },
): Promise<void> {
  const { structure, tx, now } = turn
  const { account, conversation } = structure
  const intake = structure.tickets.find(({ id }) => id === ticket)?.intake
  if (!intake) return
  const all = await readCandidates(tx, account)
  if (all.length === 0) return
  const { known, link } = await readKnown(turn, ticket)
  const fitting = begins === 'at-entry' ? all.filter(isFirst) : all
  const chosen = chooseScript(fitting, { facts: known.facts, link })
  if (!chosen) return
  const { script } = chosen
  const participant = await addParticipant(
    tx,
    {
      account,
      conversation,
      interaction: intake,
      person: script.person,
      role: 'virtual',
      alias: script.script.alias ?? word(structure.language, 'assistant'),
      colour: 0,
      medium: 'web',
      address: null,
      from: 1,
    },
    now,
  )
  const state = newRun(script.script)
  await tx
    .insertInto('concierge_run')
    .values({
      account_id: account,
      ticket_id: ticket,
      conversation_id: conversation,
      script_id: script.id,
      version: script.version,
      participant_id: participant,
      state: JSON.stringify(state),
      step: state.step,
      asked_message: null,
      next_at: null,
      ended: null,
      began_at: now,
      moved_at: now,
    })
    .execute()
  const facts = { script: script.id, version: script.version, chosenBy: chosen.because, begins }
  await recordEvent(tx, { account, conversation, ticket, person: script.person, kind: 'concierge-began', facts }, now)
  await turn.restructure()
  const run = await readRun(turn, ticket)
  if (!run) throw new Error('a run that was just begun is not there')
  const advanced = advance(run.script, run.state, { kind: 'begun', said }, known, now)
  await goOn(turn, parts, { run, known, advanced })
}

/** What is known of the request now, and the link by which the visitor came. */
export async function readKnown(turn: Turn, ticket: TicketId): Promise<{ known: Known; link: LinkId | null }> {
  const { structure, tx } = turn
  const row = await tx
    .selectFrom('ticket')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.account_id', '=', 'ticket.account_id')
        .onRef('conversation.conversation_id', '=', 'ticket.conversation_id'),
    )
    .select(['ticket.account_id', 'ticket.facts', 'conversation.link_id'])
    .where('ticket.account_id', '=', structure.account)
    .where('ticket.ticket_id', '=', ticket)
    .executeTakeFirstOrThrow()
  return { known: { language: structure.language, facts: requestFacts(row.facts) }, link: row.link_id }
}

/** Whether a script would speak first to somebody who opens a window here. */
export async function speaksFirst(
  reader: Reader,
  account: AccountId,
  { facts, link }: { facts: Known['facts']; link: LinkId | null },
): Promise<boolean> {
  const all = await readCandidates(reader, account)
  return chooseScript(all.filter(isFirst), { facts, link }) !== null
}

function isFirst({ script }: Candidate): boolean {
  return script.begins === 'at-entry'
}

async function readCandidates(reader: Reader, account: AccountId): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select s.script_id as id, s.person_id as person, s.version, s.chosen_by as "chosenBy", v.script
    from script s join script_version v on v.account_id = s.account_id and v.script_id = s.script_id and v.version = s.version
    where s.account_id = ${account} and s.is_on order by s.position, s.script_id`.execute(reader)
  return rows
}
