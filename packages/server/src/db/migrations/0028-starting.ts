import { type Kysely, sql } from 'kysely'

/**
 * Anyone starts: what a site's public address says of who writes there, by which address of ours a conversation began, what waits for its writer
 * to say which of their conversations it belongs to, and who wants nothing more sent to an address of theirs.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of ['own_keyword', 'opt_out', 'consent', 'which_asked']) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db)
    await sql
      .raw(
        `create policy own_account on ${table} using (account_id = (select nullif(current_setting('parley.account', true), '')::uuid))`,
      )
      .execute(db)
    await sql.raw(`grant select, insert, update, delete on ${table} to parley_app`).execute(db)
  }
}

const statements = [
  // Of who writes there, where nothing tells theirs.
  'alter table own_address add column language text',

  `create table own_keyword (
    account_id uuid not null,
    own_address_id uuid not null,
    keyword text not null,
    topic_id uuid not null,
    primary key (account_id, own_address_id, keyword)
  )`,

  // Its visitor is answered from there, where addresses of ours are shared.
  'alter table conversation add column own_address_id uuid',

  // What several places could be meant by has none yet: it waits for its sender at the address of ours that it came to.
  'alter table held_item alter column relay_id drop not null',
  'alter table held_item add column own_address_id uuid',
  'alter table held_item add column sender_key text collate "C"',
  `create index held_ambiguous on held_item (account_id, own_address_id, sender_key, created_at)
    where state = 'waiting' and own_address_id is not null`,

  // asked_at: null once it was answered. times: since \`since\`.
  `create table which_asked (
    account_id uuid not null,
    own_address_id uuid not null,
    sender_key text collate "C" not null,
    asked_at timestamptz,
    times int not null,
    since timestamptz not null,
    primary key (account_id, own_address_id, sender_key)
  )`,

  // paused: a responder takes no questions because of it, and takes them again when it ends.
  `create table opt_out (
    account_id uuid not null,
    medium text not null,
    value_key text collate "C" not null,
    since timestamptz not null,
    paused uuid[] not null default '{}',
    primary key (account_id, medium, value_key)
  )`,

  // Every such word that came, for whoever has to show when consent was given and taken back.
  `create table consent (
    account_id uuid not null,
    consent_id uuid not null,
    medium text not null,
    value_key text collate "C" not null,
    kind text not null check (kind in ('stop', 'start', 'help')),
    words text not null,
    key bytea not null,
    at timestamptz not null,
    primary key (account_id, consent_id),
    unique (account_id, key)
  )`,
  'create index consent_address on consent (account_id, medium, value_key, at)',
]
