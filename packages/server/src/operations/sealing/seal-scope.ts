import type { AccountId, ConversationId, InteractionId, MessageId, TicketId } from '@parley/model'
import type { Sealable } from '@parley/rules'
import { type RawBuilder, sql } from 'kysely'
import { askerOn, type Turn } from '../../road/index.ts'

/**
 * `all`: what lies open, and what is sealed under another conversation's key. `own-key`: the second alone, where something has come from
 * another conversation or has gone back.
 */
export type How = 'all' | 'own-key'

export interface Messages {
  readonly messages: readonly string[]
}

/** Rows that something is kept in, as far as they are part of what is sealed. */
export interface SealScope {
  readonly turn: Turn
  readonly account: AccountId
  readonly conversation: ConversationId
  readonly how: How
  readonly isWhole: boolean
  /** Messages that stand there, each once: a subquery of ids. */
  readonly messages: RawBuilder<unknown>
  readonly tickets: readonly TicketId[]
  readonly interactions: readonly InteractionId[]
  /** The tickets of which what was asked is sealed: questions to others quote it. */
  readonly asked: readonly TicketId[]
}

export async function scopeOf(turn: Turn, of: Sealable | Messages, how: How): Promise<SealScope> {
  const { structure } = turn
  const { account, conversation } = structure
  const all = [...structure.interactions.values()]
  const inside = all.filter(
    ({ id, ticket }) =>
      'conversation' in of || ('ticket' in of ? ticket === of.ticket : 'interaction' in of && id === of.interaction),
  )
  const interactions = inside.map(({ id }) => id)
  const tickets = structure.tickets.filter(({ id }) => 'conversation' in of || ('ticket' in of && id === of.ticket))
  const intakes = structure.tickets.filter(({ intake }) => interactions.includes(intake))
  const messages = 'message' in of ? [of.message] : 'messages' in of ? of.messages : null
  const asked = messages ? await askedWith(turn, messages) : [...tickets, ...intakes]
  return {
    ...{ turn, account, conversation, how, interactions },
    isWhole: 'conversation' in of,
    messages: messages
      ? sql`select unnest(${messages}::uuid[])`
      : sql`select message_id from placement where account_id = ${account} and interaction_id = any(${interactions}::uuid[])`,
    tickets: tickets.map(({ id }) => id),
    asked: [...new Set(asked.map(({ id }) => id))],
  }
}

/** What somebody asks may be quoted in every question of theirs. */
async function askedWith({ tx, structure }: Turn, messages: readonly string[]): Promise<Turn['structure']['tickets']> {
  const rows = await tx
    .selectFrom('message')
    .select('person_id')
    .distinct()
    .where('account_id', '=', structure.account)
    .where('message_id', 'in', messages as MessageId[])
    .execute()
  const said = new Set(rows.map(({ person_id }) => person_id))
  return structure.tickets.filter(({ id }) => said.has(askerOn(structure, id)))
}

/** Does a row hold something sealed? `row`: its table's name in the query. */
export const holdsSealed = (row: string) =>
  sql<boolean>`position('\\u0001sealed' in to_jsonb(${sql.ref(row)})::text) > 0`
