import type { AccountId, ConversationId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import { sealMetadata } from '../../conversations/index.ts'
import { erasedText, sealingOf, type Writer } from '../../db/index.ts'
import { holdsSealed, type SealScope } from './seal-scope.ts'

interface Row {
  readonly id: string
  readonly name: string | null
  readonly tags: string[]
  readonly folder: string | null
  readonly metadata: Record<string, unknown>
  readonly asker: PersonId
}

/** Names, tags, folders and what else stands beside it and its tickets and interactions. */
export async function sealFields({ turn, ...scope }: SealScope): Promise<void> {
  const { tx } = turn
  if (scope.isWhole && scope.how === 'all')
    await sealFieldsOf(tx, scope, 'conversation', sql`conversation_id = ${scope.conversation}`)
  const which = scope.how === 'all' ? sql`true` : holdsSealed('r')
  await sealFieldsOf(tx, scope, 'ticket', sql`ticket_id = any(${scope.tickets}::uuid[]) and ${which}`)
  await sealFieldsOf(tx, scope, 'interaction', sql`interaction_id = any(${scope.interactions}::uuid[]) and ${which}`)
}

export async function sealFieldsOf(
  tx: Writer,
  { account, conversation }: { readonly account: AccountId; readonly conversation: ConversationId },
  table: 'conversation' | 'ticket' | 'interaction',
  which: ReturnType<typeof sql>,
): Promise<void> {
  const { values } = sealingOf(tx)
  const { rows } = await sql<Row>`
    select ${sql.ref(`${table}_id`)} as id, name, tags, folder, metadata,
      (select visitor_id from conversation c where c.account_id = r.account_id and c.conversation_id = r.conversation_id) as asker
    from ${sql.table(table)} r
    where account_id = ${account} and ${which}`.execute(tx)
  for (const { id, name, tags, folder, metadata, asker } of rows) {
    if ([name, folder, ...tags].includes(erasedText)) continue
    const seal = (column: string, value: { text: string } | { json: unknown }) =>
      values.seal(account, { conversation }, { table, column, row: id }, value)
    const entries = Object.entries(metadata).map(
      async ([key, json]) => [key, await seal('metadata', { json })] as const,
    )
    const inside =
      table === 'conversation'
        ? await sealMetadata(tx, { conversation, by: asker }, metadata)
        : Object.fromEntries(await Promise.all(entries))
    await sql`update ${sql.table(table)} set
        name = ${name === null ? null : await seal('name', { text: name })},
        tags = ${await Promise.all(tags.map((text) => seal('tags', { text })))}::text[],
        folder = ${folder === null ? null : await seal('folder', { text: folder })},
        metadata = ${JSON.stringify(inside)}
      where account_id = ${account} and ${sql.ref(`${table}_id`)} = ${id}`.execute(tx)
  }
}
