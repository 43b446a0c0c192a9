import type { AccountId, ConversationId } from '@parley/model'
import type { Change, Thing } from '@parley/rules'
import { sql } from 'kysely'
import { sealingOf, type Writer } from '../db/index.ts'

/** The columns that `field` may name, by what they belong to, each with the type that it is written as. */
const columns: Readonly<Record<string, { on: readonly string[]; type: string; json?: true }>> = {
  name: { on: ['conversation', 'ticket', 'interaction'], type: 'text' },
  category: { on: ['conversation', 'ticket', 'interaction'], type: 'text' },
  tags: { on: ['conversation', 'ticket', 'interaction'], type: 'text[]' },
  metadata: { on: ['conversation', 'ticket', 'interaction'], type: 'jsonb', json: true },
  folder: { on: ['conversation', 'ticket', 'interaction'], type: 'text' },
  categories: { on: ['conversation', 'ticket', 'interaction'], type: 'uuid[]' },
  answers: { on: ['conversation', 'ticket', 'interaction'], type: 'jsonb', json: true },
  lets_see: { on: ['conversation'], type: 'jsonb', json: true },
  teams: { on: ['conversation', 'ticket', 'interaction'], type: 'uuid[]' },
  takes_from: { on: ['conversation', 'ticket', 'interaction'], type: 'timestamptz' },
  takes_until: { on: ['conversation', 'ticket', 'interaction'], type: 'timestamptz' },
  primary_participant_id: { on: ['conversation', 'ticket', 'interaction'], type: 'uuid' },
  encryption: { on: ['conversation', 'ticket', 'interaction'], type: 'text' },
  parent_id: { on: ['ticket', 'interaction'], type: 'uuid' },
  target: { on: ['ticket'], type: 'jsonb', json: true },
  alias: { on: ['participant'], type: 'text' },
  face: { on: ['participant'], type: 'text' },
  manages: { on: ['participant'], type: 'boolean' },
  role: { on: ['participant'], type: 'text' },
}

/** Writes one field of something. */
export async function setField(
  tx: Writer,
  account: AccountId,
  { of, field, is }: Extract<Change, { kind: 'field' }>,
): Promise<void> {
  const { table, id } = rowOf(of)
  const column = columns[field]
  if (!column?.on.includes(table)) throw new Error(`there is no field ${field} of a ${table}`)
  const stored = holdWords.has(field) && is !== null ? await sealWhereSealed(tx, account, { table, id, field }, is) : is
  const value = column.json && stored !== null ? JSON.stringify(stored) : stored
  await sql`update ${sql.table(table)} set ${sql.ref(field)} = ${value}::${sql.raw(column.type)}
    where account_id = ${account} and ${sql.ref(`${table}_id`)} = ${id}`.execute(tx)
}

/** Words that somebody chose, and so sealed where all else is. */
const holdWords: ReadonlySet<string> = new Set(['name', 'tags', 'metadata', 'folder'])

async function sealWhereSealed(
  tx: Writer,
  account: AccountId,
  { table, id, field }: { table: string; id: string; field: string },
  is: unknown,
): Promise<unknown> {
  const ticket = sql`(select t.encryption from ticket t where t.account_id = r.account_id and t.ticket_id = r.ticket_id)`
  const { rows } = await sql<{ conversation: ConversationId }>`
    select c.conversation_id as conversation from ${sql.table(table)} r
    join conversation c on c.account_id = r.account_id and c.conversation_id = r.conversation_id
    where r.account_id = ${account} and r.${sql.ref(`${table}_id`)} = ${id}
      and 'sealed' in (c.encryption, r.encryption, ${table === 'interaction' ? ticket : sql`'none'`})`.execute(tx)
  const [sealed] = rows
  if (!sealed) return is
  const { values } = sealingOf(tx)
  const seal = (value: { text: string } | { json: unknown }) =>
    values.seal(account, sealed, { table, column: field, row: id }, value)
  if (Array.isArray(is)) return Promise.all(is.map((text) => seal({ text: String(text) })))
  if (typeof is === 'string') return seal({ text: is })
  const entries = Object.entries(is ?? {}).map(async ([key, json]) => [key, await seal({ json })] as const)
  return Object.fromEntries(await Promise.all(entries))
}

function rowOf(of: Thing): { table: string; id: string } {
  if ('conversation' in of) return { table: 'conversation', id: of.conversation }
  if ('ticket' in of) return { table: 'ticket', id: of.ticket }
  if ('interaction' in of) return { table: 'interaction', id: of.interaction }
  return { table: 'participant', id: of.place }
}
