import type { AttachmentId, ConversationId, MessageId, TicketId } from '@parley/model'
import type { RunState } from '@parley/rules'
import { sql } from 'kysely'
import { sealAttachments, sealBlob } from '../../attachments/index.ts'
import { sealFacts, sealMetadata } from '../../conversations/index.ts'
import { hashedMark, sealingOf } from '../../db/index.ts'
import { keptColumn } from '../../hunting/index.ts'
import { sealedAddress } from '../../people/index.ts'
import { type MessageForm, sealForm, type Turn } from '../../road/index.ts'
import { blobsOf } from './erase-rows.ts'

/** Messages that are sealed with one statement. */
const atOnce = 500

/** Writes everything that was said in a conversation anew, sealed: under its lock, in the transaction in which it becomes so. */
export async function sealRows(turn: Turn): Promise<void> {
  while ((await sealMessages(turn)) === atOnce);
  await sealFiles(turn)
  await sealAsked(turn)
  await sealFields(turn)
  await sealOnTheWay(turn)
  await sealAddresses(turn)
}

function sealer({ tx, structure }: Turn, table: string) {
  const { account, values } = sealingOf(tx)
  return (column: string, row: string, value: { text: string } | { json: unknown }) =>
    values.seal(account, { conversation: structure.conversation }, { table, column, row }, value)
}

/** What the visitor is reached at, and by which they are found: under their own key. */
async function sealAddresses({ tx, structure }: Turn): Promise<void> {
  const { account, visitor } = structure
  const open = await tx
    .selectFrom('address')
    .select(['address_id', 'value', 'value_key'])
    .where('account_id', '=', account)
    .where('person_id', '=', visitor)
    .where('value_key', 'not like', `${hashedMark}%`)
    .execute()
  for (const { address_id, value, value_key: key } of open) {
    const sealed = await sealedAddress(tx, { person: visitor, address: address_id, value, key })
    await tx
      .updateTable('address')
      .set(sealed)
      .where('account_id', '=', account)
      .where('address_id', '=', address_id)
      .execute()
    await sql`update relay_address set peer_key = ${sealed.value_key}
      where account_id = ${account} and person_id = ${visitor} and peer_key = ${key}`.execute(tx)
    await sql`update opt_out set value_key = ${sealed.value_key} where account_id = ${account} and value_key = ${key}
      and not exists (select from address a where a.account_id = ${account} and a.value_key = ${key})`.execute(tx)
  }
}

async function sealMessages(turn: Turn): Promise<number> {
  const { account, conversation } = turn.structure
  const seal = sealer(turn, 'message')
  const open = await turn.tx
    .selectFrom('message')
    .select(['message_id', 'body', 'full_text', 'form', 'author_name'])
    .where('account_id', '=', account)
    .where('conversation_id', '=', conversation)
    .where('encryption', '=', 'none')
    .limit(atOnce)
    .execute()
  const sealed = await Promise.all(
    open.map(async ({ message_id: id, body, full_text: full, form, author_name: name }) => ({
      id,
      body: await seal('body', id, { text: body }),
      full: full === null ? null : await seal('full_text', id, { text: full }),
      form: form && JSON.stringify(await sealForm(form as MessageForm, (json) => seal('form', id, { json }))),
      name: name === null ? null : await seal('author_name', id, { text: name }),
    })),
  )
  await sql`
    update message m set body = s.body, full_text = s.full_text, form = s.form, author_name = s.author_name, encryption = 'sealed'
    from unnest(${sealed.map((s) => s.id satisfies MessageId)}::uuid[], ${sealed.map((s) => s.body)}::text[],
      ${sealed.map((s) => s.full)}::text[], ${sealed.map((s) => s.form)}::jsonb[], ${sealed.map((s) => s.name)}::text[])
      as s(id, body, full_text, form, author_name)
    where m.account_id = ${account} and m.message_id = s.id`.execute(turn.tx)
  return open.length
}

/** Files with their names, and originals, which were sealed under the installation's own key until then. */
async function sealFiles({ tx, structure }: Turn): Promise<void> {
  const { account, conversation } = structure
  const { rows } = await sql<{ id: AttachmentId }>`
    select attachment_id as id from attachment where account_id = ${account} and (conversation_id = ${conversation}
      or held_id in (select held_id from held_item where account_id = ${account} and conversation_id = ${conversation}))`.execute(
    tx,
  )
  await sealAttachments(
    tx,
    account,
    rows.map(({ id }) => id),
  )
  for (const blob of await blobsOf(tx, account, [conversation])) await sealBlob(tx, account, blob)
}

async function sealAsked(turn: Turn): Promise<void> {
  const { tx, structure } = turn
  const { account, conversation } = structure
  const seal = sealer(turn, 'offer')
  const offers = await tx
    .selectFrom('offer')
    .select(['offer_id', 'ticket_id', 'excerpt', 'kept'])
    .where('account_id', '=', account)
    .where('conversation_id', '=', conversation)
    .where('encryption', '=', 'none')
    .execute()
  for (const { offer_id: id, ticket_id, excerpt, kept } of offers) {
    const text = excerpt === '' ? '' : await seal('excerpt', id, { text: excerpt })
    await tx
      .updateTable('offer')
      .set({ excerpt: text, kept: await keptColumn(turn, id, ticket_id, kept), encryption: 'sealed' })
      .where('account_id', '=', account)
      .where('offer_id', '=', id)
      .execute()
  }
}

