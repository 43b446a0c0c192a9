import { type Kysely, sql } from 'kysely'

/**
 * What first words are read by: examples and keywords of topics, products, number patterns, and what was learned from them. Examples from the
 * account's own tickets are not copied: they are read from the messages when something is learned, so that what is erased is not learned from
 * again. `wanted_at` says since when something new is there to learn, `busy_until` that a process is learning.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of [
    'reading',
    'reading_example',
    'reading_keyword',
    'product',
    'number_pattern',
    'topic_question',
  ]) {
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
  // version: of the model; lists: raised whenever products or patterns change. Every process compares both before it reads. person_id: the
  // virtual responder that asks which of two topics is meant.
  `create table reading (
    account_id uuid not null,
    person_id uuid,
    version int not null default 0,
    lists int not null default 0,
    model bytea,
    report jsonb,
    refusal text,
    trained_at timestamptz,
    wanted_at timestamptz,
    busy_until timestamptz,
    primary key (account_id)
  )`,
  'create index reading_wanted on reading (wanted_at) where wanted_at is not null',

  // topic_id: null for a text that is about none of the topics.
  `create table reading_example (
    account_id uuid not null,
    example_id uuid not null,
    topic_id uuid,
    text text not null,
    given_by uuid,
    created_at timestamptz not null,
    primary key (account_id, example_id)
  )`,
  'create index reading_example_topic on reading_example (account_id, topic_id)',

  `create table reading_keyword (
    account_id uuid not null,
    topic_id uuid not null,
    keyword text not null,
    primary key (account_id, topic_id, keyword)
  )`,

  // names: every name that people use for it, in any language.
  `create table product (
    account_id uuid not null,
    product_id uuid not null,
    name text not null,
    names text[] not null default '{}',
    primary key (account_id, product_id)
  )`,
  'create unique index product_name on product (account_id, lower(name))',

  // What a pattern finds becomes known as field:NAME.
  `create table number_pattern (
    account_id uuid not null,
    name text collate "C" not null,
    pattern text not null,
    primary key (account_id, name)
  )`,

  // "Is it about A or B?": asked once on a ticket.
  `create table topic_question (
    account_id uuid not null,
    ticket_id uuid not null,
    conversation_id uuid not null,
    message_id uuid not null,
    topics uuid[] not null,
    asked_at timestamptz not null,
    answered_at timestamptz,
    chosen uuid,
    primary key (account_id, ticket_id)
  )`,
]
