import { type Kysely, sql } from 'kysely'

/**
 * Roles, teams, joining and links. A person who is joining has a row in `responder` from the first step on, in a state that nobody asks
 * or lets in: `joining` until the address is proven, `waiting` until an administrator has said yes. Who has `left` may come back by themselves,
 * who was `removed` by an administrator may not.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of ['team', 'team_member', 'invitation', 'link']) {
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
  // Who was there first made the account: ids rise with time.
  `alter table responder add column role text not null default 'responder'
    check (role in ('responder', 'operator', 'supervisor', 'administrator'))`,
  `update responder r set role = 'administrator' where person_id = (
    select min(person_id::text)::uuid from responder o where o.account_id = r.account_id)`,

  'alter table responder drop constraint responder_state_check',
  `alter table responder add constraint responder_state_check
    check (state in ('joining', 'waiting', 'active', 'paused', 'left', 'removed'))`,

  // join_key stands in the address of the page on which people join. It is public, and proves nothing.
  `alter table account add column join_key text collate "C" not null
    default substr(replace(gen_random_uuid()::text, '-', ''), 1, 16) unique`,
  `alter table account add column joining text not null default 'closed'
    check (joining in ('open', 'invited', 'approved', 'closed'))`,

  `create table team (
    account_id uuid not null,
    team_id uuid not null,
    kind text not null check (kind in ('team', 'department')),
    names jsonb not null,
    position int not null,
    created_at timestamptz not null,
    primary key (account_id, team_id)
  )`,

  `create table team_member (
    account_id uuid not null,
    team_id uuid not null,
    person_id uuid not null,
    primary key (account_id, team_id, person_id)
  )`,
  'create index team_member_person on team_member (account_id, person_id)',

  // The link that was given out holds the key; here is its hash.
  `create table invitation (
    account_id uuid not null,
    invitation_id uuid not null,
    key_hash bytea not null unique,
    name text not null,
    team_id uuid,
    uses int not null check (uses > 0),
    used int not null default 0,
    created_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (account_id, invitation_id)
  )`,

  // A short address of our own that says what a question is about and whom it is for.
  `create table link (
    account_id uuid not null,
    link_id uuid not null,
    site_id uuid not null,
    code text collate "C" not null unique,
    name text not null,
    topic_id uuid,
    people uuid[] not null default '{}',
    teams uuid[] not null default '{}',
    facts jsonb not null default '{}',
    uses int check (uses > 0),
    used int not null default 0,
    created_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    primary key (account_id, link_id)
  )`,
  // By which link a conversation began: whoever comes by it again finds this one.
  'alter table conversation add column link_id uuid',

  'alter table access_key drop constraint access_key_purpose_check',
  `alter table access_key add constraint access_key_purpose_check
    check (purpose in ('browser', 'hand-over', 'recovery', 're-read', 'confirm-address', 'joining'))`,
]