/** Names, tags, folders and what else stands beside it and its tickets and interactions. */
async function sealFields(turn: Turn): Promise<void> {
  const { tx, structure } = turn
  const { account, conversation } = structure
  for (const table of ['conversation', 'ticket', 'interaction'] as const) {
    const seal = sealer(turn, table)
    const { rows } = await sql<{
      id: string
      name: string | null
      tags: string[]
      folder: string | null
      metadata: object
    }>`
      select ${sql.ref(`${table}_id`)} as id, name, tags, folder, metadata from ${sql.table(table)}
      where account_id = ${account} and conversation_id = ${conversation}`.execute(tx)
    for (const { id, name, tags, folder, metadata } of rows) {
      const inside = table === 'conversation' ? await sealMetadata(tx, conversation, { ...metadata }) : metadata
      await sql`update ${sql.table(table)} set
          name = ${name === null ? null : await seal('name', id, { text: name })},
          tags = ${await Promise.all(tags.map((text) => seal('tags', id, { text })))}::text[],
          folder = ${folder === null ? null : await seal('folder', id, { text: folder })},
          metadata = ${JSON.stringify(table === 'conversation' ? inside : await sealValues(metadata, (json) => seal('metadata', id, { json })))}
        where account_id = ${account} and ${sql.ref(`${table}_id`)} = ${id}`.execute(tx)
    }
  }
  const tickets = await tx
    .selectFrom('ticket')
    .select(['account_id', 'ticket_id', 'facts'])
    .where('account_id', '=', account)
    .where('conversation_id', '=', conversation)
    .execute()
  for (const { ticket_id, facts } of tickets) {
    await tx
      .updateTable('ticket')
      .set({ facts: JSON.stringify(await sealFacts(tx, conversation, facts)) })
      .where('account_id', '=', account)
      .where('ticket_id', '=', ticket_id)
      .execute()
  }
}

async function sealValues(metadata: object, seal: (json: unknown) => Promise<string>): Promise<object> {
  const entries = Object.entries(metadata).map(async ([key, json]) => [key, await seal(json)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

/** What waits for a decision, notes of invitations, and transcripts: what was sent was sent, and what stands of it goes. */
async function sealOnTheWay(turn: Turn): Promise<void> {
  const { tx, structure } = turn
  const { account, conversation } = structure
  const held = sealer(turn, 'held_item')
  const items = await tx
    .selectFrom('held_item')
    .select(['held_id', 'said', 'claims', 'state'])
    .where('account_id', '=', account)
    .where('conversation_id', '=', conversation)
    .execute()
  for (const { held_id: id, said, claims } of items) {
    await tx
      .updateTable('held_item')
      .set({
        said: JSON.stringify(await held('said', id, { json: said })),
        claims: await held('claims', id, { text: claims }),
      })
      .where('account_id', '=', account)
      .where('held_id', '=', id)
      .execute()
  }
  const note = sealer(turn, 'place_invitation')
  const invitations = await tx
    .selectFrom('place_invitation')
    .select(['invitation_id', 'note'])
    .where('account_id', '=', account)
    .where('conversation_id', '=', conversation)
    .where('encryption', '=', 'none')
    .execute()
  for (const { invitation_id: id, note: text } of invitations) {
    await tx
      .updateTable('place_invitation')
      .set({ note: text === '' ? '' : await note('note', id, { text }), encryption: 'sealed' })
      .where('account_id', '=', account)
      .where('invitation_id', '=', id)
      .execute()
  }
  const { rows: runs } = await sql<{ ticket_id: TicketId; state: RunState }>`
    select ticket_id, state from concierge_run where account_id = ${account} and conversation_id = ${conversation}`.execute(
    tx,
  )
  for (const { ticket_id, state } of runs) {
    const json = await sealer(turn, 'concierge_run')('state', ticket_id, { json: state.variables })
    await sql`update concierge_run set state = ${JSON.stringify({ ...state, variables: json })}
      where account_id = ${account} and ticket_id = ${ticket_id}`.execute(tx)
  }
  const { rows: done } = await sql<{ id: string; changes: unknown }>`
    select operation_id as id, changes from operation where account_id = ${account} and changes is not null
      and conversation_ids @> array[${conversation}]::uuid[]`.execute(tx)
  for (const { id, changes } of done) {
    const json = await sealer(turn, 'operation')('changes', id, { json: changes })
    await sql`update operation set changes = ${JSON.stringify(json)} where account_id = ${account} and operation_id = ${id}`.execute(
      tx,
    )
  }
  await sql`update delivery set notice = jsonb_set(notice, '{params,entries}', '"[]"')
    where account_id = ${account} and conversation_id = ${conversation as ConversationId} and notice->'params' ? 'entries'`.execute(
    tx,
  )
}
