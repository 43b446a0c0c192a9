import type { AttachmentId, BlobId, ConversationId, MessageId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import { sealAttachments, sealBlob } from '../../attachments/index.ts'
import { erasedText, sealedMark, sealingOf } from '../../db/index.ts'
import { type MessageForm, sealForm } from '../../road/index.ts'
import type { SealScope } from './seal-scope.ts'

/** Messages that are sealed with one statement. */
const atOnce = 1_000

interface Row {
  readonly message_id: MessageId
  readonly conversation: ConversationId
  readonly by: PersonId
  readonly body: string
  readonly full_text: string | null
  readonly form: MessageForm | null
  readonly author_name: string | null
  readonly said_over: string | null
}

/** Everything said there, with its files: each message under the key of the conversation that it belongs to. */
export async function sealMessages(scope: SealScope): Promise<void> {
  const ids = await standing(scope)
  for (let from = 0; from < ids.length; from += atOnce) {
    await write(scope, await read(scope, ids.slice(from, from + atOnce)))
  }
  if (scope.how === 'all') await sealFiles(scope)
}

/** Found by where they stand, of which there is an index: how many others the account has does not matter. */
async function standing({ turn, messages }: SealScope): Promise<MessageId[]> {
  const { rows } = await sql<{ id: MessageId }>`select distinct s.id from (${messages}) as s(id) order by s.id`.execute(
    turn.tx,
  )
  return rows.map(({ id }) => id)
}

async function read({ turn, account, conversation, how }: SealScope, ids: readonly MessageId[]): Promise<Row[]> {
  const own = sealingOf(turn.tx).values.beginningOf(account, { conversation })
  const isForeign = sql`m.encryption = 'sealed' and m.conversation_id = ${conversation}
    and starts_with(m.body, ${sealedMark}) and not starts_with(m.body, ${own})`
  const { rows } = await sql<Row>`
    select m.message_id, m.conversation_id as conversation, coalesce(m.author_id, m.person_id) as by, m.body, m.full_text, m.form, m.author_name, m.said_over from message m
    where m.account_id = ${account} and m.message_id = any(${ids}::uuid[])
      and (${isForeign} ${how === 'all' ? sql`or m.encryption = 'none'` : sql``}) for update`.execute(turn.tx)
  return rows
}

async function write({ turn, account }: SealScope, rows: readonly Row[]): Promise<void> {
  const { values } = sealingOf(turn.tx)
  // What does not open stays as it is: its key may only be away.
  const readable = rows.filter(({ body }) => body !== erasedText)
  if (readable.length === 0) return
  const sealed = await Promise.all(
    readable.map(
      async ({ message_id: id, conversation, by, body, full_text: full, form, author_name: name, said_over: over }) => {
        const seal = (column: string, value: { text: string } | { json: unknown }) =>
          values.seal(account, { conversation, by }, { table: 'message', column, row: id }, value)
        return {
          id,
          body: await seal('body', { text: body }),
          full: full === null ? null : await seal('full_text', { text: full }),
          form: form && JSON.stringify(await sealForm(form, (json) => seal('form', { json }))),
          name: name === null ? null : await seal('author_name', { text: name }),
          over: over === null ? null : await seal('said_over', { text: over }),
        }
      },
    ),
  )
  await sql`
    update message m set body = s.body, full_text = s.full_text, form = s.form, author_name = s.author_name, said_over = s.said_over, encryption = 'sealed'
    from unnest(${sealed.map((s) => s.id)}::uuid[], ${sealed.map((s) => s.body)}::text[],
      ${sealed.map((s) => s.full)}::text[], ${sealed.map((s) => s.form)}::jsonb[], ${sealed.map((s) => s.name)}::text[], ${sealed.map((s) => s.over)}::text[])
      as s(id, body, full_text, form, author_name, said_over)
    where m.account_id = ${account} and m.message_id = s.id`.execute(turn.tx)
}

/** Files with their names, and originals, which were sealed under the installation's own key until then. */
async function sealFiles({ turn, account, messages }: SealScope): Promise<void> {
  const { tx } = turn
  const files = await sql<{ id: AttachmentId }>`
    select a.attachment_id as id from attachment a join blob b on b.account_id = a.account_id and b.blob_id = a.blob_id
    where a.account_id = ${account} and a.message_id in (${messages}) and not b.own_key`.execute(tx)
  await sealAttachments(
    tx,
    account,
    files.rows.map(({ id }) => id),
  )
  const originals = await sql<{ id: BlobId }>`
    select b.blob_id as id from message m join blob b on b.account_id = m.account_id and b.blob_id = m.raw_blob_id
    where m.account_id = ${account} and m.message_id in (${messages}) and not b.own_key`.execute(tx)
  for (const { id } of originals.rows) await sealBlob(tx, account, id)
}
