import { type Kysely, sql } from 'kysely'

/**
 * The structure (design: words; settled 1–7). Every table begins with account_id, so that it can be distributed by account, and is walled
 * off by account a second time by row-level security for the role `parley_app`, under which everything but the outbox's workers runs.
 * Ids are compared bytewise as uuid; text keys are COLLATE "C".
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of tables) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db)
    await sql
      .raw(
        `create policy own_account on ${table} using (account_id = (select nullif(current_setting('parley.account', true), '')::uuid))`,
      )
      .execute(db)
  }
  await sql.raw('grant usage on schema parley to parley_app').execute(db)
  await sql.raw('grant select, insert, update, delete on all tables in schema parley to parley_app').execute(db)
  await sql.raw('grant usage on all sequences in schema parley to parley_app').execute(db)
}

const tables = [
  'account',
  'site',
  'topic',
  'person',
  'access_key',
  'responder',
  'address',
  'criteria',
  'conversation',
  'ticket',
  'interaction',
  'participant',
  'span',
  'message',
  'placement',
  'offer',
  'relay_address',
  'lane',
  'delivery',
  'attempt',
  'held_item',
  'blob',
  'blob_chunk',
  'attachment',
  'event',
]

const statements = [
  `create table account (
    account_id uuid primary key,
    name text not null,
    created_at timestamptz not null
  )`,

  `create table site (
    account_id uuid not null,
    site_id uuid not null,
    site_key text collate "C" not null unique,
    name text not null,
    domains text[] not null default '{}',
    policy jsonb not null,
    created_at timestamptz not null,
    primary key (account_id, site_id)
  )`,

  `create table topic (
    account_id uuid not null,
    topic_id uuid not null,
    site_id uuid not null,
    names jsonb not null,
    position int not null,
    primary key (account_id, topic_id)
  )`,

  // A visitor, a responder, or a program that takes part by the same rules. The name is for their own account's eyes only.
  `create table person (
    account_id uuid not null,
    person_id uuid not null,
    kind text not null check (kind in ('visitor', 'responder', 'virtual')),
    site_id uuid,
    name text,
    language text not null,
    region text,
    created_at timestamptz not null,
    primary key (account_id, person_id)
  )`,

  // Something that proves to be a person, or to be allowed one thing: stored hashed, used by whoever holds it.
  `create table access_key (
    account_id uuid not null,
    key_hash bytea not null,
    purpose text not null check (purpose in ('browser', 'hand-over', 'recovery', 're-read', 'confirm-address')),
    person_id uuid not null,
    conversation_id uuid,
    address_id uuid,
    bound jsonb not null default '{}',
    tries int not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (account_id, key_hash)
  )`,
  'create index access_key_hash on access_key (key_hash)',
  'create index access_key_person on access_key (account_id, person_id, purpose)',

  `create table responder (
    account_id uuid not null,
    person_id uuid not null,
    alias text not null,
    state text not null check (state in ('active', 'paused', 'left')),
    capacity int check (capacity > 0),
    primary key (account_id, person_id)
  )`,

  `create table address (
    account_id uuid not null,
    address_id uuid not null,
    person_id uuid not null,
    medium text not null,
    value text not null,
    value_key text collate "C" not null,
    position int not null,
    offers boolean not null default true,
    state text not null check (state in ('unproven', 'proven', 'failing')),
    proven_at timestamptz,
    failing_reason text,
    created_at timestamptz not null,
    primary key (account_id, address_id),
    unique (account_id, person_id, medium, value_key)
  )`,
  'create index address_value on address (account_id, medium, value_key)',

  `create table criteria (
    account_id uuid not null,
    person_id uuid not null,
    wants jsonb not null,
    updated_at timestamptz not null,
    primary key (account_id, person_id)
  )`,

  // ordinal: the last place in the conversation's order. structure: rises with every change of who is where, so that caches know.
  `create table conversation (
    account_id uuid not null,
    conversation_id uuid not null,
    site_id uuid not null,
    visitor_id uuid not null,
    state text not null check (state in ('open', 'closed')),
    name text,
    category text,
    tags text[] not null default '{}',
    metadata jsonb not null default '{}',
    folder text,
    encryption text not null default 'none' check (encryption in ('none', 'sealed')),
    language text not null,
    region text,
    ordinal bigint not null default 0,
    last_at timestamptz not null,
    structure int not null default 1,
    created_at timestamptz not null,
    ends_at timestamptz,
    primary key (account_id, conversation_id)
  )`,
  'create index conversation_visitor on conversation (account_id, visitor_id, site_id)',

  `create table ticket (
    account_id uuid not null,
    ticket_id uuid not null,
    conversation_id uuid not null,
    intake_id uuid not null,
    topic_id uuid,
    state text not null check (state in ('open', 'pending', 'closed')),
    hunt text not null default 'not-begun' check (hunt in ('not-begun', 'looking', 'found', 'nobody')),
    name text,
    category text,
    tags text[] not null default '{}',
    metadata jsonb not null default '{}',
    encryption text not null default 'none' check (encryption in ('none', 'sealed')),
    admission jsonb not null,
    admitted int not null default 0,
    created_at timestamptz not null,
    ends_at timestamptz,
    primary key (account_id, ticket_id)
  )`,
  'create index ticket_conversation on ticket (account_id, conversation_id)',

  `create table interaction (
    account_id uuid not null,
    interaction_id uuid not null,
    conversation_id uuid not null,
    ticket_id uuid not null,
    parent_id uuid,
    kind text not null check (kind in ('intake', 'exchange', 'backchannel')),
    state text not null check (state in ('open', 'closed')),
    name text,
    category text,
    tags text[] not null default '{}',
    metadata jsonb not null default '{}',
    encryption text not null default 'none' check (encryption in ('none', 'sealed')),
    primary_participant_id uuid,
    created_at timestamptz not null,
    ends_at timestamptz,
    primary key (account_id, interaction_id)
  )`,
  'create index interaction_conversation on interaction (account_id, conversation_id)',

  // delivered, read: how far the person's windows have come, as positions. medium and address_id: the active one.
  `create table participant (
    account_id uuid not null,
    participant_id uuid not null,
    conversation_id uuid not null,
    interaction_id uuid not null,
    person_id uuid not null,
    role text not null check (role in ('initiator', 'responder', 'observer', 'virtual')),
    alias text not null,
    colour int not null,
    medium text not null,
    address_id uuid,
    delivered int not null default 0,
    read int not null default 0,
    joined_at timestamptz not null,
    left_at timestamptz,
    primary key (account_id, participant_id),
    unique (account_id, interaction_id, person_id)
  )`,
  'create index participant_person on participant (account_id, person_id)',
  'create index participant_conversation on participant (account_id, conversation_id)',

  `create table span (
    account_id uuid not null,
    span_id uuid not null,
    conversation_id uuid not null,
    interaction_id uuid not null,
    person_id uuid not null,
    from_position int not null,
    to_position int,
    basis text not null check (basis in ('member', 'grant', 'observer', 'rule')),
    given_by uuid,
    created_at timestamptz not null,
    primary key (account_id, span_id)
  )`,
  'create index span_conversation on span (account_id, conversation_id)',
  'create index span_person on span (account_id, person_id, interaction_id)',

  // One thing said, stored once. key: what makes it the same thing when it arrives twice. full_text: only where it differs from body.
  `create table message (
    account_id uuid not null,
    message_id uuid not null,
    conversation_id uuid not null,
    person_id uuid not null,
    participant_id uuid,
    kind text not null,
    medium text not null,
    body text not null,
    full_text text,
    cuts jsonb,
    masked boolean not null default false,
    unproven boolean not null default false,
    form jsonb,
    raw_blob_id uuid,
    key bytea not null,
    at timestamptz not null,
    written_at timestamptz,
    primary key (account_id, message_id),
    unique (account_id, key)
  )`,

  `create table placement (
    account_id uuid not null,
    interaction_id uuid not null,
    position int not null,
    conversation_id uuid not null,
    ordinal bigint not null,
    message_id uuid not null,
    primary key (account_id, interaction_id, position)
  )`,
  'create index placement_message on placement (account_id, message_id)',

  `create table offer (
    account_id uuid not null,
    offer_id uuid not null,
    conversation_id uuid not null,
    ticket_id uuid not null,
    person_id uuid not null,
    state text not null check (state in ('open', 'declined', 'withdrawn', 'expired', 'admitted', 'late')),
    why jsonb not null,
    excerpt text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (account_id, offer_id),
    unique (account_id, ticket_id, person_id)
  )`,
  'create index offer_person on offer (account_id, person_id, state)',

  // A retired token lives on as its hash only: it answers 550 and is never used again.
  `create table relay_address (
    account_id uuid not null,
    relay_id uuid not null,
    token text collate "C",
    token_hash bytea not null unique,
    medium text not null,
    person_id uuid not null,
    conversation_id uuid not null,
    ticket_id uuid not null,
    participant_id uuid,
    offer_id uuid,
    reach text not null check (reach in ('one', 'all')),
    state text not null check (state in ('active', 'retired')),
    created_at timestamptz not null,
    primary key (account_id, relay_id)
  )`,
  'create index relay_participant on relay_address (account_id, participant_id)',
  'create index relay_offer on relay_address (account_id, offer_id)',

  // Deliveries to one participant (or candidate, or person) and address, in order. due_at null: nothing to do.
  `create table lane (
    account_id uuid not null,
    lane_id uuid not null,
    owner_id uuid not null,
    person_id uuid not null,
    address_id uuid not null,
    medium text not null,
    due_at timestamptz,
    leased_by bigint,
    primary key (account_id, lane_id),
    unique (account_id, owner_id, address_id)
  )`,
  'create index lane_due on lane (due_at) where due_at is not null',

  `create table delivery (
    account_id uuid not null,
    delivery_id uuid not null,
    sequence bigint generated always as identity,
    lane_id uuid not null,
    person_id uuid not null,
    address_id uuid not null,
    medium text not null,
    conversation_id uuid,
    interaction_id uuid,
    participant_id uuid,
    kind text not null check (kind in ('message', 'offer', 'notice')),
    message_id uuid,
    offer_id uuid,
    notice jsonb,
    relay_id uuid,
    reference text collate "C" not null unique,
    state text not null check (state in ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown', 'replaced')),
    reason text,
    attempts int not null default 0,
    maybe_twice boolean not null default false,
    replaces uuid,
    created_at timestamptz not null,
    due_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (account_id, delivery_id)
  )`,
  `create index delivery_lane on delivery (account_id, lane_id, sequence) where state in ('queued', 'sending')`,
  'create index delivery_message on delivery (account_id, message_id) where message_id is not null',
  'create index delivery_conversation on delivery (account_id, conversation_id)',

  // Committed before the peer is spoken to: only an attempt without an end is unknown after a crash.
  `create table attempt (
    account_id uuid not null,
    attempt_id uuid not null,
    delivery_id uuid not null,
    number int not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    outcome text check (outcome in ('sent', 'retry', 'rejected', 'unknown')),
    reason text,
    provider_id text,
    primary key (account_id, attempt_id)
  )`,
  'create index attempt_delivery on attempt (account_id, delivery_id)',

  `create table held_item (
    account_id uuid not null,
    held_id uuid not null,
    person_id uuid not null,
    conversation_id uuid,
    relay_id uuid not null,
    channel text not null,
    why text not null,
    claims text not null,
    said jsonb not null,
    raw_blob_id uuid,
    key bytea not null,
    state text not null check (state in ('waiting', 'released', 'discarded', 'expired')),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    decided_at timestamptz,
    primary key (account_id, held_id),
    unique (account_id, key)
  )`,
  'create index held_person on held_item (account_id, person_id, state)',

  // sealed: encrypted under a key that does not live in the database.
  `create table blob (
    account_id uuid not null,
    blob_id uuid not null,
    size bigint not null,
    sealed boolean not null,
    created_at timestamptz not null,
    primary key (account_id, blob_id)
  )`,
  `create table blob_chunk (
    account_id uuid not null,
    blob_id uuid not null,
    number int not null,
    bytes bytea not null,
    primary key (account_id, blob_id, number)
  )`,
  'alter table blob_chunk alter column bytes set storage external',

  `create table attachment (
    account_id uuid not null,
    attachment_id uuid not null,
    person_id uuid not null,
    conversation_id uuid,
    message_id uuid,
    held_id uuid,
    position int not null default 0,
    name text not null,
    type text not null,
    size bigint not null,
    inline boolean not null default false,
    download_only boolean not null default false,
    blob_id uuid not null,
    created_at timestamptz not null,
    primary key (account_id, attachment_id)
  )`,
  'create index attachment_message on attachment (account_id, message_id) where message_id is not null',
  'create index attachment_held on attachment (account_id, held_id) where held_id is not null',

  `create table event (
    account_id uuid not null,
    event_id uuid not null,
    conversation_id uuid not null,
    ticket_id uuid,
    interaction_id uuid,
    person_id uuid,
    kind text not null,
    facts jsonb not null default '{}',
    at timestamptz not null,
    primary key (account_id, event_id)
  )`,
  'create index event_conversation on event (account_id, conversation_id, at)',
]
