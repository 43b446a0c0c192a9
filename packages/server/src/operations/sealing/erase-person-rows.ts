import type { AccountId, BlobId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import { erasedText, type Writer } from '../../db/index.ts'
import { keepKeys } from './erase-rows.ts'

/** Every blob that somebody brought: files, originals of what they wrote, and what of theirs is held. */
export async function blobsBy(tx: Writer, account: AccountId, person: PersonId): Promise<BlobId[]> {
  const { rows } = await sql<{ id: BlobId }>`
    select blob_id as id from attachment where account_id = ${account} and person_id = ${person}
    union select raw_blob_id from message where account_id = ${account} and person_id = ${person} and raw_blob_id is not null
    union select raw_blob_id from held_item where account_id = ${account} and person_id = ${person} and raw_blob_id is not null
    union select (k->>'rawBlob')::uuid from offer o cross join lateral jsonb_array_elements(o.kept) k
      where o.account_id = ${account} and o.person_id = ${person} and k->>'rawBlob' is not null`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function keepKeysBy(tx: Writer, account: AccountId, person: PersonId, now: Date): Promise<void> {
  const { rows } = await sql<{ key: Buffer }>`
    select key from message where account_id = ${account} and person_id = ${person}
    union select key from held_item where account_id = ${account} and person_id = ${person}
    union select decode(k->>'key', 'base64') from offer o cross join lateral jsonb_array_elements(o.kept) k
      where o.account_id = ${account} and o.person_id = ${person}`.execute(tx)
  await keepKeys(
    tx,
    account,
    rows.map(({ key }) => key),
    now,
  )
}

/**
 * Takes somebody's words, names and addresses out of everything. Where they spoke stays an empty place, so that nobody's numbers move; what
 * others said stays. Whole in itself: what is gone already is not missed.
 */
export async function removePerson(
  tx: Writer,
  account: AccountId,
  person: PersonId,
  blobs: readonly BlobId[],
  now: Date,
): Promise<void> {
  const theirs = sql`account_id = ${account} and person_id = ${person}`
  const asked = sql`account_id = ${account} and conversation_id in
    (select conversation_id from conversation where account_id = ${account} and visitor_id = ${person})`
  const to = sql`(select delivery_id from delivery where ${theirs})`
  const statements = [
    sql`update message set body = ${erasedText}, full_text = null, cuts = null, author_name = null, raw_blob_id = null,
      form = case when kind = 'answer' then jsonb_build_object('kind', 'answer', 'of', form->'of', 'answers', '{}'::jsonb) end,
      kind = case when kind = 'ask' then 'said' else kind end, encryption = 'sealed',
      key = decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex') where ${theirs}`,
    sql`delete from attachment where ${theirs}`,
    sql`delete from held_item where ${theirs}`,
    sql`delete from blob_chunk where account_id = ${account} and blob_id = any(${blobs}::uuid[])`,
    sql`delete from blob where account_id = ${account} and blob_id = any(${blobs}::uuid[])`,
    // What they asked stands in the questions that others got.
    sql`update offer set excerpt = '', kept = '[]' where ${asked}`,
    sql`update offer set kept = '[]' where ${theirs}`,
    sql`update offer set state = 'withdrawn', updated_at = ${now} where ${theirs} and state in ('open', 'waiting')`,
    sql`update conversation set name = null, metadata = '{}', region = null where ${asked}`,
    sql`update ticket set facts = '[]' where ${asked}`,
    sql`update concierge_run set state = jsonb_set(state, '{variables}', '{}') where ${asked}`,
    sql`update place_invitation set note = '' where account_id = ${account} and invited_by = ${person}`,
    sql`delete from place_invitation where ${theirs}`,
    sql`delete from attempt where account_id = ${account} and delivery_id in ${to}`,
    sql`delete from provider_reference where account_id = ${account} and delivery_id in ${to}`,
    sql`delete from delivery where ${theirs}`,
    sql`delete from lane where ${theirs}`,
    sql`update relay_address set state = 'retired', token = null, tag = null, peer_key = null where ${theirs}`,
    sql`delete from span where ${theirs}`,
    sql`update participant set alias = ${nobody}, medium = 'web', address_id = null, left_at = coalesce(left_at, ${now}) where ${theirs}`,
    sql`delete from consent c using address a where c.account_id = ${account} and a.account_id = c.account_id and a.person_id = ${person}
      and a.medium = c.medium and a.value_key = c.value_key`,
    ...['address', 'access_key', 'code_sent', 'kept_response', 'criteria', 'team_member', 'outside_person'].map(
      (table) => sql`delete from ${sql.table(table)} where ${theirs}`,
    ),
    sql`update responder set state = 'removed', alias = ${nobody} where ${theirs}`,
    sql`update person set name = null, region = null where ${theirs}`,
    sql`insert into criteria_log (account_id, person_id) values (${account}, ${person})`,
    sql`update operation set changes = null where account_id = ${account} and changes::text like ${`%${person}%`}`,
    sql`update reading set wanted_at = coalesce(wanted_at, now()) where account_id = ${account} and model is not null`,
  ]
  for (const statement of statements) await statement.execute(tx)
}

/** How somebody is called who was erased. */
const nobody = '–'
