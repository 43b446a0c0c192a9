import type { AccountId } from '@parley/model'
import type { Change, Thing } from '@parley/rules'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'

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
  const value = column.json && is !== null ? JSON.stringify(is) : is
  await sql`update ${sql.table(table)} set ${sql.ref(field)} = ${value}::${sql.raw(column.type)}
    where account_id = ${account} and ${sql.ref(`${table}_id`)} = ${id}`.execute(tx)
}

function rowOf(of: Thing): { table: string; id: string } {
  if ('conversation' in of) return { table: 'conversation', id: of.conversation }
  if ('ticket' in of) return { table: 'ticket', id: of.ticket }
  if ('interaction' in of) return { table: 'interaction', id: of.interaction }
  return { table: 'participant', id: of.place }
}
