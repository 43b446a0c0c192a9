import type {
  AccountId,
  ConversationId,
  InteractionId,
  MessageId,
  ParticipantId,
  PersonId,
  TicketId,
} from '@parley/model'
import type { Change, State, Thing } from '@parley/rules'
import { sql } from 'kysely'
import { writeRight } from '../conversations/index.ts'
import type { Writer } from '../db/index.ts'
import type { Turns } from '../road/index.ts'
import { becomeOne } from './become-one.ts'
import { faceWhoAnswers, joinPlace } from './join-place.ts'
import { moveTicketRows } from './move-ticket-rows.ts'
import { openTicketLike } from './open-ticket-like.ts'
import { sealMoved } from './sealing/seal-moved.ts'
import { setField } from './set-field.ts'
import { tie, untie } from './tie.ts'

/**
 * Makes what was decided true in rows, in order, and lets the turns of the conversations it concerns know. The rows of a change carry the
 * ids that the change names, so that it can be undone by them.
 */
export async function writeChanges(turns: Turns, account: AccountId, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  for (const change of changes) await writeOne(turns, account, change)
  for (const turn of turns.all) await turn.restructure()
  await sealMoved(turns, changes)
}

async function writeOne(turns: Turns, account: AccountId, change: Change): Promise<void> {
  const { tx, now } = turns
  switch (change.kind) {
    case 'open-ticket':
      await openTicketLike(tx, account, change, now)
      return setField(tx, account, nameOf({ ticket: change.ticket }, change.name))
    case 'open-interaction':
      await tx
        .insertInto('interaction')
        .values({
          account_id: account,
          interaction_id: change.interaction as InteractionId,
          conversation_id: change.conversation as ConversationId,
          ticket_id: change.ticket as TicketId,
          parent_id: change.parent as InteractionId | null,
          kind: change.as,
          purpose: change.purpose,
          state: 'open',
          name: null,
          category: change.category,
          primary_participant_id: null,
          created_at: now,
          ends_at: null,
          ...(change.sealed ? { encryption: 'sealed' } : {}),
        })
        .execute()
      // Sealed where all else is, as whenever it is changed.
      return setField(tx, account, nameOf({ interaction: change.interaction }, change.name))
    case 'state':
      return setState(tx, account, change.of, change.is, now)
    case 'join':
      return joinPlace(turns, account, change)
    case 'leave':
    case 'return':
      await tx
        .updateTable('participant')
        .set(
          change.kind === 'leave'
            ? { left_at: now, left_because: change.because }
            : { left_at: null, left_because: null },
        )
        .where('account_id', '=', account)
        .where('participant_id', '=', change.place as ParticipantId)
        .execute()
      return
    case 'give':
    case 'end':
      return writeRight({ tx, account, now }, change)
    case 'move-ticket':
      return moveTicketRows(tx, account, change)
    case 'move-interaction':
      return moveInteraction(tx, account, change)
    case 'merged':
      return setMerged(tx, account, change.of, change.is)
    case 'place':
      return place(turns, account, change)
    case 'withdraw':
      await sql`update interaction set withdrawn = array_append(withdrawn, ${change.position})
        where account_id = ${account} and interaction_id = ${change.interaction} and not ${change.position} = any(withdrawn)`.execute(
        tx,
      )
      return
    case 'redirect':
      await sql`update participant set merged_into = ${change.is}
        where account_id = ${account} and participant_id = ${change.place}`.execute(tx)
      return
    case 'become':
      return becomeOne(tx, account, change, now)
    case 'field':
      if (change.field === 'role' && change.is === 'responder' && 'place' in change.of) {
        await faceWhoAnswers(turns, account, change.of.place as ParticipantId)
      }
      return setField(tx, account, change)
    case 'link':
      return tie(turns, account, change)
    case 'unlink':
      return untie(tx, account, change)
  }
}

function nameOf(of: Thing, name: string | null): Extract<Change, { kind: 'field' }> {
  return { kind: 'field', of, field: 'name', was: null, is: name }
}

async function setState(tx: Writer, account: AccountId, of: Thing, state: State, now: Date): Promise<void> {
  const ends = state === 'closed' ? now : null
  if ('ticket' in of) {
    await tx
      .updateTable('ticket')
      .set({ state, ends_at: ends })
      .where('account_id', '=', account)
      .where('ticket_id', '=', of.ticket as TicketId)
      .execute()
    return
  }
  if (state === 'pending') throw new Error('only a ticket can be pending')
  if ('interaction' in of) {
    await tx
      .updateTable('interaction')
      .set({ state, ends_at: ends })
      .where('account_id', '=', account)
      .where('interaction_id', '=', of.interaction as InteractionId)
      .execute()
  } else if ('conversation' in of) {
    await tx
      .updateTable('conversation')
      .set({ state, ends_at: ends })
      .where('account_id', '=', account)
      .where('conversation_id', '=', of.conversation as ConversationId)
      .execute()
  }
}

async function setMerged(tx: Writer, account: AccountId, of: Thing, into: string | null): Promise<void> {
  const [table, column, id] =
    'conversation' in of
      ? ['conversation', 'conversation_id', of.conversation]
      : 'ticket' in of
        ? ['ticket', 'ticket_id', of.ticket]
        : 'interaction' in of
          ? ['interaction', 'interaction_id', of.interaction]
          : ['participant', 'participant_id', of.place]
  await sql`update ${sql.table(table)} set merged_into = ${into}
    where account_id = ${account} and ${sql.ref(column)} = ${id}`.execute(tx)
}

/** To another ticket of the same conversation, with what is still to be answered there. */
async function moveInteraction(
  tx: Writer,
  account: AccountId,
  { interaction, to }: Extract<Change, { kind: 'move-interaction' }>,
): Promise<void> {
  // What a sealed ticket holds stays sealed wherever it goes.
  await sql`update interaction i set ticket_id = ${to}, encryption = case t.encryption when 'sealed' then 'sealed' else i.encryption end
    from ticket t where i.account_id = ${account} and i.interaction_id = ${interaction}
      and t.account_id = i.account_id and t.ticket_id = i.ticket_id`.execute(tx)
  await sql`update relay_address r set ticket_id = ${to} from participant p
    where r.account_id = ${account} and p.account_id = r.account_id and p.participant_id = r.participant_id
      and p.interaction_id = ${interaction}`.execute(tx)
  // By the conversation, of which there is an index.
  await sql`update event set ticket_id = ${to} where account_id = ${account} and interaction_id = ${interaction}
    and conversation_id = (select conversation_id from interaction where account_id = ${account}
      and interaction_id = ${interaction})`.execute(tx)
}

async function place(
  { tx }: Turns,
  account: AccountId,
  { conversation, interaction, position, message, by }: Extract<Change, { kind: 'place' }>,
): Promise<void> {
  const { rows } = await sql<{ ordinal: number }>`
    update conversation set ordinal = ordinal + 1, last_at = greatest(last_at, (select m.at from message m
      where m.account_id = ${account} and m.message_id = ${message}))
    where account_id = ${account} and conversation_id = ${conversation} returning ordinal`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('a conversation that is worked on has gone')
  await tx
    .insertInto('placement')
    .values({
      account_id: account,
      interaction_id: interaction as InteractionId,
      position,
      conversation_id: conversation as ConversationId,
      ordinal: row.ordinal,
      message_id: message as MessageId,
      placed_by: by as PersonId,
    })
    .execute()
}
