import { type Kysely, sql } from 'kysely'

/**
 * Scripts of the concierge, their versions, and where it stands on each ticket. A version is written once: the role that the application
 * runs under may not change one. `concierge_step` says what happened at which step of a run; a script's funnel is counted from it and from
 * the runs, so that it can never drift from them. `next_at` is when a run goes on by itself: the sweep looks at nothing else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of ['script', 'script_version', 'concierge_run', 'concierge_step']) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db)
    await sql
      .raw(
        `create policy own_account on ${table} using (account_id = (select nullif(current_setting('parley.account', true), '')::uuid))`,
      )
      .execute(db)
    const rights = table === 'script_version' ? 'select, insert' : 'select, insert, update, delete'
    await sql.raw(`grant ${rights} on ${table} to parley_app`).execute(db)
  }
}

const statements = [
  // person_id: the virtual responder that speaks. version: the newest.
  `create table script (
    account_id uuid not null,
    script_id uuid not null,
    person_id uuid not null,
    name text not null,
    is_on boolean not null default false,
    position int not null,
    chosen_by jsonb not null default '{}',
    version int not null,
    created_at timestamptz not null,
    primary key (account_id, script_id)
  )`,

  `create table script_version (
    account_id uuid not null,
    script_id uuid not null,
    version int not null,
    script jsonb not null,
    saved_by uuid,
    saved_at timestamptz not null,
    primary key (account_id, script_id, version)
  )`,

  // One on a ticket. asked_message: the form that its question brought. said: how many times it has spoken, which names each message once.
  `create table concierge_run (
    account_id uuid not null,
    ticket_id uuid not null,
    conversation_id uuid not null,
    script_id uuid not null,
    version int not null,
    participant_id uuid not null,
    state jsonb not null,
    step text not null,
    asked_message uuid,
    said int not null default 0,
    next_at timestamptz,
    ended text check (ended in ('done', 'handed-over', 'silenced', 'left')),
    began_at timestamptz not null,
    moved_at timestamptz not null,
    primary key (account_id, ticket_id)
  )`,
  'create index concierge_run_due on concierge_run (next_at) where next_at is not null',
  'create index concierge_run_script on concierge_run (account_id, script_id, version)',

  `create table concierge_step (
    account_id uuid not null,
    ticket_id uuid not null,
    step text not null,
    reached_at timestamptz not null,
    answered_at timestamptz,
    primary key (account_id, ticket_id, step)
  )`,
]
