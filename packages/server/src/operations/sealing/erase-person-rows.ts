import type { AccountId, BlobId, ConversationId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import { erasedText, type SealedFor, sealedMark, type Writer } from '../../db/index.ts'
import { forgetKeysOf, keepKeys } from './erase-rows.ts'

/** Of messages `m`: what is theirs, also where another filed it; and not what they filed of another's. */
export const wordsOf = (person: PersonId) => sql`coalesce(m.author_id, m.person_id) = ${person}`

/** The tickets on which somebody asks, as `askerOn` has it: a query of their ids. */
export const ticketsAskedBy = (account: AccountId, person: PersonId) => sql`
  select t.ticket_id from ticket t join conversation c on c.account_id = t.account_id and c.conversation_id = t.conversation_id
  where t.account_id = ${account} and (exists (${initiatorsOn} and w.person_id = ${person})
    or (c.visitor_id = ${person} and not exists (${initiatorsOn})))`

const initiatorsOn = sql`select from interaction i join participant w on w.account_id = i.account_id and w.interaction_id = i.interaction_id
  where i.account_id = t.account_id and i.ticket_id = t.ticket_id and i.kind <> 'backchannel' and w.role = 'initiator'`

/** Every blob that is theirs: files of what they said or are about to, originals of it, and what of theirs is held. */
export async function blobsBy(tx: Writer, account: AccountId, person: PersonId): Promise<BlobId[]> {
  const { rows } = await sql<{ id: BlobId }>`
    select blob_id as id from attachment f where f.account_id = ${account} and ${filesOf(account, person)}
    union select raw_blob_id from message m where account_id = ${account} and ${wordsOf(person)} and raw_blob_id is not null
    union select raw_blob_id from held_item where account_id = ${account} and person_id = ${person} and raw_blob_id is not null
    union select (k->>'rawBlob')::uuid from offer o cross join lateral jsonb_array_elements(o.kept) k
      where o.account_id = ${account} and o.person_id = ${person} and k->>'rawBlob' is not null`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Of attachments `f`: with what is theirs, or brought by them and with nothing yet. */
const filesOf = (account: AccountId, person: PersonId) => sql`(
  exists (select from message m where m.account_id = ${account} and m.message_id = f.message_id and ${wordsOf(person)})
  or (f.message_id is null and f.person_id = ${person}))`

/**
 * Under whose keys what is theirs lies, besides their own: what was sealed for somebody who turned out to be them names who that was.
 */
export async function keysNamedBy(tx: Writer, account: AccountId, person: PersonId): Promise<SealedFor[]> {
  const { rows } = await sql<{ conversation: ConversationId | null; by: PersonId }>`
    select distinct split_part(m.body, '.', 3)::uuid as conversation, split_part(split_part(m.body, '.', 4), '~', 2)::uuid as by
    from message m where m.account_id = ${account} and ${wordsOf(person)} and m.body like ${`${sealedMark}1.c.%`}
      and split_part(m.body, '.', 4) like '%~%'
    union select distinct null::uuid, split_part(value, '.', 3)::uuid from address
    where account_id = ${account} and person_id = ${person} and value like ${`${sealedMark}1.p.%`}`.execute(tx)
  return rows.map(({ conversation, by }) => (conversation === null ? { person: by } : { conversation, by }))
}

export async function keepKeysBy(tx: Writer, account: AccountId, person: PersonId, now: Date): Promise<void> {
  const { rows } = await sql<{ key: Buffer }>`
    select key from message m where account_id = ${account} and ${wordsOf(person)}
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
  const tickets = sql`account_id = ${account} and ticket_id in (${ticketsAskedBy(account, person)})`
  const to = sql`(select delivery_id from delivery where ${theirs})`
  await forgetKeysOf(tx, account, person)
  const statements = [
    // Whoever holds the words learns by other numbers that there are none any more.
    sql`update interaction i set emptied = array(select distinct at from unnest(i.emptied || e.positions) as at order by at)
      from (select p.interaction_id, array_agg(p.position) as positions from message m
        join placement p on p.account_id = m.account_id and p.message_id = m.message_id
        where m.account_id = ${account} and ${wordsOf(person)} group by p.interaction_id) e
      where i.account_id = ${account} and i.interaction_id = e.interaction_id`,
    sql`delete from attachment f where f.account_id = ${account} and ${filesOf(account, person)}`,
    sql`update message m set body = ${erasedText}, full_text = null, cuts = null, author_name = null, said_over = null, raw_blob_id = null,
      form = case when kind = 'answer' then jsonb_build_object('kind', 'answer', 'of', form->'of', 'answers', '{}'::jsonb) end,
      kind = case when kind = 'ask' then 'said' else kind end, encryption = 'sealed',
      key = decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
      where m.account_id = ${account} and ${wordsOf(person)}`,
    sql`delete from held_item where ${theirs}`,
    sql`delete from blob_chunk where account_id = ${account} and blob_id = any(${blobs}::uuid[])`,
    sql`delete from blob where account_id = ${account} and blob_id = any(${blobs}::uuid[])`,
    // What they asked stands in the questions that others got.
    sql`update offer set excerpt = '', note = null, kept = '[]', why = jsonb_set(why, '{matched}', '[]') where ${tickets}`,
    // So does what they told the next, of tickets that they handed on.
    sql`update offer set excerpt = '', note = null where account_id = ${account} and ticket_id in
      (select ticket_id from event where ${theirs} and kind = 'moved' and ticket_id is not null)`,
    sql`update offer set kept = '[]' where ${theirs}`,
    sql`update offer set state = 'withdrawn', updated_at = ${now} where ${theirs} and state in ('open', 'waiting')`,
    // So do the names that others gave to what was theirs.
    sql`update conversation set name = null, tags = '{}', folder = null, metadata = '{}', region = null where ${asked}`,
    sql`update ticket set name = null, tags = '{}', folder = null, metadata = '{}', facts = '[]' where ${tickets}`,
    sql`update interaction set name = null, tags = '{}', folder = null, metadata = '{}' where ${tickets}`,
    sql`update concierge_run set state = jsonb_set(state, '{variables}', '{}') where ${tickets}`,
    sql`update place_invitation set note = '', named = ${nobody} where account_id = ${account} and invited_by = ${person}`,
    sql`delete from place_invitation where ${theirs}`,
    sql`delete from attempt where account_id = ${account} and delivery_id in ${to}`,
    sql`delete from provider_reference where account_id = ${account} and delivery_id in ${to}`,
    sql`delete from delivery where ${theirs}`,
    // Who asked to come in was named to those who decide.
    sql`update delivery d set notice = jsonb_set(d.notice, '{params,name}', '""') from person p
      where p.account_id = ${account} and p.person_id = ${person} and d.account_id = p.account_id and d.notice->'params'->>'name' = p.name`,
    sql`delete from lane where ${theirs}`,
    sql`update relay_address set state = 'retired', token = null, tag = null, peer_key = null where ${theirs}`,
    sql`delete from span where ${theirs}`,
    sql`update participant set alias = ${nobody}, medium = 'web', address_id = null, left_at = coalesce(left_at, ${now}) where ${theirs}`,
    ...[
      'address',
      'access_key',
      'code_sent',
      'kept_response',
      'criteria',
      'team_member',
      'outside_person',
      'api_key',
      'program',
    ].map((table) => sql`delete from ${sql.table(table)} where ${theirs}`),
    sql`update responder set state = 'removed', alias = ${nobody} where ${theirs}`,
    sql`update person set name = null, region = null, erased_at = coalesce(erased_at, ${now}) where ${theirs}`,
    sql`insert into criteria_log (account_id, person_id) values (${account}, ${person})`,
    // Names, tags and aliases that were changed stand in what can be undone. Where that is sealed, nothing says of whose place it is.
    sql`update operation set changes = null where account_id = ${account} and (changes::text like ${`%${person}%`} or ${theirs}
      or exists (select from participant w where w.account_id = ${account} and w.person_id = ${person}
        and (position(w.participant_id::text in changes::text) > 0
          or (jsonb_typeof(changes) = 'string' and w.conversation_id = any(conversation_ids))))
      or conversation_ids && array(select conversation_id from conversation where account_id = ${account} and visitor_id = ${person}))`,
    sql`update reading set wanted_at = coalesce(wanted_at, now()) where account_id = ${account} and model is not null`,
  ]
  for (const statement of statements) await statement.execute(tx)
}

/** How somebody is called who was erased. */
const nobody = '–'
