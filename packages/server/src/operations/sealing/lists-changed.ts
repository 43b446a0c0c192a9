import type { AccountId, ConversationId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Writer } from '../../db/index.ts'
import type { PersonChanged } from '../../road/index.ts'
import { ticketsAskedBy } from './erase-person-rows.ts'

/** In whose lists something of these conversations stands: questions that were put to them, and what they were asked into or asked others into. */
export async function listsWithConversations(
  tx: Writer,
  account: AccountId,
  conversations: readonly ConversationId[],
): Promise<PersonChanged[]> {
  const of = sql`account_id = ${account} and conversation_id = any(${conversations}::uuid[])`
  const { rows } = await sql<PersonChanged>`
    select person_id as person, 'offers' as what from offer where ${of}
    union select person_id, 'invitations' from place_invitation where ${of}
    union select invited_by, 'invitations' from place_invitation where ${of}`.execute(tx)
  return rows
}

/** In whose lists something that somebody said stands: what they asked, and whom they asked in, or who asked them. */
export async function listsWithWordsOf(tx: Writer, account: AccountId, person: PersonId): Promise<PersonChanged[]> {
  const { rows } = await sql<PersonChanged>`
    select o.person_id as person, 'offers' as what from offer o
      where o.account_id = ${account} and o.ticket_id in (${ticketsAskedBy(account, person)})
    union select person_id, 'invitations' from place_invitation where account_id = ${account} and invited_by = ${person}
    union select invited_by, 'invitations' from place_invitation where account_id = ${account} and person_id = ${person}`.execute(
    tx,
  )
  return rows
}
