import { type Kysely, sql } from 'kysely'

/** The structure whole: lists of their own, an end, folders, faces, what was merged and withdrawn; the operations that were done on it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of ['operation', 'category', 'tie']) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db)
    await sql
      .raw(
        `create policy own_account on ${table} using (account_id = (select nullif(current_setting('parley.account', true), '')::uuid))`,
      )
      .execute(db)
    await sql.raw(`grant select, insert, update, delete on ${table} to parley_app`).execute(db)
  }
}

/** What conversations, tickets and interactions have alike. takes_from, takes_until: outside of these they take nothing. */
const alike = `
  add column categories uuid[],
  add column answers jsonb,
  add column teams uuid[] not null default '{}',
  add column takes_from timestamptz,
  add column takes_until timestamptz,
  add column merged_into uuid`

const statements = [
  // own: with nobody else in it to begin with. category: an id of the account's list.
  `alter table conversation ${alike},
    add column kind text not null default 'outside' check (kind in ('outside', 'own')),
    add column primary_participant_id uuid`,
  `alter table ticket ${alike},
    add column folder text,
    add column parent_id uuid,
    add column primary_participant_id uuid`,
  // withdrawn: positions that nobody may read any more.
  `alter table interaction ${alike},
    add column folder text,
    add column purpose text not null default 'talk' check (purpose in ('talk', 'whisper')),
    add column withdrawn int[] not null default '{}'`,
  // face: who answers from behind the same one is one to those outside it.
  `alter table participant
    add column manages boolean not null default false,
    add column invited_by uuid,
    add column face text,
    add column merged_into uuid`,
  // Placed besides, by somebody who may be another than its author.
  'alter table placement add column placed_by uuid',
  // author_name: who said it elsewhere, when it was none of ours. encryption: the message's own.
  `alter table message
    add column author_name text,
    add column encryption text not null default 'none' check (encryption in ('none', 'sealed'))`,
  'create index conversation_merged on conversation (account_id, merged_into) where merged_into is not null',

  // The categories of an account, in its order.
  `create table category (
    account_id uuid not null,
    category_id uuid not null,
    names jsonb not null,
    colour int not null default 0,
    position int not null,
    retired_at timestamptz,
    primary key (account_id, category_id)
  )`,

  // What was done to the structure: once for each id. changes: what undoing turns round; null where it cannot be undone.
  `create table operation (
    account_id uuid not null,
    operation_id uuid not null,
    name text not null,
    person_id uuid not null,
    conversation_ids uuid[] not null,
    changes jsonb,
    result jsonb not null,
    sequence bigint generated always as identity,
    at timestamptz not null,
    undoes uuid,
    undone_by uuid,
    primary key (account_id, operation_id)
  )`,
  'create index operation_conversations on operation using gin (conversation_ids)',

  // Two things of the structure that point at each other. of: conversation, ticket or interaction; the smaller id first.
  `create table tie (
    account_id uuid not null,
    a_of text not null,
    a_id uuid not null,
    b_of text not null,
    b_id uuid not null,
    tied_by uuid not null,
    at timestamptz not null,
    primary key (account_id, a_id, b_id)
  )`,
  'create index tie_b on tie (account_id, b_id)',
]
