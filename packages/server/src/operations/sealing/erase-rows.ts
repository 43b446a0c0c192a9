import type { AccountId, BlobId, ConversationId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import { hashOf, keyForms, type Reader, sealingOf, type Writer } from '../../db/index.ts'

/** The conversation and all that were merged into it. */
export async function withMerged(
  tx: Reader,
  account: AccountId,
  conversation: ConversationId,
): Promise<ConversationId[]> {
  const { rows } = await sql<{ id: ConversationId }>`
    with recursive merged as (
      select conversation_id from conversation where account_id = ${account} and conversation_id = ${conversation}
      union select c.conversation_id from conversation c join merged m on c.merged_into = m.conversation_id
        where c.account_id = ${account}
    ) select conversation_id as id from merged`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Every blob of these: files of messages, of what is held and of answers that wait, and originals. */
export async function blobsOf(
  tx: Writer,
  account: AccountId,
  conversations: readonly ConversationId[],
): Promise<BlobId[]> {
  const { rows } = await sql<{ id: BlobId }>`
    select blob_id as id from attachment where account_id = ${account} and conversation_id = any(${conversations}::uuid[])
    union select a.blob_id from attachment a join held_item h on h.account_id = a.account_id and h.held_id = a.held_id
      where a.account_id = ${account} and h.conversation_id = any(${conversations}::uuid[])
    union select raw_blob_id from message where account_id = ${account} and conversation_id = any(${conversations}::uuid[])
      and raw_blob_id is not null
    union select raw_blob_id from held_item where account_id = ${account} and conversation_id = any(${conversations}::uuid[])
      and raw_blob_id is not null
    union select a.blob_id from offer o cross join lateral jsonb_path_query(o.kept, '$[*].attachments[*]') k
      join attachment a on a.account_id = o.account_id and a.attachment_id = (k #>> '{}')::uuid
      where o.account_id = ${account} and o.conversation_id = any(${conversations}::uuid[])
    union select (k->>'rawBlob')::uuid from offer o cross join lateral jsonb_array_elements(o.kept) k
      where o.account_id = ${account} and o.conversation_id = any(${conversations}::uuid[]) and k->>'rawBlob' is not null`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

/**
 * Takes what their visitor is reached at and comes back by, and what of theirs is said nowhere, where they have no other conversation: it was
 * theirs alone.
 */
export async function removeVisitor(tx: Writer, account: AccountId, visitor: PersonId, now: Date): Promise<boolean> {
  const theirs = sql`account_id = ${account} and person_id = ${visitor}`
  const { rows } = await sql`
    select 1 from person p where account_id = ${account} and person_id = ${visitor} and kind = 'visitor'
      and not exists (select from conversation c where c.account_id = ${account} and c.visitor_id = ${visitor})
      and not exists (select from participant w where w.account_id = ${account} and w.person_id = ${visitor})`.execute(
    tx,
  )
  if (rows.length === 0) return false
  await removeUnsaid(tx, account, visitor, now)
  await forgetKeysOf(tx, account, visitor)
  for (const table of ['address', 'access_key', 'delivery', 'lane', 'kept_response', 'outside_person', 'code_sent'])
    await sql`delete from ${sql.table(table)} where ${theirs}`.execute(tx)
  await sql`update person set name = null, region = null where ${theirs}`.execute(tx)
  return true
}

/** What was held of them before anybody knew for which conversation, and files that went with nothing. */
async function removeUnsaid(tx: Writer, account: AccountId, person: PersonId, now: Date): Promise<void> {
  const theirs = sql`account_id = ${account} and person_id = ${person}`
  const { rows: held } = await sql<{ key: Buffer }>`select key from held_item where ${theirs}`.execute(tx)
  await keepKeys(
    tx,
    account,
    held.map(({ key }) => key),
    now,
  )
  const { rows } = await sql<{ blob: BlobId }>`
    select blob_id as blob from attachment where ${theirs} and message_id is null
    union select raw_blob_id from held_item where ${theirs} and raw_blob_id is not null`.execute(tx)
  const blobs = rows.map(({ blob }) => blob)
  for (const blob of blobs) await sealingOf(tx).values.destroy(account, { blob })
  await sql`delete from attachment where ${theirs} and message_id is null`.execute(tx)
  await sql`delete from held_item where ${theirs}`.execute(tx)
  await removeBlobs(tx, account, blobs)
}

async function removeBlobs(tx: Writer, account: AccountId, blobs: readonly BlobId[]): Promise<void> {
  for (const table of ['attachment', 'blob_chunk', 'blob'])
    await sql`delete from ${sql.table(table)} where account_id = ${account} and blob_id = any(${blobs}::uuid[])`.execute(
      tx,
    )
}

/** What stands under the addresses of somebody, as they are or hashed. Opt-outs stay: who wanted no more must get none. */
export async function forgetKeysOf(tx: Writer, account: AccountId, person: PersonId): Promise<void> {
  const { rows } = await sql<{ medium: string; key: string }>`
    select medium, value_key as key from address where account_id = ${account} and person_id = ${person}`.execute(tx)
  for (const { medium, key } of rows) {
    const forms = keyForms(tx, key)
    await sql`delete from consent where account_id = ${account} and medium = ${medium} and value_key = any(${forms}::text[])`.execute(
      tx,
    )
    await sql`delete from which_asked where account_id = ${account} and sender_key = any(${forms}::text[])`.execute(tx)
  }
}

/** What is left of what came in: keyed hashes, by which the same thing is known when it comes again. */
export async function keepKeys(tx: Writer, account: AccountId, keys: readonly Buffer[], now: Date): Promise<void> {
  if (keys.length === 0) return
  const hashes = keys.map((key) => hashOf(tx, key))
  await sql`
    insert into erased_key (account_id, key_hash, erased_at)
    select ${account}, h, ${now} from unnest(${hashes}::text[]) as h on conflict do nothing`.execute(tx)
}

export async function keysOf(
  tx: Writer,
  account: AccountId,
  conversations: readonly ConversationId[],
): Promise<Buffer[]> {
  const { rows } = await sql<{ key: Buffer }>`
    select key from message where account_id = ${account} and conversation_id = any(${conversations}::uuid[])
    union select key from held_item where account_id = ${account} and conversation_id = any(${conversations}::uuid[])
    union select decode(k->>'key', 'base64') from offer o cross join lateral jsonb_array_elements(o.kept) k
      where o.account_id = ${account} and o.conversation_id = any(${conversations}::uuid[])`.execute(tx)
  return rows.map(({ key }) => key)
}

/**
 * Removes every row of these conversations. Relay addresses stay as hashes that are never used again; of what was done to them stay ids.
 * Whole in itself: what is gone already is not missed.
 */
export async function removeRows(
  tx: Writer,
  account: AccountId,
  conversations: readonly ConversationId[],
  blobs: readonly BlobId[],
): Promise<void> {
  const of = sql`account_id = ${account} and conversation_id = any(${conversations}::uuid[])`
  const deliveries = sql`(select delivery_id from delivery where ${of})`
  const things = sql`(select conversation_id from conversation where ${of} union select ticket_id from ticket where ${of}
    union select interaction_id from interaction where ${of})`
  const owners = sql`(select participant_id from participant where ${of} union select offer_id from offer where ${of}
    union select invitation_id from place_invitation where ${of})`
  const statements = [
    sql`delete from attempt where account_id = ${account} and delivery_id in ${deliveries}`,
    sql`delete from provider_reference where account_id = ${account} and delivery_id in ${deliveries}`,
    sql`delete from lane where account_id = ${account} and owner_id in ${owners}`,
    sql`delete from delivery where ${of}`,
    sql`update relay_address set state = 'retired', token = null, tag = null, peer_key = null where ${of}`,
    sql`delete from tie where account_id = ${account} and (a_id in ${things} or b_id in ${things})`,
    sql`delete from team_work where account_id = ${account} and interaction_id in (select interaction_id from interaction where ${of})`,
    sql`delete from concierge_step where account_id = ${account} and ticket_id in (select ticket_id from ticket where ${of})`,
    sql`delete from kept_response where account_id = ${account} and exists
      (select from unnest(${conversations}::text[]) as c(id) where strpos(body, c.id) > 0)`,
    // What was held for none of their conversations, and turned out to be for this one.
    sql`delete from held_item where account_id = ${account} and key in (select key from message where ${of})`,
    ...[
      'attachment',
      'held_item',
      'concierge_run',
      'topic_question',
      'access_key',
      'place_invitation',
      'offer',
      'event',
      'placement',
      'message',
      'span',
      'participant',
      'interaction',
      'ticket',
      'conversation',
    ].map((table) => sql`delete from ${sql.table(table)} where ${of}`),
    // What was done stays known by ids: names and categories that were changed do not.
    sql`update operation set changes = null where account_id = ${account} and conversation_ids && ${conversations}::uuid[]`,
    // What was learned from their words is learned anew without them.
    sql`update reading set wanted_at = coalesce(wanted_at, now()) where account_id = ${account} and model is not null`,
  ]
  for (const statement of statements) await statement.execute(tx)
  await removeBlobs(tx, account, blobs)
}
